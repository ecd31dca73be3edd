"""The map with its legend, its tools, and what can be done with the faces that are selected."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.face_map.camera import Camera
from app.face_map.colours import colour_by
from app.face_map.scene import make_scene
from app.face_map.view import MapView
from app.names.known_names import KnownNames
from app.pages.groups.hover_card import HoverCard
from app.pages.groups.map_actions import MapActions
from app.pages.groups.map_commands import MapCommands
from app.pages.groups.map_groups import NOBODY, ColouredBy, groups_of
from app.pages.groups.map_legend import MapLegend
from app.pages.groups.map_reading import MapReading
from app.pages.next_step import offer_photos
from app.session.context import Context
from app.style import texts
from app.style.accessible import name_without_label
from app.style.theme import Space, set_hint_colour
from app.widgets.action_button import ActionButton
from app.widgets.empty_state import EmptyState
from app.widgets.flow_layout import FlowLayout
from app.widgets.selection_bar import SelectionBar
from app.widgets.title_label import TitleLabel
from engine.library.changes import Changes
from engine.words import fill

if TYPE_CHECKING:  # it brings what compares faces
    from engine.workflows.mapping.reading import FaceMap

BAR_WIDTH = 160


@dataclass(frozen=True, slots=True)
class MapMemory:
    """How the map was left."""

    camera: Camera
    selected: tuple[int, ...]
    current: int | None


class MapPanel(QWidget):
    """Shows where every face lies, and what becomes of those that somebody speaks of."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.map: FaceMap | None = None
        self.tried: dict[int, int] = {}
        """The group of each face in the grouping that was tried last."""
        self.acts = MapActions(self)
        self.names = KnownNames(context, self)
        self.view = MapView(context.pictures, context.motion)
        self.commands = MapCommands(context, self.view, self.acts, self.names)
        self.reading = MapReading(context, self)
        self.legend, self.card = MapLegend(self.view), HoverCard(context.pictures, self.view)
        self.colour, self.status, self.bar = QComboBox(), TitleLabel(), QProgressBar()
        self.stop_button, self.empty = QPushButton(self.tr("Stop")), EmptyState("", "")
        shown = ("yes", "no", "split", "aside", "no_face", "photo")
        self.selection = SelectionBar([self.acts[name] for name in shown])
        self._lay_out()
        self._connect()

    def enter(self, memory: object) -> None:
        """Read the map; whoever returns finds it as it was left."""
        self.names.load()
        self.reading.read()
        if isinstance(memory, MapMemory):
            self.view.select_ids(memory.selected)
            self.view.set_camera(memory.camera.resized(self.view.width(), self.view.height()))
        self.view.setFocus()

    def memory(self) -> MapMemory:
        """Return how the map is left."""
        return MapMemory(self.view.look.camera, tuple(self.view.selected_ids()), self.view.current_id())

    def escape(self) -> bool:
        """Close the large face, draw no more, or select nothing; return False where none of it was to be ended."""
        if self._close_large() or self.view.hand.give_up():
            return True
        chosen = bool(self.view.selected_ids())
        self.view.select_ids(())
        return chosen

    def follow(self, changes: Changes | None) -> None:
        """Read again what the changes touch."""
        if changes is None or changes.people:
            self.names.load()
        if changes is None or changes.faces or changes.people:
            self.reading.read()

    def show_tried(self, tried: dict[int, int]) -> None:
        """Offer to colour faces by the groups of a grouping that was tried; none takes the offer back."""
        self.tried = tried
        self.colour.model().item(ColouredBy.TRIED).setEnabled(bool(tried))  # type: ignore[attr-defined]  # a QStandardItemModel
        if self.way is ColouredBy.TRIED:
            self.colour.setCurrentIndex(ColouredBy.TRIED if tried else ColouredBy.PEOPLE)
            self._dress_map()

    def colour_by_tried(self) -> None:
        """Colour faces by the groups that were tried."""
        self.colour.setCurrentIndex(ColouredBy.TRIED if self.tried else ColouredBy.PEOPLE)
        self._dress_map()

    @property
    def way(self) -> ColouredBy:
        """What faces are coloured by."""
        return ColouredBy(self.colour.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.map is not None:
            self._dress_map()

    def _lay_out(self) -> None:
        tools, row, column = FlowLayout(), QHBoxLayout(), QVBoxLayout(self)
        for words in (self.tr("Colour: people"), self.tr("Colour: groups found last"), self.tr("Colour: groups tried")):
            self.colour.addItem(words)
        self.show_tried({})
        name_without_label(self.colour, self.tr("What the colours mean"))
        tools.addWidget(self.colour)
        for name in ("pan", "lasso", "rectangle", "whole", "anew"):
            button = ActionButton(self.acts[name], self)
            button.setCheckable(self.acts[name].isCheckable())
            button.setChecked(self.acts[name].isChecked())
            self.acts[name].toggled.connect(button.setChecked)
            tools.addWidget(button)
        set_hint_colour(self.status)
        self.bar.setFixedSize(QSize(BAR_WIDTH, Space.SMALL))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far the map is"))
        row.setContentsMargins(Space.WIDE, 0, Space.WIDE, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addLayout(tools, 1)
        for widget in (self.status, self.bar, self.stop_button):
            row.addWidget(widget)
        self.view.setAccessibleName(self.tr("Map of faces: those that are alike lie together"))
        middle = QWidget()
        self.stack = QStackedLayout(middle)
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.selection.insert(self.commands.who)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(middle, 1)
        column.addWidget(self.selection)
        self.legend.move(Space.LARGE, Space.LARGE)
        self._look("", -1)

    def _connect(self) -> None:
        self.reading.formed.connect(self._show)
        self.reading.looking.connect(self._look)
        self.reading.failed.connect(self._say_failed)
        self.names.changed.connect(self._dress_map)
        self.colour.activated.connect(lambda _index: self._dress_map())
        self.stop_button.clicked.connect(self.reading.stop)
        self.acts.bind({"anew": self.reading.lay_out_anew})
        self.view.chosen_changed.connect(self._update_target)
        self.view.hovered.connect(self._show_card)
        self.view.large_wanted.connect(self._show_large)
        self.view.current_changed.connect(self._tell_current)
        self.selection.cleared.connect(lambda: self.view.select_ids(()))
        self.legend.picked.connect(self._see)
        self._context.scanning.finished.connect(self.reading.read)

    def _show(self, found: "FaceMap") -> None:
        self.map, self.commands.faces = found, found.faces
        self._dress_map(whole=self.reading.laying_out)
        self._say_empty()

    def _dress_map(self, *, whole: bool = False) -> None:
        if self.map is None:
            return
        groups = groups_of(self.map.faces, self.way, self.tried)
        first = self.names.names if self.way is ColouredBy.PEOPLE else ()
        colouring = colour_by(groups, self.palette(), first)
        found = self.map
        scene = make_scene(found.faces.face_ids, found.points, colouring.colours, groups, self._called)
        self.view.show_scene(scene, whole=whole)
        self.legend.show_colours(colouring, self._called_in_legend)
        self._update_target()

    def _called(self, group: int) -> str:
        return self.names.names.get(group, "") if self.way is ColouredBy.PEOPLE else ""

    def _called_in_legend(self, group: int) -> str:
        if self.way is ColouredBy.PEOPLE:
            return self.names.names.get(group, "")
        return fill(self.tr("Group {number}"), number=texts.number(group + 1))

    def _see(self, group: int) -> None:
        rows = np.flatnonzero(self.view.scene.groups == group)
        self.view.select_rows(rows)
        self.view.fly_to(rows)

    def _show_card(self, face: int, at: QPointF) -> None:
        if not self.card.is_large:
            self.card.show_face(face, self._told(face), at)

    def _told(self, face: int) -> str:
        row = self.view.scene.row_of(face)
        if row < 0 or self.map is None:
            return ""
        person = int(self.map.faces.person_ids[row])
        return texts.called(self.names.names.get(person)) if person != NOBODY else self.tr("Nobody yet")

    def _tell_current(self) -> None:
        face = self.view.current_id()
        words = self._told(face) if face is not None else ""
        self.view.setAccessibleDescription(words)
        if self.card.is_large and face is not None:
            self.card.show_large(face, words)

    def _show_large(self, face: int) -> None:
        if not self._close_large():
            self.card.show_large(face, self._told(face))

    def _close_large(self) -> bool:
        was_large = self.card.is_large
        if was_large:
            self.card.show_face(-1, "", QPointF())
        return was_large

    def _update_target(self) -> None:
        chosen = len(self.view.look.selected)
        owned = self.commands.owners(suggested=False) if chosen else {}
        suggested = self.commands.owners(suggested=True) if chosen else {}
        self.acts.set_target(chosen, owned=sum(map(len, owned.values())), suggested=sum(map(len, suggested.values())))
        self.selection.show_count(chosen)
        if not chosen:
            self.commands.who.clear()

    def _look(self, words: str, share: int) -> None:
        self.status.setText(words)
        self.bar.setRange(0, 100 if share >= 0 else 0)
        self.bar.setValue(max(share, 0))
        for widget in (self.status, self.bar, self.stop_button):
            widget.setVisible(bool(words))

    def _say_empty(self) -> None:
        there = self.map is not None and len(self.map.points) > 0
        if not there:
            sentence = self.tr("Every face is a point here, those that are alike lie together. There are none yet.")
            self.empty.say(self.tr("A map of all faces"), sentence)
            offer_photos(self._context, self.empty)
        self.stack.setCurrentWidget(self.view if there else self.empty)

    def _say_failed(self, sentence: str) -> None:
        self.empty.say(self.tr("There is no map"), sentence)
        self.empty.offer(self.tr("Try again"), self.reading.read)
        self.stack.setCurrentWidget(self.empty)
