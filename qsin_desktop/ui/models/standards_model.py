"""The tree series → standard → criterion as a Qt model, over whichever criteria a filter lets through.

model = StandardsModel(record, marks)
model.show_only(codes | None)       None: all of them
model.refresh(codes | None)         show these rows anew, and the standards and series above them
model.index_of(code)   model.code_at(index)   model.name_at(index)   model.codes
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion, Series, Standard
from qsin_desktop.ui.models.criterion_marks import CriterionMarks, Mark
from qsin_desktop.ui.widgets import tree_roles as roles
from qsin_desktop.ui.widgets.tree_roles import Row

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TEXT = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


@dataclass
class _Node:
    """One row; `place` is its number among all rows, `row` among its siblings."""

    place: int
    row: int
    thing: Series | Standard | Criterion
    parent: _Node | None
    children: list[_Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.thing.code


class StandardsModel(QAbstractItemModel):
    def __init__(self, record: VisitRecord, marks: CriterionMarks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._record, self._marks = record, marks
        self._nodes: list[_Node] = []
        self._tops: list[_Node] = []
        self._by_name: dict[tuple[Row, str], _Node] = {}
        self._current = ""
        self.codes: list[str] = []
        """The criteria that are let through, in the order of the walk."""
        self._build(None)

    # ---- what is let through ------------------------------------------------------------------------

    def show_only(self, codes: Collection[str] | None) -> None:
        """Standards and series without a criterion left are left out too."""
        self.beginResetModel()
        self._build(codes)
        self.endResetModel()

    def _build(self, codes: Collection[str] | None) -> None:
        self._nodes, self._tops, self._by_name, self.codes = [], [], {}, []
        for series in self._record.pack.series:
            standards = [(s, _let_through(s, codes)) for s in series.standards]
            standards = [(standard, criteria) for standard, criteria in standards if criteria]
            if standards:
                self._add_series(series, standards)

    def _add_series(self, series: Series, standards: list[tuple[Standard, list[Criterion]]]) -> None:
        top = self._add(Row.SERIES, series, None)
        for standard, criteria in standards:
            above = self._add(Row.STANDARD, standard, top)
            for criterion in criteria:
                self._add(Row.CRITERION, criterion, above)
                self.codes.append(criterion.code)

    def _add(self, kind: Row, thing: Series | Standard | Criterion, parent: _Node | None) -> _Node:
        siblings = parent.children if parent else self._tops
        node = _Node(len(self._nodes), len(siblings), thing, parent)
        siblings.append(node)
        self._nodes.append(node)
        self._by_name[kind, thing.code] = node
        return node

    # ---- the shape of the tree ----------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        siblings = self._children(parent)
        if column != 0 or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, 0, siblings[row].place)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # QObject has one too
        node = self._node(index)
        return self._index(node.parent) if node and node.parent else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return len(self._children(parent))

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 1

    def hasChildren(self, parent: Index = _NOWHERE) -> bool:
        return bool(self._children(parent))

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self._node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        if isinstance(node.thing, Criterion):
            shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            return shown | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled

    def _children(self, parent: Index) -> list[_Node]:
        if not parent.isValid():
            return self._tops
        node = self._node(parent)
        return node.children if node else []

    def _node(self, index: Index) -> _Node | None:
        place = index.internalId() if index.isValid() else -1
        return self._nodes[place] if 0 <= place < len(self._nodes) else None

    def _index(self, node: _Node) -> QModelIndex:
        return self.createIndex(node.row, 0, node.place)

    # ---- finding ------------------------------------------------------------------------------------

    def index_of(self, code: str) -> QModelIndex:
        """Of a criterion; not valid where it is not let through."""
        return self.index_named(Row.CRITERION, code)

    def index_named(self, kind: Row, name: str) -> QModelIndex:
        node = self._by_name.get((kind, name))
        return self._index(node) if node else QModelIndex()

    def code_at(self, index: Index) -> str:
        """A criterion's code; empty on other rows."""
        node = self._node(index)
        return node.name if node and isinstance(node.thing, Criterion) else ""

    def name_at(self, index: Index) -> tuple[Row, str] | None:
        node = self._node(index)
        return (_kind(node), node.name) if node else None

    def heads(self) -> list[QModelIndex]:
        """Every series and standard."""
        return [self._index(node) for node in self._nodes if not isinstance(node.thing, Criterion)]

    # ---- what a row shows ---------------------------------------------------------------------------

    def data(self, index: Index, role: int = _TEXT) -> Any:
        node = self._node(index)
        if node is None:
            return None
        if role == roles.KIND:
            return _kind(node)
        if role == roles.CODE:
            return node.thing.letter if isinstance(node.thing, Criterion) else node.name
        if role == roles.TITLE:
            return node.thing.title
        if role in (_TEXT, _TIP):
            return f"{_whole_code(node)} {node.thing.title}"
        if isinstance(node.thing, Series):
            return self._of_series(node.thing, role)
        return self._of_mark(node.thing, role)

    def _of_series(self, series: Series, role: int) -> str | None:
        if role not in (roles.COUNTER, _SPOKEN):
            return None
        criteria = [c for standard in series.standards for c in standard.criteria]
        rated = self._marks.rated_among(criteria)
        counter = "" if rated is None else f"{rated} of {len(criteria)}"
        return counter if role == roles.COUNTER else roles.spoken(series.code, series.title, counter=counter)

    def _of_mark(self, thing: Standard | Criterion, role: int) -> Any:
        if role == roles.UNCONFIRMED:
            return isinstance(thing, Standard) and thing.unconfirmed
        if role not in _MARKED:
            return None
        marks = self._marks
        mark = marks.of_standard(thing) if isinstance(thing, Standard) else marks.of(thing.code)
        if role == roles.EXHIBITS and thing.code != self._current:
            return 0
        return _said(thing, mark) if role == _SPOKEN else _MARKED[role](mark)

    # ---- showing anew -------------------------------------------------------------------------------

    def refresh(self, codes: Iterable[str] | None = None) -> None:
        if codes is not None:
            for node in self._with_heads(codes):
                self._tell(node, node)
            return
        for siblings in (self._tops, *(node.children for node in self._nodes)):
            if siblings:
                self._tell(siblings[0], siblings[-1])

    def set_current(self, code: str) -> None:
        """The number of exhibits stands on the chosen row alone, to keep room for the titles."""
        before, self._current = self._current, code
        self.refresh([before, code])

    def _tell(self, first: _Node, last: _Node) -> None:
        self.dataChanged.emit(self._index(first), self._index(last))

    def _with_heads(self, codes: Iterable[str]) -> list[_Node]:
        found: dict[int, _Node] = {}
        for code in codes:
            node = self._by_name.get((Row.CRITERION, code))
            while node is not None:
                found[node.place] = node
                node = node.parent
        return list(found.values())


def _missing_shown(mark: Mark) -> int:
    """A criterion nobody has begun says so by its ring; there the parts it lacks are no news."""
    begun = mark.sign is not mark.sign.RING or mark.exhibits or mark.conflict
    return mark.missing if begun else 0


_MARKED: dict[int, Callable[[Mark], Any]] = {
    roles.SIGN: lambda mark: mark.sign,
    roles.TONE: lambda mark: mark.tone,
    roles.FLAGGED: lambda mark: mark.flagged,
    roles.EXHIBITS: lambda mark: mark.exhibits,
    roles.MISSING: _missing_shown,
    roles.CONFLICT: lambda mark: mark.conflict,
    _SPOKEN: lambda mark: mark.rating,
}


def _said(thing: Standard | Criterion, mark: Mark) -> str:
    code = thing.code if isinstance(thing, Standard) else thing.shown_code
    return roles.spoken(
        code,
        thing.title,
        rating=mark.rating,
        flagged=mark.flagged,
        exhibits=mark.exhibits,
        missing=mark.missing,
        conflict=mark.conflict,
    )


def _kind(node: _Node) -> Row:
    if isinstance(node.thing, Series):
        return Row.SERIES
    return Row.STANDARD if isinstance(node.thing, Standard) else Row.CRITERION


def _whole_code(node: _Node) -> str:
    return node.thing.shown_code if isinstance(node.thing, Criterion) else node.name


def _let_through(standard: Standard, codes: Collection[str] | None) -> list[Criterion]:
    return [c for c in standard.criteria if codes is None or c.code in codes]
