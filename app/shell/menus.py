"""The menus of the window: groups of actions, with a line between them."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QMenuBar

from app.shell.actions import (
    EDIT,
    FIND,
    HELP,
    LEAVING,
    LIBRARY,
    NAMES,
    PAGE_KEYS,
    PEOPLE,
    SAID,
    SETTINGS,
    VIEW,
    WindowActions,
)
from app.shell.sidebar import ICONS
from app.style.icons import icon

translate = QCoreApplication.translate


def fill_menus(bar: QMenuBar, acts: WindowActions, title_of: Callable[[str], str], go: Callable[[str], None]) -> None:
    """Make the menus. `title_of` gives the name of a page of the sidebar, `go` leads to a page."""
    _fill(bar.addMenu(translate("Menus", "&Library")), acts, (LIBRARY, SETTINGS, LEAVING))
    _fill(bar.addMenu(translate("Menus", "&Edit")), acts, (EDIT, SAID, FIND))
    view = bar.addMenu(translate("Menus", "&View"))
    _fill(view, acts, (VIEW,))
    view.addSeparator()
    for page, key in PAGE_KEYS.items():
        action = view.addAction(icon(ICONS[page]), title_of(page))
        action.triggered.connect(lambda _checked=False, page=page: go(page))
        action.setShortcut(key)
    _fill(bar.addMenu(translate("Menus", "&People")), acts, (PEOPLE, NAMES))
    _fill(bar.addMenu(translate("Menus", "&Help")), acts, (HELP,))


def _fill(menu: QMenu, acts: WindowActions, groups: tuple[str, ...]) -> None:
    for place, group in enumerate(groups):
        if place:
            menu.addSeparator()
        menu.addActions(acts.of(group))
