"""Sections of problems, each with its lines, for a tree view: ids and words only, however many there are."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.pages.problems.problem import Problem, ProblemKind
from app.pages.problems.words import line_of, reason_of, section_of
from app.style import texts

Index = QModelIndex | QPersistentModelIndex

REASON = Qt.ItemDataRole.UserRole
"""The role of the second line of text, small."""

COUNT = Qt.ItemDataRole.UserRole + 1
"""The role of a section's number of lines, as text; None for a line."""

TOP = 0


class ProblemTree(QAbstractItemModel):
    """Two levels: the kinds that occur, and their problems. Sections come and go with what is in them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems: dict[ProblemKind, list[Problem]] = {}
        self._kinds: list[ProblemKind] = []

    @property
    def kinds(self) -> list[ProblemKind]:
        """The sections that are shown."""
        return self._kinds

    def problems(self, kind: ProblemKind) -> list[Problem]:
        """Return the lines of a section."""
        return self._problems.get(kind, [])

    def everything(self) -> list[Problem]:
        """Return all lines in their order."""
        return [problem for kind in self._kinds for problem in self._problems[kind]]

    def show(self, kinds: Sequence[ProblemKind], problems: Sequence[Problem]) -> bool:
        """Replace the lines of these kinds; return whether anything is different."""
        after = dict(self._problems)
        for kind in kinds:
            after[kind] = [problem for problem in problems if problem.kind == kind]
        if after == self._problems:
            return False
        self.beginResetModel()
        self._problems = after
        self._kinds = [kind for kind in ProblemKind if after.get(kind)]
        self.endResetModel()
        return True

    def problem(self, index: Index) -> Problem | None:
        """Return the problem of a line, None for a section."""
        if not index.isValid() or index.internalId() == TOP:
            return None
        return self._problems[self._kinds[index.internalId() - 1]][index.row()]

    def index_of(self, key: tuple[ProblemKind, tuple[int, ...]]) -> QModelIndex:
        """Return where a problem stands; an invalid index where it is gone."""
        for section, kind in enumerate(self._kinds):
            if kind == key[0]:
                rows = [row for row, problem in enumerate(self._problems[kind]) if problem.key == key]
                return self.index(rows[0], 0, self.index(section, 0)) if rows else QModelIndex()
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 Qt's default
        """Return the index of a section, or of a line below one."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else TOP)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has the same name
        """Return a line's section."""
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's default
        """Return the number of sections, or of a section's lines."""
        if not parent.isValid():
            return len(self._kinds)
        return len(self._problems[self._kinds[parent.row()]]) if parent.internalId() == TOP else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's default
        """Return 1."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a section or a line says."""
        if not index.isValid():
            return None
        problem = self.problem(index)
        if problem is None:
            return self._section_data(self._kinds[index.row()], role)
        if role == Qt.ItemDataRole.DisplayRole:
            return line_of(problem)
        if role == REASON:
            return reason_of(problem)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line_of(problem)}, {reason_of(problem)}"
        return texts.plain_tip(str(problem.path)) if role == Qt.ItemDataRole.ToolTipRole and problem.path else None

    def _section_data(self, kind: ProblemKind, role: int) -> object:
        count = texts.number(len(self._problems[kind]))
        if role == Qt.ItemDataRole.DisplayRole:
            return section_of(kind)
        if role == COUNT:
            return count
        return f"{section_of(kind)}, {count}" if role == Qt.ItemDataRole.AccessibleTextRole else None
