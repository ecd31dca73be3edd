"""What to do where Kinfolk was installed without one of its extras."""

from engine.own_process import is_built
from engine.words import sentence


def installing(extra: str) -> str:
    """Return the hint that brings an extra of pyproject.toml; the program that is built whole cannot take one in."""
    if is_built():
        return sentence(
            "This program is complete as it is. For more, install Kinfolk with its extra '{extra}' as its README says.",
            extra=extra,
        )
    return sentence("In the folder of Kinfolk that you installed from: {command}", command=command(extra))


def command(extra: str) -> str:
    """Return the command that installs an extra, in the folder of Kinfolk."""
    return f"pip install '.[{extra}]'"
