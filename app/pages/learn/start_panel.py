"""What will be learnt from and whether it suffices, the buttons that begin and stop, and the curves."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.pages.learn.curves import Curves
from app.pages.learn.reading import Standing
from app.pages.learn.words import almost_sentence, standing_sentence
from app.style.theme import Space, TextSize, set_hint_colour, set_text_size
from app.widgets.label import Label
from engine.extras import command
from engine.learning.network import EXTRA
from engine.learning.points import Point
from engine.own_process import is_built
from engine.progress import Progress
from engine.words import fill


class StartPanel(QWidget):
    """Emits which level is wanted: 1 an adapter, 2 the network."""

    wanted = Signal(int)
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing, self.almost, self.network, self.said = (Label() for _ in range(4))
        self.adapter_button = QPushButton(self.tr("Learn"), self)
        self.network_button = QPushButton(self.tr("Train the network"), self)
        self.stop_button = QPushButton(self.tr("Stop"), self)
        self.curves = Curves()
        self._found: Standing | None = None
        self._running = False
        self.adapter_button.clicked.connect(lambda: self.wanted.emit(1))
        self.network_button.clicked.connect(lambda: self.wanted.emit(2))
        self.stop_button.clicked.connect(self.stop_wanted)
        self._lay_out()
        self.curves.hide()
        self.standing.setText(self.tr("Looking what there is to learn from…"))
        self._allow()

    def show_standing(self, found: Standing) -> None:
        """Say what there is to learn from."""
        self._found = found
        self.standing.setText(standing_sentence(found))
        self.almost.setText(almost_sentence(found))
        self.almost.setVisible(bool(self.almost.text()))
        if found.network:
            words = self.tr(
                "Learn reads no photo and takes seconds to minutes. Training the network takes minutes to hours; one "
                "trained from nothing on one album would be hopeless, so the one in use is trained further."
            )
        elif is_built():
            words = fill(
                self.tr(
                    "Learn reads no photo and takes seconds to minutes. Training the network needs PyTorch, which this "
                    "program cannot take in: install Kinfolk with its extra “{extra}” instead, as its README says."
                ),
                extra=EXTRA,
            )
        else:
            words = fill(
                self.tr(
                    "Learn reads no photo and takes seconds to minutes. Training the network needs PyTorch. In the "
                    "folder of Kinfolk that you installed from, run: {command}"
                ),
                command=command(EXTRA),
            )
        self.network.setText(words)
        self._allow()

    def begin(self) -> None:
        """Show that something is being learnt."""
        self._running = True
        self.curves.clear()
        self.say(self.tr("Waiting for its turn…"))
        self._allow()
        self.stop_button.setFocus()

    def end(self, said: str) -> None:
        """Show that nothing is being learnt any more, and why."""
        focused = self.stop_button.hasFocus()
        self._running = False
        self.say(said)
        self._allow()
        if focused:
            self.adapter_button.setFocus()

    def take(self, report: object) -> None:
        """Follow a report; points go into the curves."""
        if isinstance(report, Point):
            self.curves.add(report)
            self.curves.show()
        if isinstance(report, Progress) and report.total:
            self.say(fill(self.tr("Learning, {percent} %"), percent=report.done))
        elif isinstance(report, Progress):
            self.say(self.tr("Beginning…"))

    def say(self, text: str) -> None:
        """Show a line below the buttons."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _allow(self) -> None:
        found = self._found
        ready = found is not None and found.suffices and not self._running
        self.adapter_button.setEnabled(ready)
        self.network_button.setEnabled(ready and found is not None and found.network)
        self.stop_button.setEnabled(self._running)

    def _lay_out(self) -> None:
        set_text_size(self.standing, TextSize.BODY)
        row, column = QHBoxLayout(), QVBoxLayout(self)
        for button in (self.adapter_button, self.network_button, self.stop_button):
            row.addWidget(button)
        row.addStretch(1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        for label in (self.almost, self.network, self.said):
            set_hint_colour(label)
        for label in (self.standing, self.almost, self.network, self.said):
            label.setWordWrap(True)
        column.addWidget(self.standing)
        column.addWidget(self.almost)
        column.addWidget(self.network)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self.curves)
