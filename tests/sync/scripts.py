"""Random days of a team on real visit folders: work, cut meetings, damaged sticks; and what must hold."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qsin_desktop.actions import findings, planning, rating
from qsin_desktop.actions.disagreements import disagreements
from qsin_desktop.actions.exchanging import receive, write_bundle
from qsin_desktop.actions.late_changes import leave_late_changes
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import reopen, seal, sealed_digest
from qsin_desktop.actions.settling import take_side
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft, Entry
from qsin_desktop.store.faults import PlaceGone
from qsin_desktop.sync import tidying
from qsin_desktop.sync.exchange import exchange
from qsin_desktop.sync.holder import Course
from qsin_desktop.sync.names import LogFile
from qsin_desktop.sync.place import FolderPlace
from qsin_desktop.sync.refusals import ExchangeStopped
from tests.founding import PEER, opened
from tests.sync.team import Stick, all_meet, digest, known, laptops, meet
from tests.sync.test_exchange import attach

CRITERIA = ("IN-301.a", "IN-301.b")
RATINGS = ("met", "partly-met", "not-met")

# Every one of these must have been met by some script, else the run proves nothing about it.
CASES = (
    "something moved",
    "nothing moved",
    "stopped on the way",
    "pulled out on the way",
    "bundle brought something",
    "bundle brought nothing",
    "damaged file met",
    "damaged in the middle of a log",
    "copied file left alone",
    "a piece in another's place",
    "disagreement",
    "texts in conflict",
    "settled",
    "withdrawn",
    "undone",
    "sealed",
    "late change after a seal",
    "reopened",
    "late change left out",
    "evidence brought",
    "evidence withdrawn by its adder",
    "evidence withdrawn by the lead",
    "evidence withdrawn without the right to",
    "files of a place joined",
    "a base beside the sides",
    "closed and opened again",
)

Reached = Counter[str]
_QUICK = Path("/dev/shm")  # noqa: S108  # a disk in memory, where there is one: flushing costs nothing there


@dataclass(frozen=True)
class Step:
    what: str
    who: int
    other: int
    value: int


# Every script is one shuffle of this deck, so that each kind of thing happens in each of them.
DECK = (
    *(
        "rate",
        "rate",
        "rate",
        "settle",
        "text",
        "text",
        "raise",
        "raise",
        "withdraw",
        "undo",
        "attach",
        "attach",
    ),
    *("seal", "reopen", "meet", "meet", "meet", "meet", "meet", "meet", "stop", "stop", "pull", "pull"),
    *("bundle", "bundle", "bundle again", "bundle again", "flip", "cut file", "break a log", "copy", "copy"),
    *(
        "swap",
        "close",
        "close",
        "meet",
        "meet",
        "rate",
        "text",
        "uncite",
        "uncite",
        "uncite",
        "leave",
        "leave",
    ),
)
_DICE = st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 999))
SCRIPTS = st.tuples(st.permutations(DECK), st.lists(_DICE, min_size=len(DECK), max_size=len(DECK))).map(
    lambda drawn: [Step(what, *dice) for what, dice in zip(*drawn, strict=True)]
)


class Flaky(FolderPlace):
    """A stick that is pulled out after so many reads and writes."""

    def __init__(self, folder: Path, visit: str, after: int) -> None:
        super().__init__(folder, visit)
        self.left = after

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise PlaceGone("The stick was pulled out.")

    def read(self, path: str) -> bytes | None:
        if path != "format.json":
            self._count()
        return super().read(path)

    def write(self, path: str, content: bytes) -> None:
        self._count()
        super().write(path, content)


class ReadOnlyPlace(FolderPlace):
    takes = False


@dataclass
class World:
    """Three laptops, two sticks, one bundle lying about, and what must never be lost."""

    team: list[OpenVisit]
    sticks: list[Stick]
    place: Path
    reached: Reached
    written: set[str] = field(default_factory=set)
    bundles: list[Path] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def visit(self, step: Step) -> OpenVisit:
        return self.team[step.who % len(self.team)]

    def stick(self, step: Step) -> Stick:
        return self.sticks[step.other % len(self.sticks)]


def play(world: World, steps: list[Step]) -> None:
    for step in steps:
        visit = world.visit(step)
        before, open_before = _opinions(visit), _open_with_histories(visit)
        with suppress(Refusal):  # e.g. a sealed visit; everything else that is raised is a fault
            _ACTS[step.what](world, step)
        after = world.visit(step)
        _check_opinions(after, before, _opinions(after))
        _check_disagreements(world, after, open_before)
        _check_seal(world, after)
        world.written |= {e.id for e in after.store.log_of(after.identity.device)}
        world.reached["disagreement"] += any(c.key.type == "rating" for c in after.record.conflicts)
        world.reached["texts in conflict"] += any(c.key.type != "rating" for c in after.record.conflicts)


# ---- work ---------------------------------------------------------------------------------------------


def _rate(world: World, step: Step) -> None:
    rating.rate(
        world.visit(step),
        criterion=CRITERIA[step.other],
        rating=RATINGS[step.value % 3],
        reason=f"reason {step.value}",
    )


def _settle(world: World, step: Step) -> None:
    rating.settle(
        world.team[0], criterion=CRITERIA[step.other], rating=RATINGS[step.value % 3], reason="settled"
    )
    world.reached["settled"] += 1


def _text(world: World, step: Step) -> None:
    planning.set_facts(world.visit(step), {"scope": f"scope {step.value}"})


def _raise(world: World, step: Step) -> None:
    findings.raise_finding(
        world.visit(step),
        criteria=[CRITERIA[step.other]],
        grade="recommendation",
        requirement=f"r {step.value}",
    )


def _withdraw(world: World, step: Step) -> None:
    visit = world.visit(step)
    for found in visit.record.findings(withdrawn=False)[:1]:
        findings.withdraw_finding(visit, finding=found.id, reason="not upheld")
        world.reached["withdrawn"] += 1


def _undo(world: World, step: Step) -> None:
    History(world.visit(step)).undo()
    world.reached["undone"] += 1


def _attach(world: World, step: Step) -> None:
    content = random.Random(step.value).randbytes(1 + step.value * 3)
    entity = attach(world.visit(step), f"{step.value}.bin", content)
    world.contents[entity] = content


def _uncite(world: World, step: Step) -> None:
    """By whoever it is: what the right to is lacking for is written all the same, and has no effect."""
    adder, visit = world.team[(step.value + 1) % 3], world.team[step.who % 3]
    _attach(world, Step("attach", step.value + 1, step.other, step.value))
    for each in (adder, visit):
        meet(each, world.stick(step))
    links = [link for link in visit.record.links(criterion="IN-301.a") if link.by == adder.me]
    if links:
        link = links[step.value % len(links)]
        key = FieldKey("link", link.id, "made")
        adds = tuple(one.entry for one in visit.record.standing(key))
        visit.write("Withdraw", [Draft(key, None, over=adds)])
        by_whom = "its adder" if link.by == visit.me else "the lead" if visit.i_lead else ""
        world.reached[f"evidence withdrawn {f'by {by_whom}' if by_whom else 'without the right to'}"] += 1


def _leave(world: World, step: Step) -> None:
    """Somebody writes on who has not heard of the seal."""
    lead, peer = world.team[0], world.team[1 + step.other]
    with suppress(Refusal):
        seal(lead, in_spite_of="A random day")
    with suppress(Refusal):
        _rate(world, Step("rate", 1 + step.other, step.other, step.value))
    for each in (peer, lead):
        meet(each, world.stick(step))
    leave_late_changes(lead, reason="for the next visit")
    world.reached["late change left out"] += 1


def _seal(world: World, step: Step) -> None:
    seal(world.team[0], in_spite_of="A random day")
    world.reached["sealed"] += 1


def _reopen(world: World, step: Step) -> None:
    reopen(world.team[0], reason="one thing more")
    world.reached["reopened"] += 1


# ---- meetings -----------------------------------------------------------------------------------------


def _meet(world: World, step: Step, course: Course | None = None) -> None:
    visit = world.visit(step)
    summary = meet(visit, world.stick(step), course)
    world.reached["something moved"] += summary.moved > 0
    world.reached["nothing moved"] += summary.moved == 0
    world.reached["evidence brought"] += summary.pieces_taken > 0
    world.reached["damaged file met"] += bool(summary.faults)
    world.reached["damaged in the middle of a log"] += any(laptop.gap for laptop in summary.laptops.values())
    world.reached["copied file left alone"] += summary.ignored > 0
    world.reached["files of a place joined"] += summary.tidied > 0
    assert not summary.forks, "nobody wrote under a key of another"
    assert summary.agrees is not False, "who knew the same saw the same"


def _stop(world: World, step: Step) -> None:
    left = [step.value % 25]

    def cancelled() -> bool:
        left[0] -= 1
        return left[0] < 0

    try:
        _meet(world, step, Course(cancelled=cancelled))
    except ExchangeStopped:
        world.reached["stopped on the way"] += 1


def _pull(world: World, step: Step) -> None:
    visit = world.visit(step)
    try:
        meet(visit, Flaky(world.stick(step).path, visit.visit_id, step.value % 12))
    except PlaceGone:
        world.reached["pulled out on the way"] += 1


def _bundle(world: World, step: Step) -> None:
    path = world.place / f"{len(world.bundles)}.qsinx"
    write_bundle(world.visit(step), path)
    world.bundles.append(path)
    _receive(world, step, path)


def _bundle_again(world: World, step: Step) -> None:
    if world.bundles:
        _receive(world, step, world.bundles[step.value % len(world.bundles)])


def _receive(world: World, step: Step, path: Path) -> None:
    visit = world.team[(step.who + 1 + step.other) % len(world.team)]
    summary = receive(visit, path)
    world.reached["bundle brought something"] += summary.moved > 0
    world.reached["bundle brought nothing"] += summary.moved == 0


# ---- what happens to sticks and laptops ---------------------------------------------------------------


def _a_file(world: World, step: Step) -> Path | None:
    files = [*world.stick(step).logs(), *world.stick(step).pieces()]
    return files[step.value % len(files)] if files else None


def _flip(world: World, step: Step) -> None:
    path = _a_file(world, step)
    if path is not None:
        content = bytearray(path.read_bytes())
        content[step.value * 7919 % len(content)] ^= 1 << step.value % 8
        path.write_bytes(content)


def _cut_file(world: World, step: Step) -> None:
    path = _a_file(world, step)
    if path is not None:
        content = path.read_bytes()
        path.write_bytes(content[: step.value * 7919 % len(content)])


def _break_log(world: World, step: Step) -> None:
    """Two meetings at a stick of their own, of which the first file does not last; then somebody comes by."""
    visit, other = world.visit(step), world.team[(step.who + 1) % len(world.team)]
    stick = Stick(world.place / f"broken-{len(list(world.place.glob('broken-*')))}")
    stick.path.mkdir()
    own = visit.identity.device[:16]
    with suppress(Refusal):
        _rate(world, step)
    meet(visit, stick)
    first = [path for path in stick.logs() if path.parent.name == own]
    History(visit).undo()
    meet(visit, stick)
    for path in first:
        path.write_bytes(path.read_bytes()[:-1])
    gaps = [laptop.gap for laptop in meet(other, stick).laptops.values()]
    world.reached["damaged in the middle of a log"] += any(gaps)


def _copy(world: World, step: Step) -> None:
    for path in world.stick(step).logs()[-1:]:
        shutil.copy(path, path.with_name(f"{path.stem} (1){path.suffix}"))


def _swap(world: World, step: Step) -> None:
    """Two pieces handed over, and one put in the place of the other."""
    stick = world.stick(step)
    before = set(stick.pieces())
    for value in (step.value, step.value + 1_000):
        _attach(world, Step("attach", step.who, step.other, value))
    meet(world.visit(step), stick)
    new = sorted(set(stick.pieces()) - before)
    if len(new) == 2:
        new[1].write_bytes(new[0].read_bytes())
        world.reached["a piece in another's place"] += 1


def _close(world: World, step: Step) -> None:
    visit = world.visit(step)
    before = (digest(visit), visit.record.ratings, visit.record.conflicts)
    visit.close()
    again = opened(visit.folder.path, visit.identity)
    again.clock = visit.clock
    world.team[step.who % len(world.team)] = again
    assert (digest(again), again.record.ratings, again.record.conflicts) == before
    world.reached["closed and opened again"] += 1


_ACTS: dict[str, Callable[[World, Step], None]] = {
    "rate": _rate,
    "settle": _settle,
    "text": _text,
    "raise": _raise,
    "withdraw": _withdraw,
    "undo": _undo,
    "attach": _attach,
    "uncite": _uncite,
    "leave": _leave,
    "seal": _seal,
    "reopen": _reopen,
    "meet": _meet,
    "stop": _stop,
    "pull": _pull,
    "bundle": _bundle,
    "bundle again": _bundle_again,
    "flip": _flip,
    "cut file": _cut_file,
    "break a log": _break_log,
    "copy": _copy,
    "swap": _swap,
    "close": _close,
}


# ---- what must hold -----------------------------------------------------------------------------------


def _opinions(visit: OpenVisit) -> set[tuple[RatingKey, str]]:
    return {(key, opinion.by) for key, cell in visit.record.ratings.items() for opinion in cell.opinions}


def _check_opinions(
    visit: OpenVisit, before: set[tuple[RatingKey, str]], after: set[tuple[RatingKey, str]]
) -> None:
    """An opinion leaves the view only through its author, or through the lead with a reason."""
    leads = visit.store.authority.leads
    for key, by in before - after:
        history = visit.store.entries_for(FieldKey("rating", key.entity, "rating"))
        assert any(
            (e.by == by and (e.undo or e.value is None)) or (e.by in leads and (e.why or e.undo))
            for e in history
        ), "an opinion left the view by neither its author nor the lead"


def _open_with_histories(visit: OpenVisit) -> dict[FieldKey, set[str]]:
    """Each open disagreement, and every entry ever written for its field."""
    return {c.key: {e.id for e in visit.store.entries_for(c.key)} for c in visit.record.conflicts}


def _check_disagreements(world: World, visit: OpenVisit, before: dict[FieldKey, set[str]]) -> None:
    """What differs shows, and goes on showing until somebody wrote something that ends it."""
    shown = {conflict.key: conflict for conflict in visit.record.conflicts}
    for key, stands in visit.store.standing():
        if key.type == "rating":
            differs = len({one.value["rating"] for one in stands}) > 1
            assert (key in shown) == differs, "a disagreement shows as long as it stands"
    for key in before.keys() - shown.keys():
        new = [e for e in visit.store.entries_for(key) if e.id not in before[key]]
        assert any(e.over or e.undo or e.value is None or e.by in _authors(visit, key) for e in new), (
            "a disagreement ended by itself"
        )
    for conflict in disagreements(visit):
        sides = {side.entry for side in conflict.sides}
        assert not sides & {one.entry for one in conflict.base}, "a side is not its own base"
        world.reached["a base beside the sides"] += bool(conflict.base)


def _authors(visit: OpenVisit, key: FieldKey) -> set[str]:
    return {e.by for e in visit.store.entries_for(key)}


def _check_sets(visit: OpenVisit) -> None:
    """Sets are the adds minus what their adder or the lead withdrew, whatever else was written."""
    made = visit.store.entries_of_fields([("link", "made")])
    by_id = {e.id: e for e in made}
    leads = visit.store.authority.leads
    undone = _undone(made)
    live = [e for e in made if not e.undo and e.id not in undone]
    gone = {
        old
        for e in live
        if e.value is None
        for old in e.over
        if old in by_id and (e.by == by_id[old].by or e.by in leads)
    }
    expected = {e.id for e in live if e.value is not None and e.id not in gone}
    stands = {
        one.entry for key, some in visit.store.standing() if key[::2] == ("link", "made") for one in some
    }
    assert stands == expected, "sets are adds minus authorised withdrawals"


def _undone(entries: list[Entry]) -> set[str]:
    """Of undoing entries that are not undone themselves; an undo names what was written before it."""
    undone: set[str] = set()
    for entry in sorted((e for e in entries if e.undo), key=lambda e: -e.n):
        if entry.id not in undone:
            undone.add(entry.undo)
    return undone


def _check_seal(world: World, visit: OpenVisit) -> None:
    """What was signed stays what it was, whatever comes later."""
    in_force = visit.record.seal
    if in_force is None:
        return
    assert sealed_digest(visit) == in_force.digest, "the sealed view is constant"
    standing = visit.record.standing(FieldKey("seal", visit.visit_id, "sealed"))[0]
    seen = standing.value["seen"]
    late = any(
        entry.key.type == "rating"
        for device, tip in visit.store.tips.items()
        for entry in visit.store.log_of(device, int(seen.get(device, [0])[0]))
        if tip.seq
    )
    world.reached["late change after a seal"] += late


def check_end(world: World, founded: Path) -> None:
    team = world.team
    for stick in (*world.sticks, _fresh(world)):
        all_meet(team, stick)
        all_meet(team, stick)
    assert all(world.written <= known(visit) for visit in team), "nothing is lost"
    assert len({frozenset(known(visit)) for visit in team}) == 1, "union"
    assert len({digest(visit) for visit in team}) == 1, "one view on all"
    for visit in team:
        assert verify_trail(visit).intact, "each log is an unbroken run"
        assert visit.store.projection_matches(), "rebuilt equals incremental"
        _check_sets(visit)
        _check_evidence(world, visit)
    _check_at_rest(world)
    _check_sticks(world, founded)
    _check_lead_ends_all(world)


def _fresh(world: World) -> Stick:
    path = world.place / "fresh"
    path.mkdir(exist_ok=True)
    return Stick(path)


def _check_evidence(world: World, visit: OpenVisit) -> None:
    for exhibit in visit.record.exhibits():
        assert all(map(visit.pieces.has, exhibit.pieces)), "all evidence has come"
        got = visit.pieces.open(exhibit.pieces, exhibit.size).read()
        assert got == world.contents[exhibit.id], "the bytes of every exhibit are on every laptop"


def _check_at_rest(world: World) -> None:
    for stick in world.sticks:
        files = stick.files()
        for visit in world.team:
            before = known(visit)
            assert meet(visit, stick).moved == 0, "a second exchange moves nothing"
            assert known(visit) == before
        assert stick.files() == files


def _check_sticks(world: World, founded: Path) -> None:
    """Each stick alone, and a bundle alone, would bring a laptop all there is, evidence too.

    Damage that lay on a stick unread is found by the reader and mended by who meets there next.
    """
    for number, stick in enumerate(world.sticks):
        with laptops(founded, world.place / f"reader-{number}", PEER) as (reader,):
            for _ in range(4):
                exchange(reader, ReadOnlyPlace(stick.path, reader.visit_id))
                for visit in world.team:
                    meet(visit, stick)
            _check_whole(reader, world.team[0])
    bundle = world.place / "last.qsinx"
    write_bundle(world.team[0], bundle)
    with laptops(founded, world.place / "reader", PEER) as (reader,):
        receive(reader, bundle)
        _check_whole(reader, world.team[0])


def _check_whole(reader: OpenVisit, of: OpenVisit) -> None:
    assert known(of) <= known(reader), "a place the team met at holds everything"
    assert all(reader.pieces.has(piece) for exhibit in reader.record.exhibits() for piece in exhibit.pieces)


def _check_lead_ends_all(world: World) -> None:
    lead = world.team[0]
    if lead.record.seal is not None:
        reopen(lead, reason="to end it")
    for conflict in lead.record.conflicts:
        if conflict.key.type == "rating":
            key = RatingKey.from_entity(conflict.key.entity)
            rating.settle(lead, criterion=key.criterion, site=key.site, rating="met", reason="to end it")
        elif conflict.key.type == "seal":
            reopen(lead, reason="to end it")
        else:
            take_side(lead, conflict, conflict.sides[0].entry)
    all_meet(world.team, world.sticks[0])
    assert not any(visit.record.conflicts for visit in world.team), "the lead can end every disagreement"


def run_scripts(founded: Path, examples: int, reached: Reached, *, most_small: int = 2) -> None:
    """Play that many random scripts; raises `AssertionError` at the first that breaks a property.

    Files of a log are joined beyond `most_small` of them, which also heals what other faults leave behind.
    """

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(SCRIPTS)
    def scripts(steps: list[Step]) -> None:
        place = Path(tempfile.mkdtemp(prefix="qsin-sync-", dir=_QUICK if _QUICK.is_dir() else None))
        try:
            _run_one(founded, place, steps, reached, most_small)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    scripts()


def _run_one(founded: Path, place: Path, steps: list[Step], reached: Reached, most_small: int) -> None:
    with laptops(founded, place) as team, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tidying, "MOST_SMALL", most_small)
        ahead = team[1].clock
        team[1].clock = lambda: ahead().replace(year=2036)
        sticks = [Stick(place / f"stick-{number}") for number in range(2)]
        for stick in sticks:
            stick.path.mkdir()
        world = World(team, sticks, place, reached)
        try:
            play(world, steps)
            check_end(world, founded)
        finally:
            for visit in world.team:
                visit.close()


__all__ = ["CASES", "LogFile", "Reached", "run_scripts"]
