"""What the tree shows of each criterion: its sign, flag, exhibits, missing parts; kept up change by change.

marks = CriterionMarks(record)
marks.set_place(stage, site)        the signs are those of this stage and place
marks.of("IN-301.b") -> Mark        looked up when first asked for, then kept
marks.of_standard(standard) -> Mark the worst of its criteria so far
marks.count_rated()                 count all criteria, once and after the window has been painted
marks.take(change) -> Touched       which criteria to show anew
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.evidence import ExhibitLink, Note
from qsin_desktop.domain.progress import is_rated, missing_in
from qsin_desktop.domain.rating import RatingKey, roll_up
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion, RollUp, Rules, Sign, Standard, Tone
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import NETWORK, Stage

_NO_MATTER = frozenset({"finding", "person", "device", "export", "standard"})


@dataclass(frozen=True)
class Mark:
    """`rating` is the label of the rating, in words, or “not rated”."""

    sign: Sign = Sign.RING
    tone: Tone = Tone.NOT_APPLICABLE
    rating: str = "not rated"
    flagged: bool = False
    exhibits: int = 0
    missing: int = 0
    conflict: bool = False


@dataclass(frozen=True)
class Touched:
    """`codes` of criteria, or None for all of them."""

    codes: frozenset[str] | None

    @property
    def nothing(self) -> bool:
        return self.codes is not None and not self.codes

    def has(self, code: str) -> bool:
        return self.codes is None or code in self.codes


class CriterionMarks:
    def __init__(self, record: VisitRecord, stage: Stage = Stage.SITE, site: str = NETWORK) -> None:
        self._record = record
        self.stage, self.site = stage, site
        self._kept: dict[str, Mark] = {}
        self._exhibits: Counter[str] | None = None
        self._where: dict[FieldKey, str] | None = None
        self._rated: set[str] | None = None

    # ---- asking -------------------------------------------------------------------------------------

    def of(self, code: str) -> Mark:
        mark = self._kept.get(code)
        if mark is None:
            mark = self._kept[code] = self._look_up(self._record.pack.criterion(code))
        return mark

    def of_standard(self, standard: Standard) -> Mark:
        """Until all are rated the best rating is not shown: it might yet turn out worse."""
        found = [self._rating_of(c.code) for c in standard.criteria]
        given = [rating for rating, _ in found if rating is not None]
        worst = roll_up(RollUp.WORST, self._record.rules.scale, given)
        conflict = any(disputed for _, disputed in found)
        conflict = conflict or any(self._finding_disputed(c.code) for c in standard.criteria)
        if worst is None:
            return Mark(conflict=conflict)
        point = self._record.rules.point(worst)
        if len(given) < len(found) and not point.rank:
            return Mark(rating="not all rated", conflict=conflict)
        return Mark(point.sign, point.tone, point.label, conflict=conflict)

    @property
    def rated(self) -> frozenset[str] | None:
        """Codes of the criteria that have all their ratings; None before they were counted."""
        return None if self._rated is None else frozenset(self._rated)

    def rated_among(self, criteria: Iterable[Criterion]) -> int | None:
        rated = self._rated
        return None if rated is None else sum(c.code in rated for c in criteria)

    # ---- keeping up ---------------------------------------------------------------------------------

    def set_place(self, stage: Stage, site: str) -> bool:
        """False when it was there already."""
        if (stage, site) == (self.stage, self.site):
            return False
        self.stage, self.site = stage, site
        self._kept.clear()
        return True

    def count_rated(self) -> None:
        self._rated = {c.code for c in self._record.pack.criteria if is_rated(self._record, c)}

    def take(self, change: Change) -> Touched:
        codes: set[str] = set()
        for key in change.keys:
            found = self._criteria_of(key)
            if found is None:
                return self._take_all()
            codes |= found
        for code in codes:
            self._kept.pop(code, None)
            self._recount(code)
        return Touched(frozenset(codes))

    def take_everything(self) -> None:
        """After more changes than are worth looking at one by one."""
        self._take_all()

    def _take_all(self) -> Touched:
        self._kept.clear()
        self._exhibits = self._where = None
        if self._rated is not None:
            self.count_rated()
        return Touched(None)

    def _recount(self, code: str) -> None:
        if self._rated is None:
            return
        if is_rated(self._record, self._record.pack.criterion(code)):
            self._rated.add(code)
        else:
            self._rated.discard(code)

    # ---- which criterion a field is about ------------------------------------------------------------

    def _criteria_of(self, key: FieldKey) -> set[str] | None:
        """Their codes, none where no row shows it, None where it may be any."""
        if key.type in _NO_MATTER:
            return set()
        if key.type == "rating":
            return {RatingKey.from_entity(key.entity).criterion}
        if key.type == "criterion":
            return {key.entity}
        if key.type == "note":
            return self._remembered(key, self._record.note)
        if key.type in ("link", "exhibit"):
            self._exhibits = None
            return self._remembered(key, self._record.link) if key.type == "link" else self._citing(key)
        return None

    def _citing(self, key: FieldKey) -> set[str] | None:
        """One that was withdrawn or taken back no longer tells where it was cited, nor one that came back."""
        if key.field == "withdrawn" or self._record.exhibit(key.entity) is None:
            return None
        return {link.criterion for link in self._record.links(exhibit=key.entity) if link.criterion}

    def _remembered(self, key: FieldKey, find: Callable[[str], Note | ExhibitLink | None]) -> set[str] | None:
        """A note or link that was taken back no longer tells where it was: that is kept here."""
        where = self._whereabouts()
        place = FieldKey(key.type, key.entity, "")
        found = find(key.entity)
        if found is not None:
            where[place] = found.criterion
        elif place not in where:
            return None
        return {where[place]} - {""}

    def _whereabouts(self) -> dict[FieldKey, str]:
        if self._where is None:
            notes = {FieldKey("note", n.id, ""): n.criterion for n in self._record.notes(withdrawn=True)}
            links = {FieldKey("link", k.id, ""): k.criterion for k in self._record.links()}
            self._where = {**notes, **links}
        return self._where

    # ---- looking up ---------------------------------------------------------------------------------

    def _look_up(self, criterion: Criterion) -> Mark:
        code = criterion.code
        rating, disputed = self._rating_of(code)
        sign, tone, words = shown_rating(self._record.rules, rating)
        return Mark(
            sign,
            tone,
            "disagreement" if disputed else words,
            self._record.flag(code) is not None,
            self._exhibits_of(code),
            len(missing_in(self._record, criterion)),
            disputed or self._finding_disputed(code),
        )

    def _finding_disputed(self, code: str) -> bool:
        """Whether two texts or grades stand for a finding of this criterion."""
        keys = [c.key for c in self._record.conflicts if c.key.type == "finding"]
        found = [self._record.finding(key.entity) for key in keys]
        return any(code in finding.criteria for finding in found if finding is not None)

    def _rating_of(self, code: str) -> tuple[str | None, bool]:
        """The rating at this stage and place, and whether people disagree about it."""
        if self.site == NETWORK:
            network = self._record.network_rating(code, self.stage)
            return network.rating, network.disputed
        cell = self._record.rating(RatingKey(code, self.stage, self.site))
        return cell.rating, cell.disputed

    def _exhibits_of(self, code: str) -> int:
        if self._exhibits is None:
            self._exhibits = Counter(link.criterion for link in self._record.links())
        return self._exhibits[code]


def shown_rating(rules: Rules, rating: str | None) -> tuple[Sign, Tone, str]:
    """Sign, tone and words of a rating's id, or of none."""
    point = next((p for p in rules.scale if p.id == rating), None)
    return (point.sign, point.tone, point.label) if point else (Sign.RING, Tone.NOT_APPLICABLE, "not rated")
