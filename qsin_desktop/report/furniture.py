"""What stands on every page besides its content: running head, foot, DRAFT; on the cover its bar."""

from __future__ import annotations

from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.composing import LEFT, TEXT_WIDTH
from qsin_desktop.report.palette import ACCENT, LINE, SOFT, WATERMARK
from qsin_desktop.report.sheet import HEIGHT, WIDTH, Sheet
from qsin_desktop.report.typeset import Style, Typesetter
from qsin_desktop.report.wording import day, report_number

_RUNNING = Style("regular", 7.75, 11.0, SOFT)
_STATE = Style("semibold", 7.75, 11.0, SOFT)
_DRAFT = Style("bold", 150.0, 150.0, WATERMARK)
_HEAD_LINE, _FOOT_LINE = 41.0, 802.0
_BAR = 9.0


class Furniture:
    """Drawn before the content, as decoration: everything in it is said on the cover as well."""

    def __init__(self, visit: VisitSnapshot, setter: Typesetter) -> None:
        self._setter = setter
        self._draft = not visit.final
        self._state = (
            f"DRAFT {visit.version} · not signed" if self._draft else f"Version {visit.version} · final"
        )
        room = TEXT_WIDTH - setter.width(self._state, _STATE) - 20
        network = visit.facts.network or "Network not named"
        words = f"{network} · assessment against {visit.pack.title}"
        self._head = setter.cut(words, _RUNNING, room)
        words = f"Report {report_number(visit)} · version {visit.version} · {day(visit.made_at.date())}"
        self._foot = setter.cut(words, _RUNNING, TEXT_WIDTH - 80)

    def draw(self, sheet: Sheet, page: int, pages: int) -> None:
        if self._draft:
            self._draw_draft(sheet)
        right = LEFT + TEXT_WIDTH
        sheet.decorate("/Type/Pagination/Subtype/Header")
        sheet.rule(LEFT, _HEAD_LINE, right, _HEAD_LINE, LINE)
        sheet.text(self._head, _RUNNING, LEFT, _HEAD_LINE - 9)
        sheet.text(self._state, _STATE, right - self._setter.width(self._state, _STATE), _HEAD_LINE - 9)
        sheet.decorate("/Type/Pagination/Subtype/Footer")
        sheet.rule(LEFT, _FOOT_LINE, right, _FOOT_LINE, LINE)
        sheet.text(self._foot, _RUNNING, LEFT, _FOOT_LINE + 15)
        number = f"Page {page} of {pages}"
        sheet.text(number, _RUNNING, right - self._setter.width(number, _RUNNING), _FOOT_LINE + 15)

    def draw_cover(self, sheet: Sheet) -> None:
        if self._draft:
            self._draw_draft(sheet)
        sheet.decorate()
        sheet.box(0, 0, _BAR, HEIGHT, fill=ACCENT)

    def _draw_draft(self, sheet: Sheet) -> None:
        sheet.decorate("/Type/Pagination/Subtype/Watermark")
        width = self._setter.width("DRAFT", _DRAFT) * 0.7071
        sheet.turned_text("DRAFT", _DRAFT, (WIDTH - width) / 2 + 36, (HEIGHT + width) / 2 + 36)
