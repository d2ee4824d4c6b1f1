"""A layout that fills lines from the left and breaks when the next item does not fit.

    FlowLayout(parent=None, gap=8, line_gap=8, justify=False)
`justify` stretches the items of each line to the full width in equal parts (the rating row).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    def __init__(
        self, parent: QWidget | None = None, gap: int = 8, line_gap: int = 8, *, justify: bool = False
    ) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap, self._justify = gap, line_gap, justify
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        high = sum(_height(line) for line in lines) + self._line_gap * max(0, len(lines) - 1)
        return high + margins.top() + margins.bottom()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        area = rect.marginsRemoved(self.contentsMargins())
        top = area.top()
        for line in self._lines(area.width()):
            self._place(line, QRect(area.left(), top, area.width(), _height(line)))
            top += _height(line) + self._line_gap

    def sizeHint(self) -> QSize:
        shown = self._shown()
        wide = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        high = _height(shown) if shown else 0
        return self._with_margins(QSize(wide, high))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        wide = max((item.minimumSize().width() for item in shown), default=0)
        high = max((item.minimumSize().height() for item in shown), default=0)
        return self._with_margins(QSize(wide, high))

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or used + self._gap + wide > width:
                lines.append([item])
                used = wide
            else:
                lines[-1].append(item)
                used += self._gap + wide
        return _evened(lines) if self._justify else lines

    def _place(self, line: list[QLayoutItem], area: QRect) -> None:
        widths = self._widths(line, area.width())
        left = area.left()
        for item, wide in zip(line, widths, strict=True):
            high = area.height() if self._justify else item.sizeHint().height()
            top = area.top() + (area.height() - high) // 2
            item.setGeometry(QRect(QPoint(left, top), QSize(wide, high)))
            left += wide + self._gap

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        natural = [item.sizeHint().width() for item in line]
        room = width - self._gap * (len(line) - 1)
        if not self._justify:
            return [min(wide, room) for wide in natural]
        spare = room - sum(natural)
        if spare < 0:
            return [room // len(line)] * len(line)
        return _shared(natural, room)


def _shared(natural: list[int], room: int) -> list[int]:
    """Equal parts, save for those that need more; nobody gets less than its natural width."""
    widths = [0] * len(natural)
    left = set(range(len(natural)))
    while left:
        part = room / len(left)
        large = {i for i in left if natural[i] > part}
        if not large:
            for place, index in enumerate(sorted(left)):
                widths[index] = int(room * (place + 1) / len(left)) - int(room * place / len(left))
            break
        for index in large:
            widths[index] = natural[index]
            room -= natural[index]
        left -= large
    return widths


def _evened(lines: list[list[QLayoutItem]]) -> list[list[QLayoutItem]]:
    """The same number of lines, filled evenly: 3 and 2 rather than 4 and 1."""
    items = [item for line in lines for item in line]
    if len(lines) < 2:
        return lines
    each = -(-len(items) // len(lines))
    return [items[start : start + each] for start in range(0, len(items), each)]


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)
