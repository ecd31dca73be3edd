"""Everybody: a grid of covers, named people first, then the others by size."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from app.grid.grid_view import PLAIN
from app.names.namesakes import Namesakes
from app.pages.next_step import offer_photos
from app.pages.page import Page
from app.pages.people.actions import ANY, ONE, SEVERAL, PeopleActions
from app.pages.people.bar import PeopleBar
from app.pages.people.commands import PeopleCommands
from app.pages.people.delegate import PersonDelegate
from app.pages.people.first_asked import FirstAsked
from app.pages.people.glimpse import PeopleGlimpse
from app.pages.people.grid import PeopleGrid
from app.pages.people.head import PeopleHead
from app.pages.people.listing import Order, PeopleQuery
from app.pages.people.model import PeopleModel
from app.pages.people.naming import Naming
from app.pages.people.proposals import PeopleProposals
from app.pages.people.reading import PeopleMemory, PeopleNews, PeopleReading
from app.pages.people.states import PeopleStates
from app.pictures.pictures import Picture
from app.session.context import Context
from app.widgets.actions import Keys
from app.widgets.menus import pop_up
from engine.library.changes import Changes


class PeoplePage(Page):
    """Shows everybody with a name or a face."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("People"))
        self.model = PeopleModel(self)
        self.tools = PeopleHead(context.remembered)
        delegate = PersonDelegate(context.pictures, self.tools.zoom.side, self.model.names, Namesakes(context, self))
        self.grid = PeopleGrid(self.model, delegate, self)
        self.grid.setAccessibleName(self.tr("People"))
        self.states = PeopleStates(context, self.grid)
        self.naming = Naming(self.grid, self.model, delegate, context.operations)
        self.glimpse = PeopleGlimpse(context, self.grid, delegate, self.naming)
        self.commands = PeopleCommands(context, self.grid, self.model)
        self.reading, self.proposals = PeopleReading(context, self, self.model.foreseen), PeopleProposals(context, self)
        self.acts = PeopleActions(self)
        self._loaded, self._first = False, FirstAsked(self, self.model, self.naming)
        self._left: PeopleMemory | None = None
        self.bar = PeopleBar(self.acts)
        # The title row's stretch makes way for the tools, which have their own.
        self.head.takeAt(self.head.count() - 1)
        self.head.addWidget(self.tools, 1)
        self.body.addWidget(self.states, 1)
        self.body.addWidget(self.bar)
        self._connect()
        self._connect_actions()
        self._show_query(self.tools.query)

    def enter(self, subject: int | None, memory: object) -> None:
        """Read what has changed meanwhile; on the way back everything is as it was left."""
        if isinstance(memory, PeopleMemory):
            self.tools.search.setText(memory.typed)
            self._restore(memory)
        else:
            self.tools.search.clear()
        self.grid.setFocus()
        self.catch_up()
        self.reading.begin()
        self.proposals.look()

    def memory(self) -> PeopleMemory:
        """Return the search, the scroll position and who is selected; what was typed as a name is given."""
        self.naming.settle()
        self.proposals.stop()
        self.glimpse.close()
        offset = self.grid.verticalScrollBar().value()
        return PeopleMemory(self.tools.search.text(), offset, self.grid.current_id(), self.grid.selected_ids())

    def follow(self, changes: Changes | None) -> None:
        """Read the people whom the changes touch."""
        self.reading.read(changes)
        self.states.follow()
        if changes is None or changes.people:
            self.proposals.look()

    def begin_search(self) -> None:
        """Go to the search."""
        self.tools.search.begin()

    def begin_naming(self) -> None:
        """Ask for the name of whoever has most faces of those without one, as soon as they are known."""
        self._first.begin()

    def escape(self) -> bool:
        """Put the glimpse away, then end the search."""
        if self.glimpse.is_open:
            self.glimpse.close()
        elif self.tools.search.text():
            self._end_search()
        else:
            return False
        return True

    def keys(self) -> Keys:
        """Return the page's keys."""
        return [*self.acts.keys_of_grid(), *self.acts.keys(), *self.commands.files.keys()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search for what is typed on the grid."""
        if event.text().isprintable() and event.text().strip() and event.modifiers() in PLAIN:
            self.tools.search.begin(event.text())
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        context, tools, grid = self.context, self.tools, self.grid
        self.reading.told.connect(self._take)
        self.reading.failed.connect(self._show_error)
        # A name that was shown before the library had it may not be there.
        context.failed.connect(self._take_in_anything)
        context.pictures.arrived.connect(self._paint)
        context.scanning.scan_changed.connect(self._show_state)
        context.folders.changed.connect(self._show_state)
        tools.query_changed.connect(self._show_query)
        tools.search.left.connect(self._end_search)
        tools.search.onward.connect(self._go_to_first)
        tools.search.opened.connect(self.commands.open_first)
        tools.zoom.side_changed.connect(grid.set_side)
        grid.zoomed.connect(tools.zoom.turn)
        grid.activated.connect(lambda _index: self.commands.open())
        grid.preview.connect(lambda _index: self.glimpse.turn())
        grid.name_wanted.connect(self.naming.begin)
        grid.proposal_taken.connect(self.naming.take)
        self.proposals.found.connect(self._propose)
        grid.menu_wanted.connect(self._show_menu)
        grid.selectionModel().selectionChanged.connect(lambda *_: self._show_target())
        self.naming.began.connect(lambda _person: context.ground.hold())
        self.naming.ended.connect(context.ground.release)
        # Also at a name that is shown before the library has it.
        self.model.rows_changed.connect(lambda: self.tools.show_tally(self.model.tally))
        self.bar.cleared.connect(self.grid.clearSelection)
        self.model.dropped.connect(self.commands.merge_onto)
        self.states.clear_wanted.connect(self._end_search)
        self.states.retry_wanted.connect(self.reading.read_everybody)

    def _connect_actions(self) -> None:
        commands, zoom = self.commands, self.tools.zoom
        self.acts.bind(
            {
                "open": commands.open,
                "rename": self._rename,
                "take": self._take_name,
                "merge": commands.merge,
                "with": commands.merge_with,
                "apart": commands.tell_apart,
                "faces": self.glimpse.turn,
                "hide": commands.hide,
                "show": commands.show,
                "next": self.begin_naming,
                "larger": zoom.larger,
                "smaller": zoom.smaller,
                "usual": zoom.usual,
            }
        )

    def _take(self, news: PeopleNews) -> None:
        self._loaded = True
        if news.asked is None:
            self.model.show(news.rows, news.latest)
        else:
            self.model.update(news.asked, news.rows, news.latest)
        if self._left is not None:
            self._restore(self._left)
        self._show_target()
        self._show_state()
        self._first.follow()

    def _restore(self, memory: PeopleMemory) -> None:
        """Show the people as they were left, on a page that was made anew as soon as they are read."""
        self._left = None if self._loaded else memory
        if self._loaded:
            self.commands.choose(memory.selected, memory.current)
            self.grid.verticalScrollBar().setValue(memory.offset)

    def _propose(self, proposed: dict[int, int]) -> None:
        self.model.propose(proposed)
        self._show_target()

    def _show_target(self) -> None:
        chosen = self.commands.chosen()
        self.acts.set_target(chosen, self.model.proposed(chosen[0].person) if len(chosen) == 1 else None)
        self.bar.show_people(len(chosen))

    def _take_name(self) -> None:
        for row in self.commands.chosen():
            self.naming.take(row.person)

    def _show_query(self, query: PeopleQuery) -> None:
        before = self.model.query
        searched = query.typed != before.typed
        if query.order is Order.RECENT and not self.reading.dated:
            self.reading.dated = True
            self.take_in(None)
        self.model.set_query(query)
        self._show_state()
        if searched:
            self.grid.verticalScrollBar().setValue(0)
            self.grid.scrollTo(self.grid.currentIndex())
        elif query.with_hidden and not before.with_hidden:
            self._go_to_hidden()

    def _go_to_hidden(self) -> None:
        """Bring the first of the hidden people into sight: they come last, below all others."""
        first = self.model.rowCount() - self.model.sections[-1].count
        self.grid.scrollTo(self.model.index(first, 0), QListView.ScrollHint.PositionAtCenter)

    def _show_state(self) -> None:
        if not self._loaded:
            return  # nobody is known yet: an empty grid for a moment is calmer than a sentence
        if self.model.query.typed.strip() and not self.model.rowCount():
            self.states.show_not_found(self.model.query.typed.strip())
        elif self.model.tally.everybody or self.model.tally.hidden:
            self.states.show_grid()
        else:
            self.states.show_nobody(scanning=self.context.scanning.job is not None)
            offer_photos(self.context, self.states.nobody)

    def _show_error(self, error: object) -> None:
        self.states.show_error(error)
        self.context.report(error)

    def _show_menu(self, point: QPoint) -> None:
        pop_up(self, [self.acts.of(ONE), self.acts.of(SEVERAL), self.acts.of(ANY), self.commands.files.all()], point)

    def _rename(self) -> None:
        person = self.grid.current_id()
        chosen = self.grid.selected_ids()
        if len(chosen) == 1:
            self.naming.begin(chosen[0])
        elif person is not None and not chosen:
            self.naming.begin(person)

    def _go_to_first(self) -> None:
        if self.model.rowCount():
            self.grid.setFocus()
            self.grid.setCurrentIndex(self.model.index(0))

    def _end_search(self) -> None:
        self.tools.search.clear()
        self.grid.setFocus()

    def _paint(self, picture: Picture) -> None:
        person = self.model.covered(picture.id)
        if person is not None:
            self.grid.update_id(person)
