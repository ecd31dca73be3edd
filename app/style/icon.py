"""The application's icon: a drawing, from which Qt makes every size that a window or a task bar wants."""

from pathlib import Path

from PySide6.QtGui import QIcon

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "desktop" / "kinfolk.svg"


def application_icon() -> QIcon:
    """Return the icon."""
    return QIcon(str(DRAWING))
