"""Going from one place of the map to another so that one sees the way."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from app.face_map.camera import Camera

FLIGHT_MS = 350


class Flight(QObject):
    """Tells one camera after another, from where one is to where one wants to be."""

    moved = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._start, self._goal = Camera(), Camera()
        self._clock = QVariantAnimation(self)
        self._clock.setDuration(FLIGHT_MS)
        self._clock.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.valueChanged.connect(self._move)

    def begin(self, start: Camera, goal: Camera) -> None:
        """Set out."""
        self._clock.stop()
        self._start, self._goal = start, goal
        self._clock.start()

    def stop(self) -> None:
        """Stay where one is by now."""
        self._clock.stop()

    def _move(self, share: float) -> None:
        self.moved.emit(self._start.between(self._goal, share))
