"""A check box whose words go on in another line where one has no room for them, which Qt's have not."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget


class WrappedCheckBox(QCheckBox):
    """As wide as its words ask for, and as narrow as the longest of them."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred, QSizePolicy.ControlType.CheckBox
        )
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """Ask for the longest word."""
        measure = self.fontMetrics()
        longest = max(map(measure.horizontalAdvance, self.text().split()), default=0)
        return QSize(self._mark() + longest, super().minimumSizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        one = self.sizeHint().height()
        return one + self.fontMetrics().lineSpacing() * (len(self._lines(width)) - 1)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """Have the style paint, and find what is pressed, line by line."""
        super().initStyleOption(option)
        option.text = "\n".join(self._lines(self.width()))

    def _mark(self) -> int:
        """Return the width of what stands before the words."""
        option = QStyleOptionButton()
        super().initStyleOption(option)
        return self.style().sizeFromContents(QStyle.ContentsType.CT_CheckBox, option, QSize(0, 0), self).width()

    def _lines(self, width: int) -> list[str]:
        """Break the words where they reach the end of a line."""
        room, measure = width - self._mark(), self.fontMetrics()
        lines = [""]
        for word in self.text().split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and measure.horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
