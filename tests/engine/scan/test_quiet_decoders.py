"""C libraries are silenced for a whole command while Python's standard error goes on."""

import subprocess
import sys

SCRIPT = """
import os, sys
from engine.scan.quiet_decoders import quiet_libraries
with quiet_libraries():
    os.write(2, b"from a library\\n")
    print("from Python", file=sys.stderr)
os.write(2, b"from a library later\\n")
print("from Python later", file=sys.stderr)
"""


def test_only_what_libraries_print_is_dropped() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert run.stderr.splitlines() == ["from Python", "from a library later", "from Python later"]
    assert run.stdout == ""


def test_a_closed_standard_error_is_left_alone() -> None:
    script = "import sys; sys.stderr = None\n" + SCRIPT.replace(", file=sys.stderr", "")
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["from Python", "from Python later"]
