"""What a report says, as plain headings, paragraphs, tables and pictures, for other programs to draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.domain.evidence import Note
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.rating import RatingCell
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Criterion, Standard
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.report.exhibits_part import _citations
from qsin_desktop.report.signs import mark_of, mark_of_cell
from qsin_desktop.report.standards_part import _reasons, exhibit_runs
from qsin_desktop.report.wording import code_of, counted, moment, place, size_words, stage_words


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Rows:
    """The first row is the head; `widths` are parts of the page's width."""

    rows: list[list[str]]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Picture:
    path: Path
    words: str


Block = Heading | Words | Rows | Picture


def content_of(visit: VisitSnapshot, photos: dict[str, Path]) -> Iterator[Block]:
    """In the order of our report; `photos` are files by exhibit."""
    yield Heading(1, "Standards and criteria")
    for standard in visit.pack.standards:
        yield Heading(2, f"{standard.code} {standard.title}")
        yield Words(standard.summary)
        yield _grid(visit, standard)
        for criterion in standard.criteria:
            yield from _criterion(visit, criterion)
    yield Heading(1, "Findings")
    for finding in visit.findings:
        yield from _finding(visit, finding)
    yield Heading(1, "Exhibits")
    yield _exhibits(visit)
    yield Heading(2, "Photos")
    captions = {link.exhibit: link.caption for link in visit.links}
    for exhibit in visit.exhibits:
        if exhibit.id in photos:
            words = f"{exhibit.number} {exhibit.title}. {captions.get(exhibit.id, '')}"
            yield Picture(photos[exhibit.id], words)


def _grid(visit: VisitSnapshot, standard: Standard) -> Rows:
    head = ["Criterion", "Network", *(site.name for site in visit.sites)]
    rows = [head]
    for criterion in standard.criteria:
        for stage in Stage:
            marks = [mark_of_cell(visit.network_rating(criterion.code, stage), visit.rules)]
            marks += [mark_of_cell(cell, visit.rules) for cell in _cells(visit, criterion, stage)]
            label = f"{criterion.letter} {stage_words(stage).lower()}"
            rows.append([label, *(mark.words[:3] for mark in marks)])
    share = 0.9 / (len(head) - 1)
    return Rows(rows, (0.1, *[share] * (len(head) - 1)))


def _cells(visit: VisitSnapshot, criterion: Criterion, stage: Stage) -> list[RatingCell]:
    return [visit.rating(criterion.code, stage, site.id) for site in visit.sites]


def _criterion(visit: VisitSnapshot, criterion: Criterion) -> Iterator[Block]:
    yield Heading(3, f"{code_of(visit, criterion.code)} {criterion.title}")
    yield Words("   ".join(_network(visit, criterion, stage) for stage in Stage))
    reasons = [
        [
            f"{place(visit, site)}, {stage_words(stage).lower()}",
            mark_of(opinion.rating, visit.rules).words,
            f"{opinion.reason or 'No reason was written.'} ({visit.person_name(opinion.by)})",
        ]
        for site, stage, opinion in _reasons(visit, criterion)
    ]
    if reasons:
        yield Rows([["Place and stage", "Rating", "Reason"], *reasons], (0.34, 0.17, 0.49))
    for note in visit.notes_of(criterion.code):
        if note.shown:
            yield from _note(visit, note)
    links = visit.links_of(criterion=criterion.code)
    if links:
        yield Words("Exhibits: " + "".join(run.text for run in exhibit_runs(visit, links)))
    findings = visit.findings_of(criterion.code)
    if findings:
        told = [f"{f.number} {f.grade} at {place(visit, f.site)}" for f in findings]
        yield Words(f"Findings: {'; '.join(told)}.")


def _network(visit: VisitSnapshot, criterion: Criterion, stage: Stage) -> str:
    rating = visit.network_rating(criterion.code, stage)
    words = mark_of_cell(rating, visit.rules).words
    return f"{stage_words(stage)} {words} by the rule, from {counted(rating.sites_rated, 'site', 'sites')}"


def _note(visit: VisitSnapshot, note: Note) -> Iterator[Block]:
    heard = f" from {note.heard}, {note.role}" if note.heard else ""
    about = (place(visit, note.site), stage_words(note.stage).lower(), note.when or moment(visit, note.at))
    yield Words(f"{note.kind.label}{heard} · {' · '.join(about)} · by {visit.person_name(note.by)}")
    yield Words(note.text)


def _finding(visit: VisitSnapshot, finding: Finding) -> Iterator[Block]:
    codes = ", ".join(code_of(visit, code) for code in finding.criteria)
    where = "network" if finding.site == NETWORK else place(visit, finding.site)
    yield Heading(2, f"{finding.number} {finding.grade} {codes} · {where}")
    for name in ("requirement", "evidence", "gap"):
        yield Words(f"{name.capitalize()}. {getattr(finding, name)}")
    links = visit.links_of(finding=finding.id)
    yield Words("Exhibits: " + "".join(run.text for run in exhibit_runs(visit, links)))


def _exhibits(visit: VisitSnapshot) -> Rows:
    cited = _citations(visit)
    rows = [["No.", "What", "Kind", "Cited in", "SHA-256"]]
    for exhibit in visit.exhibits:
        what = f"{exhibit.title} {exhibit.name} {size_words(exhibit.size)}"
        hashed = " ".join(exhibit.sha256[n : n + 22] for n in range(0, len(exhibit.sha256), 22))
        rows.append([exhibit.number, what, exhibit.kind, "; ".join(cited.get(exhibit.id, [])), hashed])
    return Rows(rows, (0.1, 0.27, 0.15, 0.27, 0.21))
