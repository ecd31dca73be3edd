"""Frames of a map that is moved, zoomed and hovered over, and of plain peers; used by `benchmarks/map.py`.

Counted is the processor time of the thread of the window, which alone paints: other programs do not change it.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
from map_peers import peers
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication
from window_clock import spread

from app.application import make_application
from app.face_map.colours import colour_by
from app.face_map.scene import Scene, make_scene
from app.face_map.view import MapView
from app.session.context import Context
from app.work.priorities import spare_what_is_loaded
from engine.library.library import Library
from engine.paths import Places

FRAMES, STAYS = 300, 24
SIZE = (1280, 860)


def measure(who: NDArray[np.int64]) -> dict[str, str]:
    """Return figures for a map of these people; their places are drawn, an island each, since only painting counts."""
    application = make_application()
    rng = np.random.default_rng(0)
    middles = rng.uniform(-100, 100, (who.max() + 1, 2))
    points = (middles[who] + rng.normal(size=(len(who), 2))).astype(np.float32)
    with tempfile.TemporaryDirectory() as scratch, Library(Places(Path(scratch)).library) as library:
        context = Context(Places(Path(scratch)), library)
        view = MapView(context.pictures, context.motion)
        view.resize(*SIZE)
        view.show()
        began = time.thread_time()
        colouring = colour_by(who, view.palette())
        named = {int(group): f"Person {group}" for group in range(200)}
        scene = make_scene(np.arange(len(who)), points, colouring.colours, who, lambda group: named.get(group, ""))
        view.show_scene(scene)
        spare_what_is_loaded()  # as the program does
        dressed = time.thread_time() - began
        figures = {
            f"colours and order of {len(who):,} faces, once": f"{1000 * dressed:.0f} ms",
            "frame while the whole map is moved": spread(_moved(application, view)),
            "frame while it is zoomed in from the whole and out again": spread(_zoomed(application, view)),
            "frame where one stays, points painted anew": spread(_stayed(application, view)),
            "frame while the mouse goes over it": spread(_hovered(application, view)),
            "lasso around half of it": spread([_lassoed(view) for _ in range(5)]),
            "frame while it is moved with half of it selected": spread(_moved(application, view)),
            "arrays of the scene": f"{_megabytes(scene):.1f} MB",
        }
        view.close()
        view.deleteLater()
        context.shutdown()
    return figures | peers(application, points, colouring.colours)


def _megabytes(scene: Scene) -> float:
    arrays = (scene.ids, scene.points, scene.colours, scene.groups, scene.order)
    return sum(array.nbytes for array in (*arrays, scene.drawn_points, scene.drawn_colours)) / 1e6


def _frame(application: QApplication, view: MapView) -> float:
    began = time.thread_time()
    view.repaint()
    application.processEvents()
    return time.thread_time() - began


def _moved(application: QApplication, view: MapView) -> list[float]:
    view.set_camera(view.look.camera.fitted(view.scene.points))
    seconds = []
    for turn in range(FRAMES):
        view.set_camera(view.look.camera.panned(7 if turn % 60 < 30 else -7, 3))
        seconds.append(_frame(application, view))
    return seconds


def _zoomed(application: QApplication, view: MapView) -> list[float]:
    view.set_camera(view.look.camera.fitted(view.scene.points))
    seconds = []
    for turn in range(FRAMES):
        factor = 1.04 if turn % FRAMES < FRAMES / 2 else 1 / 1.04
        view.set_camera(view.look.camera.zoomed(factor, 500, 400))
        seconds.append(_frame(application, view))
    return seconds


def _stayed(application: QApplication, view: MapView) -> list[float]:
    view.set_camera(view.look.camera.fitted(view.scene.points))
    seconds = []
    for turn in range(STAYS):
        view.set_camera(view.look.camera.zoomed(1.5 if turn < STAYS / 2 else 1 / 1.5, 500, 400))
        view._settling.stop()  # noqa: SLF001 as if the wait were over
        seconds.append(_frame(application, view))
    return seconds


def _hovered(application: QApplication, view: MapView) -> list[float]:
    view.set_camera(view.look.camera.fitted(view.scene.points))
    seconds = []
    for turn in range(FRAMES):
        began = time.thread_time()
        view.hover(QPointF(100 + 3.1 * turn, 200 + 1.3 * turn))
        seconds.append(time.thread_time() - began + _frame(application, view))
    return seconds


def _lassoed(view: MapView) -> float:
    from app.face_map.lasso import inside_outline

    angles = np.linspace(0, 2 * np.pi, 300)
    outline = np.stack([640 + 420 * np.cos(angles), 430 + 300 * np.sin(angles)], axis=1).astype(np.float32)
    began = time.thread_time()
    view.select_rows(np.flatnonzero(inside_outline(view.look.camera.to_widget(view.scene.points), outline)))
    return time.thread_time() - began
