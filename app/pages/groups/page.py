"""Groups: a map of all faces, and grouping them anew."""

from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedLayout, QWidget

from app.pages.groups.map_panel import MapPanel
from app.pages.groups.regroup_panel import RegroupPanel
from app.pages.page import Page
from app.session.context import Context
from app.widgets.actions import Keys
from engine.library.changes import Changes


@dataclass(frozen=True, slots=True)
class GroupsMemory:
    """How the page was left; `regrouping`: with the ways to group anew in sight."""

    regrouping: bool
    map: object


class GroupsPage(Page):
    """Shows one of the two; a grouping that was tried can be seen on the map before it is applied."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "", parent)
        self.set_title(self.tr("Groups"))
        self.map, self.regroup = MapPanel(context), RegroupPanel(context)
        self.map_button, self.regroup_button = QPushButton(self.tr("Map")), QPushButton(self.tr("Group anew"))
        self._which = QButtonGroup(self)
        for button in (self.map_button, self.regroup_button):
            button.setCheckable(True)
            self._which.addButton(button)
            self.head.addWidget(button)
        self.map_button.setChecked(True)
        middle = QWidget()
        self.stack = QStackedLayout(middle)
        self.stack.addWidget(self.map)
        self.stack.addWidget(self.regroup)
        self.body.addWidget(middle, 1)
        self.map_button.clicked.connect(lambda: self._turn(self.map))
        self.regroup_button.clicked.connect(lambda: self._turn(self.regroup))
        self.regroup.tried_changed.connect(self._offer_tried)
        self.regroup.seen_wanted.connect(self._see_tried)
        context.scanning.finished.connect(self.while_seen(self._try_again))

    def enter(self, subject: int | None, memory: object) -> None:
        """Show the map, or what was in sight when the page was left."""
        self.catch_up()
        was = memory if isinstance(memory, GroupsMemory) else GroupsMemory(regrouping=False, map=None)
        if was.regrouping:
            self._turn(self.regroup)
        else:
            self._show(self.map)
            self.map.enter(was.map)

    def memory(self) -> object:
        """Stop trying; the map goes on being laid out."""
        self.regroup.stop()
        return GroupsMemory(self.stack.currentWidget() is self.regroup, self.map.memory())

    def escape(self) -> bool:
        """Select nothing on the map; go back to it."""
        if self.stack.currentWidget() is self.regroup:
            self._turn(self.map)
            return True
        return self.map.escape()

    def follow(self, changes: Changes | None) -> None:
        """Show what was written."""
        if changes is None or changes.faces or changes.people:
            self.regroup.follow(changes)
            self.map.follow(changes)

    def keys(self) -> Keys:
        """Return the page's keys."""
        return [
            (self.tr("Arrows"), self.tr("The next face in this direction; Shift selects it as well")),
            (self.tr("Ctrl+arrows"), self.tr("Move the map")),
            ("+ / −", self.tr("Nearer and farther")),
            (self.tr("Enter"), self.tr("Open the photo of the face")),
            (self.tr("Space"), self.tr("Show the face large; the arrows lead on")),
            (self.tr("Ctrl+Space"), self.tr("Select the face as well, or no more")),
            ("Ctrl+A", self.tr("Select all faces in sight")),
            (self.tr("Shift+drag"), self.tr("Draw around faces; with Ctrl besides those that are selected")),
            *self.map.acts.keys(),
        ]

    def _turn(self, panel: QWidget) -> None:
        if panel is self.regroup:
            self._show(panel)
            self.regroup.enter()
        else:
            self.regroup.stop()
            self._show(panel)
            self.map.enter(None)

    def _show(self, panel: QWidget) -> None:
        self.stack.setCurrentWidget(panel)
        self.map_button.setChecked(panel is self.map)
        self.regroup_button.setChecked(panel is self.regroup)

    def _try_again(self) -> None:
        if self.stack.currentWidget() is self.regroup:
            self.regroup.try_out()

    def _offer_tried(self) -> None:
        tried = self.regroup.tried
        if tried is None:
            self.map.show_tried({})
        else:
            plan = tried.found.plan
            self.map.show_tried(dict(zip(plan.face_ids.tolist(), plan.labels.tolist(), strict=True)))

    def _see_tried(self) -> None:
        self.map.colour_by_tried()
        self._turn(self.map)
