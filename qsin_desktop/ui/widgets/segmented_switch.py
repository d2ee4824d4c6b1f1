"""One of several, side by side: the stage switch, the site switch, the filter above the tree.

    SegmentedSwitch(name, parent=None)            name: what is switched, for screen readers ("Site")
        .set_items(items)                         Sequence[SwitchItem]; up to 40; long labels lack a middle
        .set_value(ident)   .value                an unknown or empty id marks none
        .set_item(item, ...)                      replace some by their ids, e.g. another sign or count
        changed = Signal(str)                     a person switched; already marked when it is emitted
    SwitchItem(ident, label, sign=None, tone=NOT_APPLICABLE, icon="", tip="")
What does not fit goes into an “n more” menu; the marked one always stays in sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui import icons
from qsin_desktop.ui.look import FollowsLook, Look, look_of
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.choice import ChoiceButton, one_tab_stop
from qsin_desktop.ui.widgets.drawing import focus_ring, rounded, text
from qsin_desktop.ui.widgets.more_button import MoreButton
from qsin_desktop.ui.widgets.sign import paint_sign, sign_icon

_TRACK = 3  # between the track's edge and its segments


@dataclass(frozen=True)
class SwitchItem:
    ident: str
    label: str
    sign: Sign | None = None
    tone: Tone = Tone.NOT_APPLICABLE
    icon: str = ""
    tip: str = ""


class _Segment(ChoiceButton):
    ARROWS_CHOOSE = True

    def __init__(self, item: SwitchItem, parent: QWidget) -> None:
        super().__init__(item.ident, item.label, parent)
        self.take(item)

    def take(self, item: SwitchItem) -> None:
        self.item = item
        self.setText(item.label)
        self.setAccessibleName(item.tip if not item.label else item.label)
        self.setToolTip(item.tip)
        self.update()

    def natural_width(self, look: Look) -> int:
        words = look.metrics(TextSize.LABEL, Weight.SEMIBOLD).horizontalAdvance(self.item.label)
        mark = look.px(14 if not self.item.label else 19) if self._has_mark else 0
        return min(look.px(200), int(words + 2) + mark + 2 * look.px(12))

    @property
    def _has_mark(self) -> bool:
        return bool(self.item.sign or self.item.icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter, rect = look_of(), QPainter(self), QRectF(self.rect())
        colours, radius = look.palette, look.px(6)
        if self.isChecked():
            rounded(painter, rect.adjusted(0, 1, 0, 0), radius, fill=colours.line)
            rounded(painter, rect.adjusted(0, 0, 0, -1), radius, fill=raised(look))
        elif self.underMouse() and self.isEnabled():
            rounded(painter, rect, radius, fill=colours.pressed)
        self._paint_content(painter, rect, look)
        if self.shows_focus():
            focus_ring(painter, rect, radius, colours.focus_ring)

    def _paint_content(self, painter: QPainter, rect: QRectF, look: Look) -> None:
        weight = Weight.SEMIBOLD if self.isChecked() else Weight.REGULAR
        font, ink = look.font(TextSize.LABEL, weight), self._ink(look)
        words = look.metrics(TextSize.LABEL, weight).horizontalAdvance(self.item.label) + 1
        side, gap = look.px(14), look.px(5) if self.item.label else 0
        mark = side + gap if self._has_mark else 0
        whole = min(words + mark, rect.width() - 2 * look.px(8))
        left = rect.x() + (rect.width() - whole) / 2
        if self._has_mark:
            self._paint_mark(painter, QRectF(left, rect.center().y() - side / 2, side, side), look, ink)
        area = QRectF(left + mark, rect.y(), whole - mark, rect.height())
        text(painter, area, self.item.label, font, ink, elide=Qt.TextElideMode.ElideMiddle)

    def _paint_mark(self, painter: QPainter, box: QRectF, look: Look, ink: QColor) -> None:
        if self.item.icon:
            icons.draw(painter, box.adjusted(-1, -1, 1, 1), self.item.icon, ink)
        elif self.item.sign:
            paint_sign(painter, box, self.item.sign, self.item.tone, look)

    def _ink(self, look: Look) -> QColor:
        if not self.isEnabled():
            return look.palette.disabled_text
        return look.palette.text if self.isChecked() else look.palette.soft_text


class SegmentedSwitch(FollowsLook, QWidget):
    changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = ""
        self._segments: list[_Segment] = []
        self._hidden: list[_Segment] = []
        self.setAccessibleName(name)
        self._more = MoreButton(f"More: {name}", self)
        self._more.menu_asked.connect(self._open_menu)
        self._menu = QMenu(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_items(self, items: Sequence[SwitchItem]) -> None:
        for segment in self._segments:
            segment.setParent(None)
            segment.deleteLater()
        self._segments = [_Segment(item, self) for item in items]
        for segment in self._segments:
            segment.asked.connect(self._asked)
        for before, after in pairwise((self._more, *self._segments, self._more)):
            QWidget.setTabOrder(before, after)  # where the switch stands, not after all else that was made
        self._mark()
        self.updateGeometry()

    def set_item(self, *items: SwitchItem) -> None:
        by_ident = {item.ident: item for item in items}
        for segment in self._segments:
            if segment.ident in by_ident:
                segment.take(by_ident[segment.ident])
        self._arrange()

    def items(self) -> list[SwitchItem]:
        return [segment.item for segment in self._segments]

    def set_value(self, ident: str) -> None:
        self.value = ident
        self._mark()

    def take_focus(self) -> None:
        """By keys, so that it is seen where the arrow keys act."""
        chosen = next((segment for segment in self._segments if segment.isChecked()), None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def overflowing(self) -> list[SwitchItem]:
        """What stands in the menu now."""
        return [segment.item for segment in self._hidden]

    def sizeHint(self) -> QSize:
        look = look_of()
        wide = sum(s.natural_width(look) for s in self._segments) + 2 * _TRACK
        return QSize(max(wide, look.px(60)), look.px(34))

    def minimumSizeHint(self) -> QSize:
        look = look_of()
        widest = max((s.natural_width(look) for s in self._segments), default=0)
        return QSize(min(self.sizeHint().width(), widest + self._more_width(look) + 2 * _TRACK), look.px(34))

    def follow(self, look: Look) -> None:
        self.updateGeometry()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = look_of()
        colours = look.palette
        rounded(QPainter(self), QRectF(self.rect()), look.px(8), fill=colours.background, edge=colours.line)

    def _asked(self, ident: str) -> None:
        if ident != self.value:
            self.set_value(ident)
            self.changed.emit(ident)

    def _mark(self) -> None:
        for segment in self._segments:
            segment.mark(segment.ident == self.value)
        self._arrange()

    def _more_width(self, look: Look) -> int:
        words = look.metrics(TextSize.LABEL, Weight.SEMIBOLD).horizontalAdvance("40 more")
        return int(words + 2) + 2 * look.px(12)

    def _arrange(self) -> None:
        look = look_of()
        room = self.width() - 2 * _TRACK
        shown = self._that_fit(room, look)
        self._hidden = [segment for segment in self._segments if segment not in shown]
        lost_focus = any(segment.hasFocus() for segment in self._hidden)
        for segment in self._segments:
            segment.setVisible(segment in shown)
        self._show_more(look)
        self._place(shown, room - (self._more_width(look) if self._hidden else 0), look)
        one_tab_stop(list(self._segments))
        if lost_focus and shown:
            next((s for s in shown if s.isChecked()), shown[0]).setFocus()

    def _that_fit(self, room: int, look: Look) -> list[_Segment]:
        widths = {segment: segment.natural_width(look) for segment in self._segments}
        if sum(widths.values()) <= room:
            return list(self._segments)
        room -= self._more_width(look)
        marked = next((s for s in self._segments if s.isChecked()), None)
        shown: list[_Segment] = [marked] if marked else []
        for segment in self._segments:
            if segment is not marked:
                if sum(widths[s] for s in shown) + widths[segment] > room:
                    break
                shown.append(segment)
        return sorted(shown, key=self._segments.index)

    def _show_more(self, look: Look) -> None:
        self._more.setVisible(bool(self._hidden))
        self._more.setText(f"{len(self._hidden)} more")
        wide = self._more_width(look)
        self._more.setGeometry(self.width() - wide - _TRACK, _TRACK, wide, self.height() - 2 * _TRACK)

    def _place(self, shown: list[_Segment], room: int, look: Look) -> None:
        """Spare room is shared out equally; where even the marked one has too little, it is cut short."""
        spare = max(0, room - sum(s.natural_width(look) for s in shown))
        left = float(_TRACK)
        for segment in shown:
            wide = min(segment.natural_width(look) + spare / len(shown), max(0, room - left + _TRACK))
            segment.setGeometry(
                round(left), _TRACK, round(left + wide) - round(left), self.height() - 2 * _TRACK
            )
            left += wide

    def _open_menu(self) -> None:
        self._menu.clear()
        for segment in self._hidden:
            self._fill_action(self._menu.addAction(_menu_text(segment.item)), segment.item)
        self._menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _fill_action(self, action: QAction, item: SwitchItem) -> None:
        if item.sign:
            action.setIcon(sign_icon(item.sign, item.tone, look_of()))
        action.triggered.connect(lambda: self._asked(item.ident))


def _menu_text(item: SwitchItem) -> str:
    return (item.label or item.tip).replace("&", "&&")


def raised(look: Look) -> QColor:
    """What lies on a track: lighter than it in both schemes."""
    return look.palette.pressed if look.palette.dark else look.palette.surface
