"""Widths that go with the text: words that have room at its usual size have it where text is larger."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QWidget

from app.style.theme import Space, text_scale


def fit_to_words(dialog: QDialog, width: int) -> None:
    """Make a dialog so wide for text of the usual size, in pixels, and so high that all of its words are seen.

    Called when everything is in its layout. Qt itself makes no dialog higher than two thirds of the screen.
    """
    widest = dialog.screen().availableSize().width() - 2 * Space.HUGE
    wide = max(min(round(width * text_scale()), widest), dialog.minimumSizeHint().width())
    dialog.setFixedWidth(wide)
    layout = dialog.layout()
    if layout is not None:
        dialog.setMinimumHeight(layout.totalHeightForWidth(wide))


def keep_as_wide(widget: QWidget, measure: Callable[[], float]) -> None:
    """Give a widget the width that is measured, in pixels, now and whenever the size of text changes."""
    _Width(widget, measure)


def grow_with_words(widget: QWidget, width: int) -> None:
    """Give a widget a width, in pixels for text of the usual size, that grows as text does."""
    keep_as_wide(widget, lambda: width * text_scale())


class _Width(QObject):
    def __init__(self, widget: QWidget, measure: Callable[[], float]) -> None:
        super().__init__(widget)
        self._widget, self._measure = widget, measure
        widget.installEventFilter(self)
        widget.setFixedWidth(round(measure()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure anew."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._widget.setFixedWidth(round(self._measure()))
        return super().eventFilter(watched, event)
