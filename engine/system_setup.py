"""`python3 -m engine.system_setup`: installs what Kinfolk needs of a Linux system, and does nothing where all is there.

It runs before anything else is installed, hence with nothing but Python. Only where something is missing, and the user
is not root, it asks for a password (sudo).
"""

import importlib.util
import os
import shutil
import subprocess
import sys

from engine.system_libraries import Need, PackageManager, absent, package_manager
from engine.words import sentence, told
from engine.words.catalogue import use

OLDEST = (3, 11)


def main() -> int:
    """Install what is missing; return 1 where photos could not be read afterwards or nothing installed, else 0."""
    use()
    if sys.version_info < OLDEST:
        have, want = (".".join(map(str, version[:2])) for version in (sys.version_info, OLDEST))
        return _say(sentence("Kinfolk needs Python {want} or newer, and this is {have}.", want=want, have=have))
    if sys.platform != "linux":
        return 0
    missing, packages, manager = absent(), packages_for_venv(), package_manager()
    if not missing and not packages:
        return 0
    if manager is None:
        _say(
            sentence(
                "Libraries of the system are missing: {files}.", files=", ".join(library.file for library in missing)
            )
        )
    else:
        install(manager, [*manager.names(missing), *packages])
    return 1 if absent([Need.PHOTOS]) or packages_for_venv() else 0


def packages_for_venv() -> list[str]:
    """Return what Debian leaves out of Python: without `ensurepip`, `python3 -m venv` fails."""
    importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") or not shutil.which("apt-get"):
        return []
    return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]


def install(manager: PackageManager, packages: list[str]) -> None:
    """Install packages; where that fails, as where this user cannot become root, say what to do by hand."""
    begun = sentence("Installing what Kinfolk needs of the system: {packages}", packages=" ".join(packages))
    sys.stdout.write(f"{told(begun)}\n")
    sys.stdout.flush()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = False
    # The last command counts: a list of packages that cannot be renewed may still name these.
    for command in manager.commands(packages):
        done = bool(shutil.which(command[0])) and not _run(command, quiet)
    if not done:
        _say(sentence("That failed. Install it by hand: {command}", command=manager.line(packages)))


def _run(command: list[str], environment: dict[str, str]) -> int:
    # The words come from the tables of `system_libraries` alone.
    return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode  # noqa: S603


def _say(text: str) -> int:
    sys.stderr.write(f"{told(text)}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
