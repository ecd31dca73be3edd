"""How the page of photos is left, and found again."""

from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel

from app.grid.grid_anchor import Anchor, note_anchor
from app.grid.places import Ids
from app.pages.photos.grid import PhotosGrid
from app.pages.photos.model import PhotosModel
from engine.library.queries import PhotoSearch


@dataclass(frozen=True, slots=True)
class PhotosMemory:
    """What was searched for, what was in sight, which photo was current, and those that were selected."""

    search: PhotoSearch
    anchor: Anchor | None
    current: int | None
    selected: Ids


def memory_of(grid: PhotosGrid, model: PhotosModel, search: PhotoSearch) -> PhotosMemory:
    """Return how a grid is left."""
    anchor = note_anchor(grid.tiles, model.ids, grid.verticalOffset(), grid.viewport().height())
    return PhotosMemory(search, anchor, grid.current_id(), grid.selected())


def restore(grid: PhotosGrid, model: PhotosModel, memory: PhotosMemory, seen: int | None) -> None:
    """Show the photos as they were left; the one that was `seen` last, if any, is current and in sight."""
    grid.doItemsLayout()
    grid.select_ids(memory.selected)
    held = memory.anchor.place(model.places_of) if memory.anchor is not None else None
    grid.verticalScrollBar().setValue(grid.tiles.rect(held[0]).top() - held[1] if held is not None else 0)
    row = model.row_of(seen if seen is not None else memory.current or -1)
    if row < 0:
        return
    index = model.index(row)
    grid.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    if seen is not None and seen != memory.current:
        grid.select_ids([seen])
        grid.scrollTo(index)
