"""A cluster of two workers on this machine. Without the package ray the tests that need it are skipped, and say so."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

ODD_FILES = """
import os, pathlib
here = pathlib.Path(__file__).parent
read, stat = pathlib.Path.read_bytes, pathlib.Path.stat

def read_bytes(path):
    if path.name == "guilty.png":
        os.kill(os.getpid(), 9)
    return read(path)

def stat_one(path, **words):
    if path.name == "hidden.jpg":
        mark = here / "who does not see it"
        mark.exists() or mark.write_text(str(os.getpid()))
        if mark.read_text() == str(os.getpid()):
            raise FileNotFoundError(2, "No such file", str(path))
    return stat(path, **words)

pathlib.Path.read_bytes, pathlib.Path.stat = read_bytes, stat_one
"""
"""What every process of the cluster does as it starts: from then on "guilty.png" ends whoever reads it, and the first
who looks at "hidden.jpg" does not see it, as where a disk of the network is not there on one machine."""


@dataclass(frozen=True)
class Cluster:
    """A cluster on this machine: its address, and the session that all its processes belong to."""

    address: str
    session: int

    def workers(self) -> list[int]:
        """Return the processes of the workers that are there."""
        found = []
        for process in Path("/proc").iterdir():
            try:
                number = int(process.name)
                title = (process / "cmdline").read_bytes()
                if title.startswith(b"ray::Worker") and os.getsid(number) == self.session:
                    found.append(number)
            except (ValueError, OSError):
                continue
        return found


@pytest.fixture(scope="package")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of two processors whose processes end with the tests."""
    if find_spec("ray") is None:  # not imported here: what keeps it quiet has to be set before
        pytest.skip("the package ray is not installed: pip install '.[cluster]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path_factory.mktemp("workers")
    (data / "sitecustomize.py").write_text(ODD_FILES)
    # Sockets lie in it, whose paths may have about a hundred letters only.
    with tempfile.TemporaryDirectory(prefix="ray", ignore_cleanup_errors=True) as scratch:
        yield from _started(port, data, Path(scratch))


def _started(port: int, data: Path, scratch: Path) -> Iterator[Cluster]:
    words = [
        "--head",
        "--block",
        "--num-cpus=2",
        "--include-dashboard=false",
        f"--port={port}",
        f"--temp-dir={scratch}",
    ]
    command = [sys.executable, "-c", "from ray.scripts.scripts import main; main()", "start", *words]
    settings = {
        "RAY_USAGE_STATS_ENABLED": "0",
        "KINFOLK_DATA_DIR": str(data),
        "PYTHONPATH": os.pathsep.join([str(data), str(Path(__file__).parents[5])]),
        "PYTHONUNBUFFERED": "1",
    }
    ray = subprocess.Popen(
        command,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert ray.stdout is not None
    try:
        said = []
        while line := ray.stdout.readline():
            said.append(line)
            if "Ray runtime started" in line:
                break
        assert line, "".join(said)
        yield Cluster(f"127.0.0.1:{port}", ray.pid)
    finally:
        os.killpg(ray.pid, signal.SIGKILL)
        ray.stdout.close()
        ray.wait()
