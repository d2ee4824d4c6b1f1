"""The summary: the whole visit on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.responses import FindingStatus
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Tone
from qsin_desktop.domain.templates import Section
from qsin_desktop.report.composing import BODY, BOLD, SMALL, Composer, Frame
from qsin_desktop.report.flow import ROOM, Strip
from qsin_desktop.report.heat_map import add_heat_map
from qsin_desktop.report.listing import may_be_parted
from qsin_desktop.report.palette import INK, LINE, TINTS
from qsin_desktop.report.responses_part import status_on_the_day
from qsin_desktop.report.sections import heading_of
from qsin_desktop.report.series_bars import add_series_bars
from qsin_desktop.report.sheet import Sheet
from qsin_desktop.report.signs import grade_of
from qsin_desktop.report.standing_texts import language_of, standing_text
from qsin_desktop.report.tagging import Tag
from qsin_desktop.report.trend_part import add_trend_bar
from qsin_desktop.report.typeset import Run, Style
from qsin_desktop.report.wording import counted, day, sentence

_FIGURE = Style("bold", 15.0, 20.0, INK)
_TILE_GAP, _TILE_HEIGHT = 6.5, 43.0
_TILES_A_ROW = 4


def add_summary(report: Composer, visit: VisitSnapshot) -> None:
    """What does not fit on its page stands elsewhere: the trend with its tables, the heat map on the next."""
    report.new_page()
    wanted = _Pictures(visit.template.heat_map, visit.trend is not None)
    chosen = next((p for p in (wanted, wanted._replace(trend=False)) if _one_page(report, visit, p)), None)
    _add_page(report, visit, chosen or wanted._replace(heat_map=False))
    if chosen is None and wanted.heat_map:
        report.new_page()
        _add_heat_map(report, visit)


class _Pictures(NamedTuple):
    """Which of them stand on the summary's own page, besides the bars by series."""

    heat_map: bool
    trend: bool


def _add_page(report: Composer, visit: VisitSnapshot, pictures: _Pictures) -> None:
    report.heading(1, heading_of(visit, Section.SUMMARY), "summary")
    _add_words(report, visit)
    add_recommendation_box(report, visit)
    _add_tiles(report, visit)
    if pictures.heat_map:
        _add_heat_map(report, visit)
    if visit.template.series_bars:
        report.heading(2, "Ratings by series", "series", listed=False)
        add_series_bars(report, visit)
    if pictures.trend and visit.trend is not None:
        add_trend_bar(report, visit.trend)
    if visit.facts.summary.strip():
        report.heading(2, "What stood out", "stood-out", listed=False)
        words = visit.facts.summary
        for text in [words] if may_be_parted(words) else words.split("\n"):
            report.para(text, after=4.0)


def _one_page(report: Composer, visit: VisitSnapshot, pictures: _Pictures) -> bool:
    trial = report.aside()
    _add_page(trial, visit, pictures)
    return trial.height <= ROOM


def _add_words(report: Composer, visit: VisitSnapshot) -> None:
    words = standing_text(visit, "before_summary")
    report.para(words, after=10.0, language=language_of(visit, "before_summary"))


def _add_heat_map(report: Composer, visit: VisitSnapshot) -> None:
    report.heading(2, "Standards by place", "heat-map", listed=False)
    add_heat_map(report, visit)


# ---- recommendation ----------------------------------------------------------------------------------


def recommendation(visit: VisitSnapshot) -> str:
    """The label of the recommendation made, or that none is."""
    labels = dict(visit.rules.recommendations)
    return labels.get(visit.facts.recommendation, visit.facts.recommendation) or "not made yet"


def blocking(visit: VisitSnapshot) -> list[Finding]:
    """Open findings that stand in the way of a positive recommendation."""
    grades = {g.id for g in visit.rules.grades if g.blocks}
    found = [f for f in visit.findings if f.grade in grades and not f.withdrawn]
    return [f for f in found if status_on_the_day(visit, f) is not FindingStatus.CLOSED]


def blocking_words(visit: VisitSnapshot) -> str:
    found = blocking(visit)
    if not found and not visit.facts.recommendation and not visit.progress.rated:
        return "Nothing is judged yet."
    if not found:
        return "No open finding stands in the way of a positive recommendation."
    grade = grade_of(found[0].grade, visit.rules)
    one, many = (grade.label.lower(), grade.plural.lower()) if grade else ("finding", "findings")
    last = max((f.due for f in found if f.due), default=None)
    due = f" and due by {day(last)}" if last else ""
    return sentence(f"{counted(len(found), one, many)} {'is' if len(found) == 1 else 'are'} open{due}")


def add_recommendation_box(report: Composer, visit: VisitSnapshot) -> None:
    tint = TINTS[Tone.PARTLY if blocking(visit) else Tone.ACCENT]
    with report.framed(Frame(fill=tint.ground, bar=tint.ink, inset=14.0, pad=8.0)):
        label = recommendation(visit)
        report.para(
            [
                Run(f"Recommendation: {label[:1].lower()}{label[1:]}. ", BOLD),
                Run(visit.facts.recommendation_words.strip() or blocking_words(visit), BODY),
            ]
        )
    report.gap(11.0)


# ---- counts -----------------------------------------------------------------------------------------


def _add_tiles(report: Composer, visit: VisitSnapshot) -> None:
    tiles = [(f"{visit.progress.rated} of {visit.progress.criteria}", "criteria rated")]
    open_ones = [f for f in visit.findings if not f.withdrawn]
    for grade in visit.rules.grades:
        count = sum(f.grade == grade.id for f in open_ones)
        tiles.append((str(count), (grade.label if count == 1 else grade.plural).lower()))
    undecided = sum(grade_of(f.grade, visit.rules) is None for f in open_ones)
    if undecided:
        tiles.append((str(undecided), "findings without an agreed grade"))
    listing = report.tag.add("L")
    for start in range(0, len(tiles), _TILES_A_ROW):
        report.add([_tile_row(report, tiles[start : start + _TILES_A_ROW], listing)])
        report.gap(_TILE_GAP)


def _tile_row(report: Composer, tiles: Sequence[tuple[str, str]], listing: Tag) -> Strip:
    width = (report.width - (_TILES_A_ROW - 1) * _TILE_GAP) / _TILES_A_ROW
    bodies = [listing.add("LI").add("LBody") for _ in tiles]
    figures = [report.setter.lines([Run(figure, _FIGURE)], width - 16) for figure, _ in tiles]
    names = [report.setter.lines([Run(name, SMALL)], width - 16) for _, name in tiles]
    height = _TILE_HEIGHT + (max(map(len, names)) - 1) * SMALL.leading
    left = report.x

    def paint(sheet: Sheet, top: float) -> None:
        sheet.decorate()
        for nth in range(len(tiles)):
            sheet.box(left + nth * (width + _TILE_GAP), top, width, height, stroke=LINE, radius=6)
        for nth, body in enumerate(bodies):
            x = left + nth * (width + _TILE_GAP) + 8
            sheet.line(figures[nth][0], x, top + 16, body)
            for down, line in enumerate(names[nth]):
                sheet.line(line, x, top + 31.5 + down * SMALL.leading, body)

    return Strip(height, paint)
