"""The faces of a person: the question about those suggested, the grid, and what can be done with a selection."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.faces.face_board import BoardMemory, FaceBoard
from app.faces.face_order import Order
from app.faces.model import FacesModel
from app.grid.grid_view import GridView
from app.grid.tile import Standing
from app.names.known_names import KnownNames
from app.pages.person.actions import FACES, PersonActions
from app.pages.person.arrangement import FacesDisplay, Words, arranged
from app.pages.person.commands import PersonCommands
from app.pages.person.likeness import PersonLikeness
from app.pages.person.line_strip import LineStrip
from app.pages.person.reading import PersonSeen
from app.pages.person.refused_strip import RefusedStrip
from app.pages.person.suggestion_strip import SuggestionStrip
from app.pages.person.waiting import Likely, PersonWaiting
from app.session.context import Context
from app.style import texts
from app.widgets.menus import pop_up
from app.widgets.selection_bar import SelectionBar
from engine.words import fill

REMEMBERED = "person/order"


@dataclass(frozen=True, slots=True)
class FacesMemory:
    """How the faces were left."""

    display: FacesDisplay
    board: BoardMemory


class PersonFaces(QWidget):
    """Keeps the order, which suggestions are in sight, and what is selected while the person changes."""

    looking = Signal(str)
    """A sentence while faces are compared; "" when that is done."""

    def __init__(self, context: Context, actions: PersonActions, names: KnownNames) -> None:
        super().__init__()
        self._context, self._actions = context, actions
        self._seen, self.display = PersonSeen(), FacesDisplay(_order(context.remembered.value(REMEMBERED)))
        self._fresh = True
        self.model = FacesModel(self)
        self.grid = GridView(self.model)
        self.grid.setAccessibleName(self.tr("Faces"))
        self.board = FaceBoard(context, self.grid, self.model)
        self.commands = PersonCommands(context, self.board, actions, names)
        self.likeness, self.waiting = PersonLikeness(context, self), PersonWaiting(context, self)
        self.strip = SuggestionStrip([actions[name] for name in ("show_all", "reject_all", "confirm_all")])
        self.refused, self.two = RefusedStrip(), LineStrip(self.tr("Is this one person?"))
        self.bar = SelectionBar(actions.of(FACES))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.strip, self.two, self.refused, self.board, self.bar, self.commands.move_bar):
            column.addWidget(widget, 1 if widget is self.board else 0)
        self._connect()

    def turn_to(self, person: int, memory: object) -> None:
        """Begin with somebody, as they were left; the order stays."""
        self.display = memory.display if isinstance(memory, FacesMemory) else FacesDisplay(self.display.order)
        self.likeness.turn_to(person)
        self.waiting.turn_to(person)
        self.refused.clear()
        self.two.say("")
        self._fresh = not isinstance(memory, FacesMemory)

    def show_person(self, seen: PersonSeen) -> None:
        """Show the faces as they are now."""
        self._seen = seen
        self.commands.show(seen)
        self.waiting.look(seen)
        self._arrange()

    def sort(self, order: Order) -> None:
        """Show the faces in another order; those that came since are compared too."""
        self.display = replace(self.display, order=order)
        self._context.remembered.setValue(REMEMBERED, order.value)
        self.likeness.forget()
        self._arrange()
        self.grid.scrollToTop()

    def memory(self) -> FacesMemory:
        """Return how the faces are left."""
        self.commands.end_moving()
        return FacesMemory(self.display, self.board.memory())

    def restore(self, memory: FacesMemory) -> None:
        """Show the faces as they were left."""
        self.board.restore(memory.board)

    def escape(self) -> bool:
        """Close what is open over the grid; return False where nothing is."""
        if self.commands.move_bar.isVisible():
            self.commands.end_moving()
            return True
        return self.board.close_preview()

    def show_large(self, face: int) -> None:
        """Show one of the faces large."""
        self.board.show_large(face)

    def _connect(self) -> None:
        board = self.board
        board.chosen_changed.connect(self._update_target)
        board.menu_wanted.connect(self._show_menu)
        self.bar.cleared.connect(board.select_nothing)
        self.likeness.found.connect(self._arrange)
        self.waiting.found.connect(self._take_likely)
        self.likeness.looking.connect(self.looking)
        self._actions.bind({"show_all": self._show_all})
        self.commands.moving.connect(self._update_target)
        self.commands.refused.connect(self.refused.add)
        self.refused.wanted.connect(lambda: self._context.navigator.go("unsorted"))
        self.two.wanted.connect(lambda: self.commands.with_person(self._decide))
        self._context.operations.replayed.connect(self.refused.clear)

    def _take_likely(self) -> None:
        """Arrange by what is likely now; who has just come begins with the likeliest."""
        self._arrange()
        if self._fresh and not self.board.count():
            self.board.begin()
        self._fresh = False

    def _arrange(self) -> None:
        """Sort the faces into the grid and ask about those that are suggested."""
        seen = self._seen
        if seen.row is None:
            return
        if self.display.order.by_likeness:
            self.likeness.want()
        display = replace(
            self.display, similarity=self.likeness.similarity_of(seen.faces), likely=self.waiting.likely(seen.faces)
        )
        shown = arranged(seen, display, self._words())
        if self.display.most is not None and display.likely is not None:
            self.display = replace(self.display, shown=frozenset(shown.suggested))
        self.model.show(seen.faces, shown.arrangement, None if seen.row.name else Standing.PLAIN)
        self.commands.ask_about(shown)
        self._tell_of_two(display.likely)
        self.strip.ask(texts.called_shortly(seen.row.name), shown, len(seen.suggested()))
        self._update_target()

    def _tell_of_two(self, likely: Likely | None) -> None:
        """Say how many of the suggestions may be somebody else, which stand among the doubtful ones."""
        other = 0 if likely is None else int(likely.other[self._seen.suggested()].sum())
        said = fill(
            self.tr("This may be two people: {faces} of the suggestions are doubtful."), faces=texts.faces(other)
        )
        self.two.say(said if other else "")

    def _decide(self, person: int) -> None:
        self._context.navigator.go("problems", person)

    def _update_target(self) -> None:
        self.commands.update_target()
        self.bar.show_count(0 if self.commands.move_bar.isVisible() else self.board.count())
        self.strip.setVisible(bool(len(self._seen.suggested())) and self.board.preview.face is None)

    def _show_menu(self, point: QPoint) -> None:
        pop_up(self, [self._actions.of(FACES), self.board.files.all()], point)

    def _show_all(self) -> None:
        self.display = replace(self.display, most=None)
        self._arrange()

    def _words(self) -> Words:
        unlike = self.display.order is Order.UNLIKE
        return Words(
            year=lambda year: texts.year_name(year) if year else self.tr("Without a date"),
            count=texts.faces,
            doubtful=self.tr("Doubtful"),
            likeness=self.tr("Most unlike first") if unlike else self.tr("Most alike first"),
        )


def _order(remembered: object) -> Order:
    """Return a remembered order; likeness is not looked up unasked."""
    return Order.OLDEST if remembered == Order.OLDEST.value else Order.NEWEST
