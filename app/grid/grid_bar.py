"""The scroll bar of a grid."""

from PySide6.QtWidgets import QScrollBar


def hide_idle_handle(bar: QScrollBar) -> None:
    """Show no handle where there is nothing to scroll; a bar that comes and goes would lay everything out anew."""
    bar.rangeChanged.connect(lambda low, high: bar.setEnabled(high > low))


def is_at_end(bar: QScrollBar) -> bool:
    """Say whether the bar was moved to its end."""
    return 0 < bar.value() == bar.maximum()
