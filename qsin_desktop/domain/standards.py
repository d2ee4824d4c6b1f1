"""What a visit is judged against: a pack of series, standards and criteria, and a set of rules.

A pack says *what* is judged; a rule set says *how*: the rating scale, the grades of findings and the
roll-up from sites to the network. Both are immutable and travel inside the visit.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from qsin_desktop.domain.errors import UnknownCriterion, UnknownGrade, UnknownRating, UnknownStandard
from qsin_desktop.domain.templates import ReportTemplate


class Tone(StrEnum):
    """Which colours and sign a rating or grade is shown with; the sign tells as much as the colour."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"
    ACCENT = "accent"


class Sign(StrEnum):
    """The shape drawn for a rating, so that colour is never the only sign."""

    TICK = "tick"
    HALF = "half"
    CROSS = "cross"
    DASH = "dash"
    STAR = "star"
    RING = "ring"  # not rated


class RollUp(StrEnum):
    """How the network's rating follows from its sites' ratings."""

    WORST = "worst"
    MAJORITY = "majority"
    NONE = "none"  # the network is always rated by itself


@dataclass(frozen=True)
class Criterion:
    """One thing to judge. `code` is unique in the pack (`IN-301.b`); `letter` its place in its standard."""

    code: str
    standard: str
    letter: str
    title: str
    prompts: tuple[str, ...] = ()
    expected_evidence: tuple[str, ...] = ()
    expected_notes: tuple[str, ...] = ()  # note kinds that should be there: document, interview, ...
    may_be_not_applicable: bool = True
    each_site: bool = False  # every site must have a rating of its own

    @property
    def shown_code(self) -> str:
        """The code as assessors say it: `IN-301 b`."""
        return f"{self.standard} {self.letter}" if self.letter else self.standard

    @cached_property
    def text_hash(self) -> str:
        """SHA-256 over the words that are judged, by which answers are carried to a new edition."""
        words = "\n".join((self.title, *self.prompts, *self.expected_evidence))
        return hashlib.sha256(words.encode()).hexdigest()


@dataclass(frozen=True)
class Standard:
    code: str
    title: str
    criteria: tuple[Criterion, ...]
    summary: str = ""
    outline: bool = False  # our own words, not the publisher's
    unconfirmed: bool = False  # the code itself is inferred


@dataclass(frozen=True)
class Series:
    code: str  # "300"
    title: str
    standards: tuple[Standard, ...]


@dataclass(frozen=True)
class Pack:
    """A standards pack. Criterion codes are unique; order is the order of the walk."""

    id: str
    title: str
    edition: str
    publisher: str
    licence: str
    series: tuple[Series, ...]
    outline: bool = False
    notice: str = ""  # shown wherever the pack is named, e.g. that it is an outline
    report_texts: tuple[tuple[str, str], ...] = ()  # (name, text) pairs for the report
    logo: str = ""  # data URI or empty
    rules: tuple[Rules, ...] = ()  # rule sets of its own; the shipped ones otherwise
    template: ReportTemplate | None = None  # of the body that publishes it, for reports without another one

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        return tuple(standard for series in self.series for standard in series.standards)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for standard in self.standards for criterion in standard.criteria)

    @cached_property
    def _by_name(self) -> dict[str, Criterion]:
        names: dict[str, Criterion] = {}
        for standard in self.standards:
            for criterion in standard.criteria:
                names[_folded(criterion.code)] = criterion
                names[_folded(criterion.shown_code)] = criterion
            if len(standard.criteria) == 1:
                names.setdefault(_folded(standard.code), standard.criteria[0])
        return names

    def criterion(self, name: str) -> Criterion:
        """Find by code in any usual spelling, `IN-301.b` or `in-301 b`; raises `UnknownCriterion`."""
        try:
            return self._by_name[_folded(name)]
        except KeyError:
            raise UnknownCriterion(name) from None

    @cached_property
    def _standards_by_code(self) -> dict[str, Standard]:
        return {standard.code: standard for standard in self.standards}

    def standard(self, code: str) -> Standard:
        return self._standards_by_code[code]

    def standard_named(self, name: str) -> Standard:
        """Find by code in any usual spelling, `in 301`; raises `UnknownStandard`."""
        for standard in self.standards:
            if _folded(standard.code) == _folded(name):
                return standard
        raise UnknownStandard(name)

    def series_of(self, standard_code: str) -> Series:
        return next(s for s in self.series if any(x.code == standard_code for x in s.standards))


def _folded(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())


@dataclass(frozen=True)
class ScalePoint:
    """One step of the rating scale. `rank`: 0 is best, larger is worse, None stands outside it."""

    id: str
    label: str
    key: str  # the number key that gives it
    tone: Tone
    sign: Sign
    rank: int | None
    needs_reason: bool = False

    @property
    def not_applicable(self) -> bool:
        return self.rank is None


@dataclass(frozen=True)
class Grade:
    """A grade of finding. `due_weeks` counts from the visit's last day; None means no date is set."""

    id: str
    label: str
    plural: str
    tone: Tone
    due_weeks: int | None = None
    blocks: bool = False  # an open finding of this grade stops a positive recommendation
    praise: bool = False  # good practice: no gap, no response asked for


@dataclass(frozen=True)
class Rules:
    """A rule set: scale, grades, roll-up, and the words for the recommendation."""

    id: str
    title: str
    scale: tuple[ScalePoint, ...]
    grades: tuple[Grade, ...]
    roll_up: RollUp = RollUp.WORST
    recommendations: tuple[tuple[str, str], ...] = field(default=())  # (id, label)

    @property
    def steps(self) -> list[int]:
        """Ranks of the scale, the best first."""
        return sorted({point.rank for point in self.scale if point.rank is not None})

    def point(self, name: str) -> ScalePoint:
        """By id, label or number key, any case; raises `UnknownRating`."""
        for point in self.scale:
            if _folded(name) in (_folded(point.id), _folded(point.label), point.key):
                return point
        raise UnknownRating(name, tuple(p.id for p in self.scale))

    def grade(self, name: str) -> Grade:
        """By id or label, any case; raises `UnknownGrade`."""
        for grade in self.grades:
            if _folded(name) in (_folded(grade.id), _folded(grade.label)):
                return grade
        raise UnknownGrade(name, tuple(g.id for g in self.grades))
