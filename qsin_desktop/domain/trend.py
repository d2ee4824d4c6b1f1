"""How this visit stands against the last one: criteria better or worse, findings resolved or raised again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.last_visit import STAGE, LastVisit, PastFinding, PastRating
from qsin_desktop.domain.rating import NetworkRating
from qsin_desktop.domain.standards import Criterion, Pack, Rules, ScalePoint, Tone
from qsin_desktop.domain.visits import Stage


class Rated(Protocol):
    """What is asked of a visit's record, or of a snapshot of it."""

    @property
    def pack(self) -> Pack: ...
    @property
    def rules(self) -> Rules: ...
    def network_rating(self, criterion: str, stage: Stage) -> NetworkRating: ...


class Turn(StrEnum):
    """How a criterion's rating for the network moved."""

    BETTER = "better"
    SAME = "unchanged"
    WORSE = "worse"
    NOT_COMPARED = "not compared"  # not rated then or now, in disagreement, or not applicable at one of both

    @property
    def sign(self) -> str:
        return {Turn.BETTER: "▲", Turn.SAME: "=", Turn.WORSE: "▼", Turn.NOT_COMPARED: "–"}[self]


class Outcome(StrEnum):
    """What became of a finding of the last visit."""

    RESOLVED = "resolved"
    PERSISTS = "persists"
    WORSENED = "worsened"
    NOT_RAISED = "not raised again"  # its criteria are not all fully met either
    NOT_JUDGED = "not judged yet"
    GONE = "no such criterion now"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    def counted(self, findings: int) -> str:
        """`1 persists`, `3 persist`."""
        return f"{findings} {'persist' if self is Outcome.PERSISTS and findings != 1 else self.value}"


@dataclass(frozen=True)
class CriterionTurn:
    """`reworded`: the same code, in other words than then."""

    criterion: Criterion
    past: PastRating | None
    now: ScalePoint | None
    turn: Turn
    reworded: bool = False


@dataclass(frozen=True)
class FindingOutcome:
    past: PastFinding
    outcome: Outcome
    criteria: tuple[Criterion, ...]  # as this visit's pack has them
    findings: tuple[Finding, ...]  # raised now to the same criteria


@dataclass(frozen=True)
class Trend:
    last: LastVisit
    criteria: tuple[CriterionTurn, ...]  # every one of the pack, in its order
    findings: tuple[FindingOutcome, ...]
    same_rules: bool  # else ratings are compared by whether a criterion was met, partly or not

    @cached_property
    def counts(self) -> Mapping[Turn, int]:
        return Counter(one.turn for one in self.criteria)

    @cached_property
    def _by_code(self) -> Mapping[str, CriterionTurn]:
        return {one.criterion.code: one for one in self.criteria}

    def of(self, code: str) -> CriterionTurn:
        return self._by_code[code]

    @property
    def changed(self) -> tuple[CriterionTurn, ...]:
        return tuple(one for one in self.criteria if one.turn in (Turn.BETTER, Turn.WORSE))


def trend_of(visit: Rated, last: LastVisit, findings: Iterable[Finding]) -> Trend:
    """`findings`: this visit's; those that were withdrawn and praise count for nothing."""
    past = matched(visit.pack, last)
    turns = {c.code: turn_of(visit, last, c, past.get(c.code)) for c in visit.pack.criteria}
    praise = {grade.id for grade in visit.rules.grades if grade.praise}
    raised = [f for f in findings if not f.withdrawn and f.grade not in praise]
    outcomes = tuple(_outcome(visit, one, codes_now(one, past), turns, raised) for one in last.findings)
    return Trend(last, tuple(turns.values()), outcomes, last.rules == visit.rules.title)


def matched(pack: Pack, last: LastVisit) -> dict[str, PastRating]:
    """This pack's codes → what was rated then: by the words, wherever they stand now, else by the code."""
    then = Counter(rating.text_hash for rating in last.ratings)
    now = Counter(criterion.text_hash for criterion in pack.criteria)
    by_words = {r.text_hash: r for r in last.ratings if then[r.text_hash] == 1 and now[r.text_hash] == 1}
    by_code = {rating.code: rating for rating in last.ratings}
    found: dict[str, PastRating] = {}
    for criterion in pack.criteria:
        past = by_words.get(criterion.text_hash)
        if past is None:
            past = by_code.get(criterion.code)
            if past is not None and past.text_hash in by_words:  # its words went to another code
                past = None
        if past is not None:
            found[criterion.code] = past
    return found


def codes_now(finding: PastFinding, past: Mapping[str, PastRating]) -> tuple[str, ...]:
    """Of its criteria, as `matched` found them; else their own, where no other criterion has taken it."""
    now = {rating.code: code for code, rating in past.items()}
    codes = (now.get(code, "" if code in past else code) for code in finding.criteria)
    return tuple(dict.fromkeys(filter(None, codes)))


def turn_of(visit: Rated, last: LastVisit, criterion: Criterion, past: PastRating | None) -> CriterionTurn:
    network = visit.network_rating(criterion.code, STAGE)
    given = None if network.disputed else network.rating
    now = next((point for point in visit.rules.scale if point.id == given), None)
    same_scale = last.rules == visit.rules.title and past is not None and past.steps == len(visit.rules.steps)
    turn = (
        Turn.NOT_COMPARED
        if past is None or now is None
        else _turn(visit.rules, past, now, same_scale=same_scale)
    )
    reworded = past is not None and past.text_hash != criterion.text_hash
    return CriterionTurn(criterion, past, now, turn, reworded)


_LEVELS = {Tone.ACCENT: 0, Tone.MET: 0, Tone.PARTLY: 1, Tone.NOT_MET: 2}


def _turn(rules: Rules, past: PastRating, now: ScalePoint, *, same_scale: bool) -> Turn:
    """Step by step on one scale; on two, by whether it was met, partly or not."""
    if now.rank is None or past.step == 0:
        return Turn.SAME if now.rank is None and past.step == 0 else Turn.NOT_COMPARED
    if same_scale:
        was, is_ = past.step, rules.steps.index(now.rank) + 1
    elif past.tone in _LEVELS and now.tone in _LEVELS:
        was, is_ = _LEVELS[past.tone], _LEVELS[now.tone]
    else:
        return Turn.NOT_COMPARED
    return Turn.SAME if is_ == was else Turn.BETTER if is_ < was else Turn.WORSE


def _outcome(
    visit: Rated,
    past: PastFinding,
    now: Iterable[str],
    turns: Mapping[str, CriterionTurn],
    raised: list[Finding],
) -> FindingOutcome:
    codes = [code for code in now if code in turns]
    again = tuple(f for f in raised if set(f.criteria) & set(codes))
    criteria = tuple(visit.pack.criterion(code) for code in codes)
    return FindingOutcome(past, _which(visit, past, [turns[code] for code in codes], again), criteria, again)


def _which(
    visit: Rated, past: PastFinding, turns: list[CriterionTurn], again: tuple[Finding, ...]
) -> Outcome:
    if not turns:
        return Outcome.GONE
    if again:
        blocking = {grade.id for grade in visit.rules.grades if grade.blocks}
        worse = not past.blocks and any(f.grade in blocking for f in again)
        return Outcome.WORSENED if worse else Outcome.PERSISTS
    if any(turn.now is None for turn in turns):
        return Outcome.NOT_JUDGED
    good = (Tone.MET, Tone.ACCENT, Tone.NOT_APPLICABLE)
    met = all(turn.now is not None and turn.now.tone in good for turn in turns)
    return Outcome.RESOLVED if met else Outcome.NOT_RAISED
