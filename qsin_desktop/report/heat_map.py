"""Standards by places: the lowest rating of each standard's criteria, for the network and at every site."""

from __future__ import annotations

from collections.abc import Iterable

from qsin_desktop.domain.heat import Heat, heat_of
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Standard
from qsin_desktop.domain.templates import Section
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.report.composing import SMALL, Composer
from qsin_desktop.report.grid import GridRow, add_grid, add_legend
from qsin_desktop.report.sections import number_of
from qsin_desktop.report.signs import DISAGREEMENT, NOT_RATED, Mark, mark_of
from qsin_desktop.report.wording import stage_words


def shown_stage(visit: VisitSnapshot) -> Stage:
    """On site, unless nothing has been judged there yet."""
    on_site = any(key.stage is Stage.SITE for key in visit.ratings)
    return Stage.SITE if on_site or not visit.ratings else Stage.DOCUMENTS


def place_names(visit: VisitSnapshot) -> list[str]:
    return ["Network", *(site.name for site in visit.sites)]


def standard_marks(visit: VisitSnapshot, standard: Standard, stage: Stage) -> list[Mark]:
    """For the network and each site in order."""
    places = (NETWORK, *(site.id for site in visit.sites))
    return [_mark(visit, heat_of(visit, standard, stage, place)) for place in places]


def _mark(visit: VisitSnapshot, heat: Heat) -> Mark:
    return DISAGREEMENT if heat.disputed else mark_of(heat.point.id if heat.point else None, visit.rules)


def add_heat_map(report: Composer, visit: VisitSnapshot) -> None:
    stage = shown_stage(visit)
    if visit.sites:
        names = place_names(visit)
        rows = [GridRow(s.code, standard_marks(visit, s, stage)) for s in visit.pack.standards]
        where = "on site" if stage is Stage.SITE else "on documents, as nothing has been judged on site yet"
    else:
        names = [stage_words(stage) for stage in Stage]
        rows = [GridRow(s.code, _both_stages(visit, s)) for s in visit.pack.standards]
        where = "for the network"
    add_grid(report, "Standard", names, rows, label_width=label_width(report, visit))
    add_legend(report, legend(visit, rows))
    each = "place" if visit.sites else "column"
    report.para(
        f"Each {each} shows the lowest rating given {where} among the criteria of the standard. "
        f"Section {number_of(visit, Section.STANDARDS)} has every rating.",
        SMALL,
    )


def _both_stages(visit: VisitSnapshot, standard: Standard) -> list[Mark]:
    return [mark for stage in Stage for mark in standard_marks(visit, standard, stage)]


def label_width(report: Composer, visit: VisitSnapshot) -> float:
    widest = max((report.setter.width(s.code, SMALL) for s in visit.pack.standards), default=30.0)
    return min(max(40.0, widest * 1.1 + 8), 110.0)


def legend(visit: VisitSnapshot, rows: Iterable[GridRow]) -> list[Mark]:
    """The whole scale, and what else the grid shows."""
    marks = [mark_of(point.id, visit.rules) for point in visit.rules.scale]
    shown = {mark for row in rows for mark in row.marks}
    return marks + [extra for extra in (NOT_RATED, DISAGREEMENT) if extra in shown]
