"""What is selected on a page, whichever page it is."""

from app.grid.grid_view import GridView
from app.pages.page import Page


def select_nothing(page: Page) -> bool:
    """Select nothing on a page any more, and say whether anything in sight was.

    So that a key that is pressed after coming back never means what was selected long ago.
    """
    grids = [grid for grid in page.findChildren(GridView) if grid.isVisible()]
    chosen = [grid for grid in grids if grid.selectionModel().hasSelection()]
    for grid in chosen:
        grid.clearSelection()
    return bool(chosen)
