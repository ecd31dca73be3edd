"""How large tiles are: a slider with a few sizes, which the wheel and keys turn, too."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

WIDTH = 110
STEP = 0.1
"""How much the wheel has to be turned for one size: a notch of a mouse's wheel is 0.15."""


class ZoomSlider(QSlider):
    """Goes through `sides` (ascending, in pixels) and remembers the last one under a key of the settings."""

    side_changed = Signal(int)
    """Tiles are to be so many pixels wide."""

    def __init__(
        self, sides: Sequence[int], usual: int, remembered: QSettings, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sides, self._usual, self._remembered, self._key = tuple(sides), usual, remembered, key
        self._turned = 0.0
        self.setRange(0, len(self._sides) - 1)
        self.setPageStep(1)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Size of the faces"))
        self.setToolTip(self.tr("Size of the faces (Ctrl + wheel)"))
        side = remembered.value(key, usual, int)
        self.setValue(self._place_of(side if isinstance(side, int) else usual))
        self.valueChanged.connect(self._tell)

    @property
    def side(self) -> int:
        """The size that is chosen."""
        return self._sides[self.value()]

    def larger(self) -> None:
        """Go one size up."""
        self.setValue(self.value() + 1)

    def smaller(self) -> None:
        """Go one size down."""
        self.setValue(self.value() - 1)

    def usual(self) -> None:
        """Go back to the size of before anybody chose one."""
        self.setValue(self._place_of(self._usual))

    def turn(self, factor: float) -> None:
        """Grow by a factor, as the wheel gives it: a touchpad's small ones add up to a step."""
        self._turned = self._turned + (factor - 1.0)
        if abs(self._turned) >= STEP:
            self.setValue(self.value() + (1 if self._turned > 0 else -1))
            self._turned = 0.0

    def _place_of(self, side: int) -> int:
        return min(bisect_left(self._sides, side), len(self._sides) - 1)

    def _tell(self) -> None:
        self._remembered.setValue(self._key, self.side)
        self.side_changed.emit(self.side)
