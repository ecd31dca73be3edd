"""Two grids over all faces of a library: ours, and Qt's own list in icon mode."""

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListView

from app.faces.face_order import Arrangement, Order, by_time, year_sections
from app.faces.model import FacesModel
from app.grid.grid_view import GridView
from app.grid.tile_delegate import TileDelegate
from app.session.context import Context
from engine.library.queries import FaceScope, face_index

SIDE = 112


def all_faces_grid(context: Context) -> GridView:
    """Return our grid over all faces, newest first, with a heading a year, as a person's page shows them."""
    model = _all_faces(context)
    view = GridView(model)
    delegate = TileDelegate(context.pictures, SIDE, 0, view)
    view.setItemDelegate(delegate)
    view.set_tile(delegate.tile_size())
    _adopt(view, model, context)
    return view


def qt_list(context: Context) -> QListView:
    """Return Qt's list in icon mode with uniform sizes over the same model and delegate."""
    model = _all_faces(context)
    view = QListView()
    view.setViewMode(QListView.ViewMode.IconMode)
    view.setUniformItemSizes(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setSpacing(6)
    delegate = TileDelegate(context.pictures, SIDE, 0, view)
    delegate.sizeHint = lambda _option, _index: QSize(SIDE, SIDE)
    view.setItemDelegate(delegate)
    view.setModel(model)
    _adopt(view, model, context)
    return view


def _all_faces(context: Context) -> FacesModel:
    faces = face_index(context.library, FaceScope.everything())
    rows = by_time(faces.taken_at, np.arange(len(faces.face_ids)), Order.NEWEST)
    sections = year_sections(faces.taken_at, rows, lambda year: str(year or "no date"), lambda _year: "")
    model = FacesModel()
    model.show(faces, Arrangement(faces.face_ids[rows], tuple(sections)))
    return model


def _adopt(view: QListView, model: FacesModel, context: Context) -> None:
    model.setParent(view)

    def paint_again(picture: object) -> None:
        row = model.row_of(picture.id)
        view.viewport().update(view.visualRect(model.index(row, 0)))

    context.pictures.arrived.connect(paint_again)
