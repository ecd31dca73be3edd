"""Builds the whole program for the system on which it runs: `python resources/packaging/build.py [--into FOLDER]`.

It makes an environment of its own, installs Kinfolk with its extras and PyInstaller into it from this folder, builds
`kinfolk/`, has it say its version, and packs it. Needs Python 3.11 with venv, the network for packages, and 4 GB.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SPEC = Path(__file__).with_name("kinfolk.spec")
EXTRAS = ("heif", "raw", "openvino")
"""As in the README's command; `train` would add gigabytes."""

TOOLS = ("pyinstaller>=6.16,<7", "pi-heif>=1.1", "packaging>=24")


def main() -> int:
    """Build, try and pack, and return the exit code of the first step that fails, else 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--into", type=Path, default=PROJECT / "dist", metavar="FOLDER", help="default: dist")
    into: Path = parser.parse_args().into.absolute()
    try:
        sys.stdout.write(f"{build(into)}\n")
    except subprocess.CalledProcessError as error:
        return int(error.returncode)
    return 0


def build(into: Path) -> Path:
    """Build the program in the folder and return the archive of it."""
    python = environment(into / "environment")
    work = into / "work"
    _run(python, "-m", "PyInstaller", str(SPEC), "--noconfirm", "--distpath", str(into), "--workpath", str(work))
    folder = into / "kinfolk"
    finish(folder)
    told = _run(str(folder / ("kinfolk.exe" if os.name == "nt" else "kinfolk")), "--version", asked=True)
    version = told.split()[-1]
    name = into / f"kinfolk-{version}-{sys.platform}-{platform.machine().lower()}"
    made = "Kinfolk.app" if sys.platform == "darwin" else "kinfolk"
    return Path(shutil.make_archive(str(name), "zip" if os.name == "nt" else "gztar", into, made))


def environment(folder: Path) -> str:
    """Return the interpreter of an environment in which Kinfolk and PyInstaller are, made anew."""
    venv.create(folder, clear=True, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    _run(python, "-m", "pip", "install", "--quiet", f"{PROJECT}[{','.join(EXTRAS)}]", *TOOLS)
    return python


def finish(folder: Path) -> None:
    """Put the licences beside the program, where a person looks for them."""
    inside = folder / "_internal"
    shutil.copy2(PROJECT / "LICENSE", folder)
    shutil.copytree(inside / "licences", folder / "licences", dirs_exist_ok=True)
    shutil.rmtree(inside / "licences")


def _run(*command: str, asked: bool = False) -> str:
    done = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE if asked else None, cwd=PROJECT)  # noqa: S603
    return done.stdout or ""


if __name__ == "__main__":
    sys.exit(main())
