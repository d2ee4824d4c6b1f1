"""What came of an exchange, person by person, as it is told on the Team screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from qsin_desktop.actions.arrivals import PlaceGone
from qsin_desktop.actions.exchanging import GIVING, TAKING, Summary, purge_words
from qsin_desktop.actions.laptops import laptops
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.words import count, joined, size_in_words


class How(Enum):
    HANDED_OVER = "Handed over"
    RECEIVED = "Received"
    MET = "Exchanged"


@dataclass(frozen=True)
class Took:
    """What a job brought home. `refused` are sentences about single files, `cut` is what ended it early."""

    summaries: Sequence[Summary] = ()
    refused: Sequence[str] = ()
    exhibits_came: int = 0
    exhibits_wanted: int = 0
    cut: Refusal | None = None


@dataclass(frozen=True)
class PersonLine:
    """Of one person's entries: new here, known here before, given on; and why some were refused."""

    name: str
    came: int = 0
    known: int = 0
    went: int = 0
    faults: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        parts = joined(
            count(self.came, "new entry", "new entries") if self.came else "",
            f"{self.went:,} handed over" if self.went else "",
            f"{self.known:,} already known" if self.known else "",
        )
        return parts or "nothing new"


@dataclass(frozen=True)
class Outcome:
    """`where` is what a person calls the stick, the share or the file.

    `ended` tells why it was cut short, `gone` that the place was not there. `moved`: 0 when nothing was new.
    """

    how: How
    where: str
    path: Path
    at: datetime
    people: tuple[PersonLine, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    evidence: str = ""
    came: int = 0
    went: int = 0
    moved: int = 0
    ended: str = ""
    gone: bool = False

    @property
    def title(self) -> str:
        word = {How.HANDED_OVER: "to", How.RECEIVED: "from", How.MET: "with"}[self.how]
        return f"{self.how.value} {word} “{self.where}”, {self.at.day} {self.at:%b %H:%M}"

    @property
    def sentence(self) -> str:
        """One line for the notice at the foot of the window."""
        if self.ended:
            return self.ended
        if self.how is How.HANDED_OVER:
            return f"Handed over in “{self.where}”: {count(self.went, 'entry', 'entries')}."
        if not self.came and not self.went and not self.evidence:
            return f"{self.how.value}: nothing new; everything was known already."
        parts = joined(
            count(self.came, "new entry", "new entries") if self.came else "no new entries",
            f"{self.went:,} handed over" if self.went else "",
            self.evidence,
        )
        return f"{self.how.value} {'from' if self.how is How.RECEIVED else 'with'} “{self.where}”: {parts}."


def how_far_words(done: int, total: int, words: str) -> str:
    """Of evidence with how much of how much: “Taking evidence, 12 MB of 80 MB”."""
    if words not in (TAKING, GIVING) or not total:
        return words
    return f"{words}, {size_in_words(done)} of {size_in_words(total)}"


def outcome_of(visit: OpenVisit, how: How, path: Path, where: str, at: datetime, took: Took) -> Outcome:
    lines = _people(visit, took.summaries)
    return Outcome(
        how=how,
        where=where,
        path=path,
        at=at,
        people=lines,
        notes=tuple(_notes(took.summaries)),
        faults=(*took.refused, *_once(fault for s in took.summaries for fault in s.faults)),
        evidence=_evidence(how, took),
        came=sum(line.came for line in lines),
        went=sum(line.went for line in lines),
        moved=sum(s.moved for s in took.summaries),
        ended=took.cut.sentence if took.cut else "",
        gone=isinstance(took.cut, PlaceGone),
    )


def _people(visit: OpenVisit, summaries: Iterable[Summary]) -> tuple[PersonLine, ...]:
    """By person, those of whom something came first."""
    owners = {laptop.device: laptop.person for laptop in laptops(visit)}
    found: dict[str, PersonLine] = {}
    for summary in summaries:
        for laptop in summary.laptops.values():
            person = owners.get(laptop.device) or laptop.person
            name = visit.record.person_name(person) if person else f"Laptop {laptop.device[:8]}"
            line = found.get(name, PersonLine(name))
            settled = laptop.device in visit.store.authority.cuts  # the lead has told them apart
            found[name] = PersonLine(
                name,
                line.came + laptop.new,
                max(line.known, laptop.known),
                line.went + laptop.given,
                (
                    *line.faults,
                    *_faults(name, laptop.refused, laptop.gap, 0 if settled else laptop.forked_at),
                ),
            )
    return tuple(sorted(found.values(), key=lambda line: (-line.came, line.name)))


def _faults(name: str, refused: str, gap: int, forked_at: int) -> Iterable[str]:
    if forked_at:
        yield (
            f"Two laptops write under one key of {name} from entry {forked_at} on; both stories are kept, "
            "and the lead tells them apart."
        )
    if refused:
        yield f"Refused: {refused}"
    elif gap:
        yield (
            f"Entries of {name} before number {gap} have not come yet; those after it wait for them. "
            "The next exchange with somebody who has them brings both."
        )


def _notes(summaries: Sequence[Summary]) -> Iterable[str]:
    yield from (words for summary in summaries for words in purge_words(summary))
    yield from _once(s.not_backed_up for s in summaries if s.not_backed_up)
    ignored = sum(s.ignored for s in summaries)
    if ignored:
        yield f"{count(ignored, 'file')} with other names left alone."
    if any(s.agrees is False for s in summaries):
        yield "A colleague's program sees this visit differently; both should use the same version."


def _evidence(how: How, took: Took) -> str:
    given = sum(s.pieces_given for s in took.summaries)
    bytes_given = sum(s.bytes_given for s in took.summaries)
    gave = f"{size_in_words(bytes_given)} of evidence handed over" if given else ""
    if how is How.HANDED_OVER:
        return gave
    came = f"{count(took.exhibits_came, 'exhibit')} came" if took.exhibits_came else ""
    wanted = f"{took.exhibits_wanted:,} still wanted" if took.exhibits_wanted else ""
    return joined(came, gave, wanted)


def _once(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))
