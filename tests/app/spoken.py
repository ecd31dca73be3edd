"""What a screen reader finds in a window: the accessibility tree, walked as it walks it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role

PASSED_OVER = {Role.ScrollBar, Role.Indicator, Role.Separator}
"""What nobody is told of."""

SPOKEN = {
    Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton, Role.ComboBox,
    Role.EditableText, Role.SpinBox, Role.Slider, Role.ProgressBar, Role.List, Role.ListItem, Role.Tree, Role.TreeItem,
    Role.Table, Role.PageTab, Role.MenuItem, Role.Link, Role.Graphic,
}  # fmt: skip
"""What must have a name."""

VALUED = {Role.SpinBox, Role.Slider, Role.ComboBox}
"""What must have a value as well; a field may be empty, and a bar may not know how far it is."""

MOST_ITEMS = 4
"""Items of one list that are told; the others are like them."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing, `depth` levels below the window."""

    depth: int
    role: Role
    name: str
    value: str
    description: str
    states: tuple[str, ...]

    def __str__(self) -> str:
        parts = [self.role.name, f"“{self.name}”" if self.name else "", f"= {self.value}" if self.value else ""]
        parts += [f"({self.description})" if self.description else "", *self.states]
        return "  " * self.depth + " ".join(part for part in parts if part)


def spoken(widget: QWidget) -> Iterator[Spoken]:
    """Return everything visible in a widget, itself first."""
    found = QAccessible.queryAccessibleInterface(widget)
    if found is not None:
        yield from _walk(found, 0)


def _walk(interface: QAccessibleInterface, depth: int) -> Iterator[Spoken]:
    state = interface.state()
    if not interface.isValid() or state.invisible or interface.role() in PASSED_OVER:
        return
    yield _told(interface, depth)
    items = 0
    for place in range(interface.childCount()):
        child = interface.child(place)
        if child is None:
            continue
        items += child.role() in (Role.ListItem, Role.TreeItem, Role.Cell)
        if items <= MOST_ITEMS or child.role() not in (Role.ListItem, Role.TreeItem, Role.Cell):
            yield from _walk(child, depth + 1)


def _told(interface: QAccessibleInterface, depth: int) -> Spoken:
    value = interface.text(QAccessible.Text.Value)
    number = interface.valueInterface()
    if not value and number is not None:
        value = str(number.currentValue())
    states = interface.state()
    told = [
        name
        for name in ("focused", "checked", "selected", "disabled", "expanded", "readOnly", "defaultButton")
        if getattr(states, name)
    ]
    texts = [interface.text(kind).strip() for kind in (QAccessible.Text.Name, QAccessible.Text.Description)]
    labels = [one.text(QAccessible.Text.Name) for one, _ in interface.relations(QAccessible.RelationFlag.Label)]
    name = ": ".join([*(label for label in labels if label != texts[0]), texts[0]])
    return Spoken(depth, interface.role(), name, value.strip(), texts[1], tuple(told))
