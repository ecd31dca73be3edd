"""What the system does not watch is said in a sentence."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.scan.watching import WatchError, watch


def test_a_name_that_is_not_utf8_is_a_sentence(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xe9"
    try:
        Path(os.fsdecode(odd)).mkdir()
    except OSError:
        pytest.skip("this file system only takes names that are UTF-8")
    with pytest.raises(WatchError, match="not UTF-8"):
        next(watch([Path(os.fsdecode(odd))], threading.Event()))


LIMITED = """
import sys, threading
from pathlib import Path
from engine.scan.watching import WatchLimitError, watch, watch_by_looking
root, stop = Path(sys.argv[1]), threading.Event()
try:
    next(watch([root], stop))
except WatchLimitError as error:
    print(error)
stop.set()
print(list(watch_by_looking([root], stop)))
"""


@pytest.mark.parametrize(("limit", "value"), [("max_inotify_watches", 5), ("max_inotify_instances", 0)])
def test_the_systems_limit_is_said_and_never_passed_over(tmp_path: Path, limit: str, value: int) -> None:
    """In a namespace of its own, so that the limit is nobody else's."""
    alone = ["unshare", "--user", "--map-root-user"] if sys.platform == "linux" and shutil.which("unshare") else []
    if not alone or subprocess.run([*alone, sys.executable, "-c", ""], check=False, capture_output=True).returncode:
        pytest.skip("no user namespace can be made here")
    for number in range(20):
        (tmp_path / "root" / str(number)).mkdir(parents=True)
    script = f'echo {value} > /proc/sys/user/{limit} && exec "$0" -c "$1" "$2"'
    command = [*alone, "sh", "-c", script, sys.executable, LIMITED, str(tmp_path / "root")]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    assert ran.stdout.splitlines()[0].startswith("The system watches no more folders")
    assert ran.stdout.splitlines()[1] == "[]"
