"""onnxruntime reports its use by itself, OpenVINO's wheel brings a package that does. Here nothing may be sent.

Whole commands are run as a user would run them, in a process that ends when anything in it, Python or native code, asks
the system for a socket to the network, or one of its children does.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import onnx
import pytest

from engine.models.catalog import Catalog
from tests.portraits import PEOPLE, write_photos

PROGRAM = """
import ctypes, struct, sys

def forbid_sockets():
    # seccomp (Linux): socket(AF_INET or AF_INET6, ...) ends the process; threads and children inherit that.
    load, equal, give = 0x20, 0x15, 0x06
    filters = [
        (load, 0, 0, 0), (equal, 0, 4, NUMBER),
        (load, 0, 0, 16), (equal, 1, 0, 2), (equal, 0, 1, 10),
        (give, 0, 0, 0x80000000), (give, 0, 0, 0x7FFF0000),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in filters)
    program = ctypes.create_string_buffer(code)
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(filters), ctypes.addressof(program)))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, head, 0, 0) == 0, ctypes.get_errno()

if NUMBER:
    forbid_sockets()
"""

MAIN = """
from engine.cli import main
code = main(sys.argv[1:])
assert not sys.modules.get("openvino_telemetry"), "its package of reports was imported"
sys.exit(code)
"""

NUMBERS = {"x86_64": 41, "aarch64": 198}
"""The number of the system call socket()."""

QUIET = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME")
"""With these such reports would be left out by themselves, or kept elsewhere."""

REPORTS = ("telemetry", "onnxruntime", "microsoft", "intel")


def run(program: str, words: list[str], home: Path, models: Path) -> subprocess.CompletedProcess[str]:
    number = NUMBERS.get(platform.machine(), 0) if sys.platform == "linux" else 0
    environment = {name: value for name, value in os.environ.items() if name not in QUIET}
    return subprocess.run(
        [sys.executable, "-c", f"NUMBER = {number}\n{PROGRAM}{program}", *words],
        capture_output=True,
        text=True,
        env=environment | {"HOME": str(home), "KINFOLK_MODELS_DIR": str(models)},
        timeout=120,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home without a word of refusal, in which consent would be taken for granted."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.mark.usefixtures("needs_openvino")
@pytest.mark.parametrize(
    "words",
    [("scan", "ALBUM", "--runtime", "openvino"), ("models", "bench"), ("models", "import", "MODEL")],
    ids=lambda words: " ".join(words[:2]),
)
def test_no_socket_is_opened(words: tuple[str, ...], tmp_path: Path, models_dir: Path, home: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    for card in Catalog(models_dir).defaults():
        shutil.copy(models_dir / card.file, folder)
    for person in PEOPLE:
        write_photos(tmp_path / "album", person, 2)
    model = tmp_path / "other.onnx"
    network = onnx.load(Catalog(models_dir).path(Catalog(models_dir).default_detector()))
    network.producer_name = "another"  # a file that no card describes
    onnx.save(network, model)
    told = [{"ALBUM": str(tmp_path / "album"), "MODEL": str(model)}.get(word, word) for word in words]
    done = run(MAIN, ["--data-dir", str(tmp_path / "data"), *told], home, folder)
    assert done.returncode == 0, done.stderr
    if "import" not in words:
        records = json.loads((folder / "runtimes.json").read_text())
        assert [tried["failure"] for record in records for tried in record["tried"] if tried["failure"]] == []
    assert [path for path in home.rglob("*") if any(word in path.name.lower() for word in REPORTS)] == []


@pytest.mark.skipif(sys.platform != "linux" or platform.machine() not in NUMBERS, reason="seccomp is Linux's")
def test_that_process_does_end_when_something_asks_for_a_socket(tmp_path: Path, home: Path) -> None:
    done = run("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", [], home, tmp_path)
    assert done.returncode == -31, "SIGSYS"
    assert run("import socket; socket.socket(socket.AF_UNIX)", [], home, tmp_path).returncode == 0
