"""Every standard and criterion with its ratings, reasons, notes, exhibits and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from qsin_desktop.domain.evidence import ExhibitLink, Note
from qsin_desktop.domain.rating import Opinion, RatingCell
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Criterion, Standard, Tone
from qsin_desktop.domain.templates import Section
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.report.composing import NOTE, NOTE_BOLD, SMALL, SMALL_BOLD, Composer
from qsin_desktop.report.grid import GridRow, add_grid
from qsin_desktop.report.heat_map import place_names
from qsin_desktop.report.palette import ACCENT, SOFT, TINTS
from qsin_desktop.report.sections import heading_of
from qsin_desktop.report.signs import chip, grade_mark, mark_of, mark_of_cell, sign
from qsin_desktop.report.table import CELL, CELL_SOFT, Column, Table
from qsin_desktop.report.trend_part import past_runs
from qsin_desktop.report.typeset import Run, Style
from qsin_desktop.report.wording import code_of, counted, is_ended, moment, place, stage_words

_CELL_SIGN = Style("semibold", 8.5, 12.0, ACCENT)
_NOTE_LINK = Style("medium", 8.75, 13.0, ACCENT)
_RATINGS = Style("regular", 8.0, 15.0, SOFT)


def add_standards_part(report: Composer, visit: VisitSnapshot, step: Callable[[], None]) -> None:
    """`step` is called after each standard."""
    report.heading(1, heading_of(visit, Section.STANDARDS), "standards")
    grid = "For each standard a grid shows the ratings on documents and on site. " if visit.sites else ""
    report.para(
        f"{grid}Each criterion has the network’s rating, the reasons given, the notes chosen for this "
        "report, the exhibits and the findings."
    )
    for standard in visit.pack.standards:
        with report.under("Sect"):
            _add_standard(report, visit, standard)
        step()


def _add_standard(report: Composer, visit: VisitSnapshot, standard: Standard) -> None:
    title = f"{standard.code}\u00a0 {standard.title}"
    report.heading(2, title, f"standard-{standard.code}", tail=_caveats(standard))
    report.para(standard.summary, glued=True)
    if visit.sites:  # without sites the ratings beside each criterion are all there are
        rows = [_grid_row(visit, c, stage) for c in standard.criteria for stage in Stage]
        add_grid(report, "Criterion", place_names(visit), rows, label_width=_label_width(report, rows))
    for criterion in standard.criteria:
        with report.under("Sect"):
            _add_criterion(report, visit, criterion)


def _caveats(standard: Standard) -> list[Run]:
    """That the words are an outline's, and the code inferred, beside the title."""
    words = [("outline", standard.outline), ("code unconfirmed", standard.unconfirmed)]
    tint = TINTS[Tone.NOT_APPLICABLE]
    style = Style("medium", 7.5, 11.0, tint.ink)
    told = [Run(text, style, chip=tint) for text, true in words if true]
    return [run for chip_run in told for run in (Run(" \u00a0", style), chip_run)]


def _grid_row(visit: VisitSnapshot, criterion: Criterion, stage: Stage) -> GridRow:
    rules = visit.rules
    marks = [mark_of_cell(visit.network_rating(criterion.code, stage), rules)]
    marks += [mark_of_cell(visit.rating(criterion.code, stage, site.id), rules) for site in visit.sites]
    label = criterion.letter or criterion.standard
    return GridRow(label, marks, more=stage_words(stage).lower())


def _label_width(report: Composer, rows: list[GridRow]) -> float:
    widest = max(report.setter.width(f"{row.label} {row.more}", SMALL_BOLD) for row in rows)
    return min(widest + 9, 130.0)


# ---- a criterion -------------------------------------------------------------------------------------


def _add_criterion(report: Composer, visit: VisitSnapshot, criterion: Criterion) -> None:
    report.heading(
        3,
        f"{code_of(visit, criterion.code)}\u00a0 {criterion.title}",
        f"criterion-{criterion.code}",
        listed=False,
    )
    _add_network_ratings(report, visit, criterion)
    _add_reasons(report, visit, criterion)
    for note in visit.notes_of(criterion.code):
        if note.shown:
            _add_note(report, visit, note)
    _add_references(report, visit, criterion)


def _add_network_ratings(report: Composer, visit: VisitSnapshot, criterion: Criterion) -> None:
    runs: list[Run] = []
    for stage in Stage:
        rating = visit.network_rating(criterion.code, stage)
        runs.append(Run(f"{stage_words(stage)}\u00a0", SMALL))
        runs.append(chip(mark_of_cell(rating, visit.rules), 7.5))
        if rating.disputed and not rating.stated:
            runs.append(Run("\u00a0about\u00a0a\u00a0site", SMALL))
        elif not rating.stated and rating.rating is not None:
            basis = f"\u00a0by the rule, from {counted(rating.sites_rated, 'site', 'sites')}"
            runs.append(Run(basis.replace(" ", "\u00a0"), SMALL))
        elif rating.stated and rating.rolled_up not in (None, rating.rating):
            rolled = mark_of(rating.rolled_up, visit.rules).words.lower()
            runs.append(Run(f"\u00a0set for the network; its sites would give “{rolled}”", SMALL))
        runs.append(Run("\u00a0\u00a0\u00a0 ", SMALL))
    if visit.trend is not None:
        runs += past_runs(visit.trend.of(criterion.code))
    report.para(runs, _RATINGS, after=5, glued=_has_more(visit, criterion))


def _has_more(visit: VisitSnapshot, criterion: Criterion) -> bool:
    return bool(visit.notes_of(criterion.code) or visit.findings_of(criterion.code)) or any(
        True for _ in _reasons(visit, criterion)
    )


class _Reason(NamedTuple):
    site: str
    stage: Stage
    opinion: Opinion


def _reasons(visit: VisitSnapshot, criterion: Criterion) -> Iterator[_Reason]:
    """Opinions that say why, and every side of a disagreement, in the order of the places."""
    for site in (NETWORK, *(s.id for s in visit.sites)):
        for stage in Stage:
            cell: RatingCell = visit.rating(criterion.code, stage, site)
            for opinion in cell.opinions:
                if cell.disputed or opinion.reason.strip() or opinion.why.strip():
                    yield _Reason(site, stage, opinion)


def _add_reasons(report: Composer, visit: VisitSnapshot, criterion: Criterion) -> None:
    reasons = list(_reasons(visit, criterion))
    if not reasons:
        return
    columns = (Column("Place and stage", _place_width(report, visit)), Column("Rating", 84), Column("Reason"))
    table = Table(report, columns)
    for site, stage, opinion in reasons:
        mark = mark_of(opinion.rating, visit.rules)
        where = [Run(place(visit, site), CELL), Run(f", {stage_words(stage).lower()}", CELL_SOFT)]
        rating = [sign(mark, _CELL_SIGN), Run(f" {mark.words}", CELL)]
        table.row(where, rating, _reason_runs(visit, opinion))
    report.gap(7)


def _place_width(report: Composer, visit: VisitSnapshot) -> float:
    """Wide enough for most names with their stage on one line."""
    names = [place(visit, site) for site in (NETWORK, *(s.id for s in visit.sites))]
    longest = max(report.setter.width(f"{name}, on documents", CELL) for name in names)
    return min(longest + 14, 176.0)


def _reason_runs(visit: VisitSnapshot, opinion: Opinion) -> list[Run]:
    reason, why = opinion.reason.strip(), opinion.why.strip()
    told = [] if reason and reason == why else [reason or "No reason was written."]
    told += [f"Settled by the lead: {why}"] if why else []
    runs = [Run("\n".join(told), CELL)]
    name = visit.person_name(opinion.by).replace(" ", "\u00a0")
    runs.append(Run(f" ({name})", CELL_SOFT))
    return runs


def _add_note(report: Composer, visit: VisitSnapshot, note: Note) -> None:
    heard = ", ".join(part for part in (note.heard.strip(), note.role.strip()) if part)
    about = [
        place(visit, note.site),
        stage_words(note.stage).lower(),
        note.when.strip() or moment(visit, note.at),
        f"by {visit.person_name(note.by)}".replace(" ", "\u00a0"),
    ]
    head = [Run(f"{note.kind.label}", SMALL_BOLD)]
    if heard:
        head.append(Run(f" with {heard}" if note.kind.value == "interview" else f" from {heard}", SMALL_BOLD))
    head.append(Run(" · " + " · ".join(about), SMALL))
    report.para(head, SMALL, after=0, glued=True)
    report.para(note.text.strip() or "No words were written.", NOTE, after=6)


def _add_references(report: Composer, visit: VisitSnapshot, criterion: Criterion) -> None:
    links, findings = visit.links_of(criterion=criterion.code), visit.findings_of(criterion.code)
    if links:
        cited = [Run("Exhibits: ", NOTE_BOLD), *exhibit_runs(visit, links)]
        report.para(cited, NOTE, after=4, glued=bool(findings))  # their one line looks forgotten by itself
    if findings:
        runs = [Run("Findings: ", NOTE_BOLD)]
        for nth, finding in enumerate(findings):
            words = "withdrawn" if finding.withdrawn else grade_mark(finding.grade, visit.rules).words.lower()
            runs.append(Run(finding.number, _NOTE_LINK, link=f"finding-{finding.id}"))
            where = "" if finding.site == NETWORK else f" at {place(visit, finding.site)}"
            runs.append(Run(f" {words}{where}{'; ' if nth < len(findings) - 1 else '.'}", NOTE))
        report.para(runs, NOTE, after=4)


def exhibit_runs(visit: VisitSnapshot, links: tuple[ExhibitLink, ...]) -> list[Run]:
    """Each exhibit by number, title and the place in it that matters."""
    runs = []
    for nth, link in enumerate(links):
        exhibit = visit.exhibit(link.exhibit)
        extra = "".join(f", {part.strip()}" for part in (link.locator, link.caption) if part.strip())
        runs.append(Run(exhibit.number, _NOTE_LINK, link=f"exhibit-{exhibit.id}"))
        words = f" {exhibit.title}{extra}"
        between = "; " if nth < len(links) - 1 else "."
        runs.append(Run(f"{words}{between.lstrip(';.') if is_ended(words) else between}", NOTE))
    return runs
