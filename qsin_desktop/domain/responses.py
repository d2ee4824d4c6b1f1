"""What the network answers to a finding, what the assessors say to that, and how the finding stands."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from string import ascii_lowercase
from typing import Any

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.standards import Grade
from qsin_desktop.domain.standing import Standing, agreed, newest

SOON = timedelta(days=28)  # a due date this near is called due

Fields = Mapping[str, tuple[Standing, ...]]


class Response(StrEnum):
    """The columns that the assessed network fills in; only these are ever read back."""

    ROOT_CAUSE = "root_cause"
    EXTENT = "extent"
    CORRECTION = "correction"
    CORRECTIVE_ACTION = "corrective_action"
    OWNER = "owner"
    PLANNED = "planned_date"
    DONE = "done_date"
    EVIDENCE = "evidence_reference"
    ACCURACY = "factual_accuracy"

    @property
    def heading(self) -> str:
        return {
            Response.PLANNED: "Planned date",
            Response.DONE: "Done date",
            Response.ACCURACY: "Comment on factual accuracy",
        }.get(self, self.value.replace("_", " ").capitalize())

    @property
    def is_date(self) -> bool:
        return self in (Response.PLANNED, Response.DONE)


class Verdict(StrEnum):
    """What the assessors say to an answer."""

    ACCEPT = "accept"
    MORE = "more"
    CLOSE = "close"

    @property
    def label(self) -> str:
        return {Verdict.ACCEPT: "Accepted", Verdict.MORE: "More asked for", Verdict.CLOSE: "Closed"}[self]


class AccuracyVerdict(StrEnum):
    """What the assessors say to a comment on factual accuracy."""

    ACCEPT = "accept"
    REFUSE = "refuse"

    @property
    def label(self) -> str:
        return {AccuracyVerdict.ACCEPT: "Accepted", AccuracyVerdict.REFUSE: "Refused"}[self]


@dataclass(frozen=True)
class Decision:
    """An assessor's word with its reason. `current`: nothing was answered anew since it was given."""

    verdict: str
    label: str
    words: str
    by: str
    at: str
    current: bool


@dataclass(frozen=True)
class Round:
    """A workbook that was sent, or one that came back. Sendings and returns are numbered apart.

    `answers` is the number of the sending that a return answers, 0 where the file did not say.
    """

    number: int
    returned: bool
    file: str
    sha256: str
    by: str
    at: str
    answers: int = 0
    letter: str = ""  # tells apart two that laptops numbered alike before they met
    n: int = 0

    @property
    def label(self) -> str:
        return f"{'Return' if self.returned else 'Round'} {self.number}{self.letter}"


@dataclass(frozen=True)
class FindingResponse:
    """What stands of the network's answer to one finding; days are ISO days, or words where none was given.

    `came` says in which return each text came, as “Return 2”, or nothing where that is not known.
    """

    texts: Mapping[Response, str] = field(default_factory=dict)
    came: Mapping[Response, str] = field(default_factory=dict)
    decision: Decision | None = None
    accuracy: Decision | None = None
    disputed: bool = False  # two assessors read or decided differently without seeing each other

    @property
    def answered(self) -> bool:
        """Whether anything but a comment on accuracy was answered."""
        return any(column is not Response.ACCURACY for column in self.texts)

    @property
    def closed(self) -> bool:
        """An assessor's last word is that nothing more is asked for."""
        return self.decision is not None and self.decision.verdict == Verdict.CLOSE

    @property
    def waits(self) -> bool:
        """An answer that no assessor has spoken to yet."""
        return self.answered and (self.decision is None or not self.decision.current)

    @property
    def accuracy_waits(self) -> bool:
        return Response.ACCURACY in self.texts and (self.accuracy is None or not self.accuracy.current)

    @property
    def waits_anyhow(self) -> bool:
        """An answer or a comment on accuracy that no assessor has spoken to yet."""
        return self.waits or self.accuracy_waits

    def new_in(self, label: str) -> tuple[Response, ...]:
        """What came in this return."""
        return tuple(column for column in Response if label and self.came.get(column) == label)


NO_RESPONSE = FindingResponse()


class FindingStatus(StrEnum):
    WITHDRAWN = "withdrawn"
    NOTHING_ASKED = "nothing-asked"  # praise
    OPEN = "open"
    ANSWERED = "answered"  # the next word is the assessors'
    DUE = "due"
    OVERDUE = "overdue"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {FindingStatus.NOTHING_ASKED: "No response needed"}.get(self, self.value.capitalize())


def status_of(finding: Finding, grade: Grade | None, response: FindingResponse, today: date) -> FindingStatus:
    """How a finding stands on a day. Closed stays closed; an answer waits for the assessors' word."""
    if finding.withdrawn:
        return FindingStatus.WITHDRAWN
    if grade is not None and grade.praise:
        return FindingStatus.NOTHING_ASKED
    if response.closed:
        return FindingStatus.CLOSED
    if response.waits:
        return FindingStatus.ANSWERED
    if finding.due is None or finding.due - today > SOON:
        return FindingStatus.OPEN
    return FindingStatus.OVERDUE if finding.due < today else FindingStatus.DUE


# ---- what stands in the journal ---------------------------------------------------------------------

_SOURCE = re.compile(r"SHA-256 ([0-9a-f]{64})$")


def source_words(label: str, file: str, sha256: str) -> str:
    """Where an answer was read from, as its entry keeps it; `source_hash` reads it back."""
    return f"{label}: {file}, SHA-256 {sha256}"


def source_hash(words: str) -> str:
    found = _SOURCE.search(words)
    return found[1] if found else ""


def answer_digest(texts: Mapping[Response, str], *, accuracy: bool) -> str:
    """What a decision was given on: SHA-256, hex, over the answer, or over the comment on accuracy."""
    said = [[c.value, texts[c]] for c in Response if c in texts and (c is Response.ACCURACY) is accuracy]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def response_of(fields: Fields, returns: Mapping[str, str]) -> FindingResponse:
    """Of the standing fields of one finding's answer. `returns`: SHA-256 of a returned file → its label."""
    texts: dict[Response, str] = {}
    came: dict[Response, str] = {}
    for column in Response:
        shown = newest(fields.get(column.value, ()))
        if shown is not None and shown.value:
            texts[column] = str(shown.value)
            came[column] = returns.get(source_hash(shown.why), "")
    return FindingResponse(
        texts=texts,
        came=came,
        decision=_decision(fields.get("verdict", ()), Verdict, texts, accuracy=False),
        accuracy=_decision(fields.get("accuracy_verdict", ()), AccuracyVerdict, texts, accuracy=True),
        disputed=any(not agreed(standing) for standing in fields.values() if standing),
    )


def _decision(
    standing: tuple[Standing, ...],
    kind: type[Verdict | AccuracyVerdict],
    texts: Mapping[Response, str],
    *,
    accuracy: bool,
) -> Decision | None:
    shown = newest(standing)
    if shown is None or not isinstance(shown.value, dict):
        return None
    given = kind(shown.value["verdict"])
    return Decision(
        verdict=given.value,
        label=given.label,
        words=str(shown.value.get("words", "")),
        by=shown.by,
        at=shown.at,
        current=shown.value.get("on") == answer_digest(texts, accuracy=accuracy),
    )


def rounds_of(entities: Mapping[str, Fields]) -> tuple[Round, ...]:
    """Sendings and returns in the order they were recorded; the same file read twice is one return."""
    made: dict[str, Round] = {}
    records = [
        (s.n, s.entry, name == "returned", s)
        for fields in entities.values()
        for name, standing in fields.items()
        for s in standing
        if isinstance(s.value, dict)
    ]
    for _, entry, returned, one in sorted(records, key=lambda record: record[:2]):
        value: dict[str, Any] = one.value
        key = f"returned {value['sha256']}" if returned else entry
        if key in made:
            continue
        number = int(value["number"])
        alike = sum(r.returned == returned and r.number == number for r in made.values())
        made[key] = Round(
            number=number,
            returned=returned,
            file=str(value["file"]),
            sha256=str(value["sha256"]),
            by=one.by,
            at=one.at,
            answers=int(value.get("answers", 0)),
            letter=ascii_lowercase[min(alike, 25)] if alike else "",
            n=one.n,
        )
    return tuple(made.values())
