"""How much of the library is settled, and how far it is to 90 %."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.style import texts
from app.style.theme import Space, TextSize, set_text_size
from app.widgets.label import Label
from engine.words import fill

WIDTH = 320


class Meter(QWidget):
    """A line of text above a thin bar; hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.bar = Label(), QProgressBar()
        set_text_size(self.text, TextSize.HINT)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedSize(WIDTH, Space.TINY + 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TINY)
        column.addWidget(self.text, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.bar, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._keep_room()

    def show_share(self, share: float, answers: int | None) -> None:
        """Show the share (0 to 1) of faces that are settled; `answers` lead to 90 %, None where none will."""
        parts = [fill(self.tr("Settled {percent} %"), percent=int(share * 100))]
        if answers:
            parts.append(texts.answers_to_90(answers))
        self.text.setText(" · ".join(parts))
        self.bar.setValue(round(share * 1000))
        self.bar.setAccessibleName(self.text.text())
        self.bar.show()

    def _keep_room(self) -> None:
        """Take the room at once, so that nothing moves when the figures come."""
        self.text.setText(" ")
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
