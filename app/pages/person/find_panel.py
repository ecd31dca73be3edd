"""Who else may be a person: a grid of candidates, several of whom are confirmed or refused at once."""

from PySide6.QtCore import QPoint, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.faces.face_board import FaceBoard
from app.grid.grid_view import GridView
from app.pages.person.candidates import NOBODY, CandidatesModel, Found
from app.session.context import Context
from app.style.theme import Space, set_hint_colour
from app.widgets.actions import Actions, Row
from app.widgets.empty_state import EmptyState
from app.widgets.label import Label
from app.widgets.menus import pop_up
from app.widgets.selection_bar import SelectionBar
from engine.words import fill


class FindActions(Actions):
    """What can be said of candidates; the keys are those of the person's faces."""

    def rows(self) -> tuple[Row, ...]:
        """Return the table."""
        return (
            Row("yes", self.tr("Yes"), ("Y",), meaning=self.tr("These candidates are the person")),
            Row("no", self.tr("Not this person"), ("Del", "N"), meaning=self.tr("These candidates are not the person")),
        )


class FindPanel(QWidget):
    """Shows what it is told; answers are told with all faces of the candidates that are meant."""

    said_yes = Signal(object)
    said_no = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = NOBODY
        self.model = CandidatesModel(self)
        self.grid = GridView(self.model, self)
        self.grid.setAccessibleName(self.tr("Who else may be this person"))
        self.board = FaceBoard(context, self.grid, self.model)
        self.acts = FindActions(self)
        self.acts.bind({"yes": lambda: self._answer(self.said_yes), "no": lambda: self._answer(self.said_no)})
        self.bar = SelectionBar(self.acts.all())
        self.hint, self.done = Label(), QPushButton(self.tr("Done"))
        self.empty = EmptyState("", "")
        self._lay_out()
        self.board.chosen_changed.connect(self._update_target)
        self.board.menu_wanted.connect(self._show_menu)
        self.bar.cleared.connect(self.board.select_nothing)
        self.done.clicked.connect(self.closed)

    def open(self, name: str) -> None:
        """Look for candidates of somebody; `show_found` tells who they are."""
        self.acts["no"].setText(fill(self.tr("Not {name}"), name=name.replace("&", "&&")))
        hint = self.tr("Who else may be {name}, the likeliest first. A number tells for how many a face stands.")
        self.hint.setText(fill(hint, name=name))
        self.empty.say(self.tr("One moment"), fill(self.tr("Looking for more faces of {name}…"), name=name))
        self._nobody = fill(self.tr("Whoever is left resembles {name} too little."), name=name)
        self._take(NOBODY)

    def show_found(self, found: Found) -> None:
        """Show the candidates."""
        self.empty.say(self.tr("Nobody else"), self._nobody)
        first = not self._found.candidates
        self._take(found)
        if first and found.candidates:
            self.board.begin()
            self.board.focus()

    def escape(self) -> bool:
        """Close a face that is shown large; return False where none is."""
        return self.board.close_preview()

    def _take(self, found: Found) -> None:
        self._found = found
        self.model.show_found(found, (self.tr("Likely"), self.tr("Perhaps"), self.tr("Hardly")))
        self._stack.setCurrentWidget(self.board if len(self.model.ids) else self.empty)
        self._update_target()

    def _answer(self, said: SignalInstance) -> None:
        chosen = self.board.take()
        if chosen:
            faces = self._found.faces_of(chosen)
            self._take(self._found.without(chosen))
            said.emit(faces)

    def _update_target(self) -> None:
        faces = self._found.faces_of(self.board.chosen())
        for action in self.acts.all():
            action.setEnabled(bool(faces))
        self.bar.show_count(len(faces))

    def _show_menu(self, point: QPoint) -> None:
        pop_up(self, [self.acts.all(), self.board.files.all()], point)

    def _lay_out(self) -> None:
        set_hint_colour(self.hint)
        self.hint.setWordWrap(True)
        head = QHBoxLayout()
        head.setContentsMargins(Space.WIDE, 0, Space.LARGE, 0)
        head.addWidget(self.hint, 1)
        head.addWidget(self.done)
        middle = QWidget()
        self._stack = QStackedLayout(middle)
        self._stack.addWidget(self.board)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(head)
        column.addWidget(middle, 1)
        column.addWidget(self.bar)
