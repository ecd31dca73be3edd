"""What is selected in a grid, as ranges of rows: a hundred thousand selected rows cost one range, not an index each."""

from PySide6.QtCore import QItemSelectionModel


def selected_ranges(model: QItemSelectionModel) -> list[range]:
    """Return the selected rows as ranges, from the first row on."""
    selection = model.selection()
    parts = (selection.at(place) for place in range(selection.count()))
    return [range(top, bottom + 1) for top, bottom in sorted((part.top(), part.bottom()) for part in parts)]
