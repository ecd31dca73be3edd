"""A missing system library is named with its package."""

import subprocess
import sys

from engine.system_libraries import absent, missing_library


def test_the_package_is_named() -> None:
    error = ImportError("libGL.so.1: cannot open shared object file: No such file or directory")
    assert str(missing_library(error)) == (
        "The system library libGL.so.1 is missing. Install it: sudo apt-get install libgl1"
    )


def test_an_unknown_library_is_named() -> None:
    spoken = missing_library(ImportError("libodd.so.7: cannot open shared object file: No such file"))
    assert spoken is not None
    assert "libodd.so.7" in spoken.message


def test_what_cannot_be_loaded_is_found() -> None:
    assert absent({"libc.so.6": "libc6", "libodd.so.7": "libodd7"}) == ["libodd.so.7"]


def test_other_failures_are_left_alone() -> None:
    assert missing_library(ImportError("No module named 'frobnicate'")) is None


def test_a_command_says_it_in_one_sentence(tmp_path: object) -> None:
    """The import fails as it does where the library is missing: a module of that name stands before the real one."""
    code = (
        "import sys, pathlib\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "(folder / 'cv2.py').write_text('raise ImportError(\"libGL.so.1: cannot open shared object file: No such\")')\n"
        "sys.path.insert(0, str(folder))\n"
        "from engine.cli import main\n"
        "sys.exit(main(['--data-dir', str(folder / 'data'), 'scan', str(folder)]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "sudo apt-get install libgl1" in ran.stderr
    assert "Traceback" not in ran.stderr
