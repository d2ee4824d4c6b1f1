"""Findings as rows of a table: what stands in each column, and which rows a filter lets through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.progress import Gap, missing_in_findings
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.responses import FindingStatus
from qsin_desktop.domain.standards import Grade, Tone
from qsin_desktop.ui.screens.finding_face import STATUS_ORDER


@dataclass(frozen=True)
class FindingRow:
    """`missing` in words, empty when nothing is; `grade` is None while assessors disagree about it.

    `disputed`: two texts or grades stand for it; that is told by a sign of its own and is nothing missing.
    """

    id: str
    number: str
    grade: Grade | None
    criterion: str
    series: frozenset[str]
    place: str
    due: date | None
    missing: str
    status: FindingStatus
    comment: bool  # the network's comment on accuracy awaits the assessors' word
    disputed: bool
    order: int
    words: str  # all that the text filter looks at, folded

    @property
    def grade_words(self) -> str:
        return self.grade.label if self.grade else "Disagreement"

    @property
    def tone(self) -> Tone:
        if self.withdrawn:
            return Tone.NOT_APPLICABLE
        return self.grade.tone if self.grade else Tone.NOT_MET

    @property
    def withdrawn(self) -> bool:
        return self.status is FindingStatus.WITHDRAWN


@dataclass(frozen=True)
class Filter:
    """No grade chosen lets all through, and so does no status."""

    grades: frozenset[str] = frozenset()
    statuses: frozenset[FindingStatus] = frozenset()
    comment: bool = False
    series: str = ""
    missing: bool = False
    disputed: bool = False
    words: str = ""

    def lets(self, row: FindingRow) -> bool:
        if self.comment and not row.comment:
            return False
        if self.statuses and row.status not in self.statuses:
            return False
        if self.missing and (row.withdrawn or not row.missing):
            return False
        if self.disputed and (row.withdrawn or not row.disputed):
            return False
        if self.grades and (row.grade is None or row.grade.id not in self.grades):
            return False
        if self.series and self.series not in row.series:
            return False
        return all(word in row.words for word in self.words.casefold().split())


COLUMNS = ("Number", "Grade", "Criterion", "Place", "Due", "Status")
_FAR = date.max


def sort_key(column: int, rules_order: Sequence[str]) -> Callable[[FindingRow], Any]:
    """What a column is sorted by; ties keep the order of the numbers."""

    def grade(row: FindingRow) -> int:
        return rules_order.index(row.grade.id) if row.grade else -1

    return (
        lambda row: row.order,
        grade,
        lambda row: row.criterion,
        lambda row: row.place.casefold(),
        lambda row: row.due or _FAR,
        lambda row: (STATUS_ORDER.index(row.status), row.due or _FAR),
    )[column]


Known = dict[str, tuple[tuple[object, ...], FindingRow]]
"""Rows made before by finding, with all that they were made of."""


def rows_of(
    record: VisitRecord, statuses: Mapping[str, FindingStatus], known: Known | None = None
) -> list[FindingRow]:
    """Every finding, by number. `statuses` are those of today, by finding. `known` is kept up to date."""
    missing: dict[str, list[str]] = {}
    for part in missing_in_findings(record):
        if part.gap is Gap.DISAGREEMENT:
            continue
        words = part.words.partition(": ")[2] or part.words
        missing.setdefault(part.finding, []).append(words[:1].upper() + words[1:])
    grades = {grade.id: grade for grade in record.rules.grades}
    waiting = {ident for ident, response in record.responses().items() if response.accuracy_waits}
    known = {} if known is None else known
    rows = []
    for order, finding in enumerate(record.findings()):
        made_of = (
            finding,
            record.site_name(finding.site),
            grades.get(finding.grade or ""),
            order,
            statuses[finding.id],
            ", ".join(missing.get(finding.id, [])),
            finding.id in waiting,
        )
        before = known.get(finding.id)
        if before is None or before[0] != made_of:
            before = known[finding.id] = made_of, _row(record, *made_of)
        rows.append(before[1])
    return rows


def _row(
    record: VisitRecord,
    finding: Finding,
    place: str,
    grade: Grade | None,
    order: int,
    status: FindingStatus,
    missing: str,
    comment: bool,
) -> FindingRow:
    judged = [record.pack.criterion(code) for code in finding.criteria]
    more = f" +{len(judged) - 1}" if len(judged) > 1 else ""
    words = (
        finding.number,
        place,
        grade.label if grade else "",
        finding.requirement,
        finding.evidence,
        finding.gap,
        *(f"{c.shown_code} {c.title}" for c in judged),
    )
    return FindingRow(
        id=finding.id,
        number=finding.number,
        grade=grade,
        criterion=(judged[0].shown_code if judged else "") + more,
        series=frozenset(record.pack.series_of(c.standard).code for c in judged),
        place=place,
        due=finding.due,
        missing=missing,
        status=status,
        comment=comment,
        disputed=finding.disputed,
        order=order,
        words=" ".join(words).casefold(),
    )
