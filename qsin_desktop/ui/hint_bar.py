"""The foot of a visit: which keys act here, and at the right where the work stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from qsin_desktop.ui.commands import KeyHint, cap
from qsin_desktop.ui.look import Look, look_of
from qsin_desktop.ui.type import TextSize
from qsin_desktop.ui.widgets.drawing import LEFT, text
from qsin_desktop.ui.widgets.key_cap import key_cap_size, paint_key_cap

_RANGE = "\u2013"
_MARGIN = 20


class HintBar(QLabel):
    """Hints that find no room are left out from the end, the one for all keys last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[KeyHint, ...] = ()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_hints(())

    def set_hints(self, hints: Sequence[KeyHint]) -> None:
        shown = (*hints, KeyHint((cap("app.keys"),), "all keys"))
        if shown != self._hints:
            self._hints = shown
            self._name()

    def set_words(self, words: str) -> None:
        if words != self._words:
            self._words = words
            self._name()

    def _name(self) -> None:
        keys = ", ".join(f"{' '.join(hint.keys)} {hint.words}" for hint in self._hints)
        self.setAccessibleName(f"Keys: {keys}. {self._words}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look_of().px(400), look_of().px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(look_of().px(200), look_of().px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = look_of(), QPainter(self)
        painter.fillRect(self.rect(), look.palette.surface)
        painter.fillRect(0, 0, self.width(), 1, look.palette.line)
        room = self._paint_words(painter, look)
        left = float(look.px(_MARGIN))
        for hint in self._fitting(look, room - left):
            left = self._paint_hint(painter, hint, left, look)

    def _paint_words(self, painter: QPainter, look: Look) -> float:
        """At the right; answers where the hints must end."""
        wide = look.metrics(TextSize.LABEL).horizontalAdvance(self._words) + 2
        left = self.width() - look.px(_MARGIN) - wide
        box = QRectF(left, 0, wide, self.height())
        text(painter, box, self._words, look.font(TextSize.LABEL), look.palette.soft_text)
        return left - look.px(_MARGIN)

    def _fitting(self, look: Look, room: float) -> list[KeyHint]:
        shown = list(self._hints)
        while len(shown) > 1 and sum(self._width(hint, look) for hint in shown) > room:
            shown.pop(-2)
        return shown

    def _width(self, hint: KeyHint, look: Look) -> float:
        keys = sum(
            look.px(10) if key == _RANGE else key_cap_size(key, look).width() + look.px(4)
            for key in hint.keys
        )
        return keys + look.px(4) + look.metrics(TextSize.LABEL).horizontalAdvance(hint.words) + look.px(18)

    def _paint_hint(self, painter: QPainter, hint: KeyHint, left: float, look: Look) -> float:
        middle = self.height() / 2
        for key in hint.keys:
            if key == _RANGE:
                box = QRectF(left, 0, look.px(10), self.height())
                text(painter, box, key, look.font(TextSize.LABEL), look.palette.soft_text)
                left += look.px(10)
                continue
            size = key_cap_size(key, look)
            cap_box = QRectF(left, middle - size.height() / 2, size.width(), size.height())
            paint_key_cap(painter, cap_box, key, look)
            left += size.width() + look.px(4)
        left += look.px(4)
        wide = look.metrics(TextSize.LABEL).horizontalAdvance(hint.words) + 2
        box = QRectF(left, 0, wide, self.height())
        text(painter, box, hint.words, look.font(TextSize.LABEL), look.palette.soft_text, LEFT)
        return left + wide + look.px(16)
