"""The list of problems in its sections; what is chosen stays chosen while lines come and go."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from app.pages.problems.delegate import LineDelegate
from app.pages.problems.model import ProblemTree
from app.pages.problems.problem import Problem, ProblemKind


class ProblemList(QTreeView):
    """A tree of two levels; every section is open until the user closes it."""

    chosen = Signal()
    """Another line is current, or other lines are selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = ProblemTree(self)
        self._closed: set[ProblemKind] = set()
        self.setModel(self.tree)
        self.setItemDelegate(LineDelegate(self))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(16)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.collapsed.connect(lambda index: self._closed.add(self.tree.kinds[index.row()]))
        self.expanded.connect(lambda index: self._closed.discard(self.tree.kinds[index.row()]))

    def show_problems(self, kinds: Sequence[ProblemKind], problems: Sequence[Problem]) -> None:
        """Show all problems of these kinds; where the current one is gone, the one after it becomes current."""
        current, selected, top = self.current(), self.selected(), self.verticalScrollBar().value()
        place = self.currentIndex().row()
        with QSignalBlocker(self):
            changed = self.tree.show(kinds, problems)
            if changed:
                self._open_sections()
                self._restore(current, selected, place)
                self.verticalScrollBar().setValue(top)
        if changed:
            self.chosen.emit()

    def choose(self, key: tuple[ProblemKind, tuple[int, ...]]) -> bool:
        """Make a problem the current one; return False where it is not listed."""
        index = self.tree.index_of(key)
        if index.isValid():
            self.expand(index.parent())
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def current(self) -> Problem | None:
        """Return the current problem."""
        return self.tree.problem(self.currentIndex())

    def selected(self) -> list[Problem]:
        """Return the selected problems in their order, or the current one."""
        rows = sorted(self.selectionModel().selectedIndexes(), key=lambda index: (index.internalId(), index.row()))
        found = [problem for problem in map(self.tree.problem, rows) if problem is not None]
        current = self.current()
        return found or ([current] if current else [])

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell it."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw the arrows of sections; beside a line stands nothing, not even the colour of what is selected."""
        if index.parent().isValid():
            painter.fillRect(rect, self.palette().base())
        else:
            super().drawBranches(painter, rect, index)

    def _open_sections(self) -> None:
        for row, kind in enumerate(self.tree.kinds):
            self.setExpanded(self.tree.index(row, 0), kind not in self._closed)

    def _restore(self, current: Problem | None, selected: Sequence[Problem], place: int) -> None:
        """Choose what was chosen, or else what stands in its place now."""
        index = self.tree.index_of(current.key) if current else QModelIndex()
        if not index.isValid():
            index = self._beside(current, place)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        if len(selected) > 1:
            keys = {problem.key for problem in selected}
            for section, kind in enumerate(self.tree.kinds):
                parent = self.tree.index(section, 0)
                for row, problem in enumerate(self.tree.problems(kind)):
                    if problem.key in keys:
                        self.selectionModel().select(self.tree.index(row, 0, parent), flags.Select)

    def _beside(self, gone: Problem | None, place: int) -> QModelIndex:
        """Return the line that follows one that is gone: in its section, or the first of the next one."""
        kinds = self.tree.kinds
        if gone is not None and gone.kind in kinds:
            section = kinds.index(gone.kind)
            row = min(place, len(self.tree.problems(gone.kind)) - 1)
        else:
            order = list(ProblemKind)
            later = [kind for kind in kinds if gone is not None and order.index(kind) > order.index(gone.kind)]
            section, row = (kinds.index(later[0]) if later else 0), 0
        return self.tree.index(row, 0, self.tree.index(section, 0))
