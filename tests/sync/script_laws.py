"""What must hold after each step of a random day, and at its end."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.actions import rating
from qsin_desktop.actions.disagreements import disagreements
from qsin_desktop.actions.exchanging import receive, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import reopen, sealed_digest
from qsin_desktop.actions.settling import take_side
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Entry
from qsin_desktop.sync.exchange import exchange
from tests.founding import PEER
from tests.sync.script_world import ReadOnlyPlace, World
from tests.sync.team import Stick, all_meet, digest, known, laptops, meet


def opinions(visit: OpenVisit) -> set[tuple[RatingKey, str]]:
    return {(key, opinion.by) for key, cell in visit.record.ratings.items() for opinion in cell.opinions}


def check_opinions(
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


def open_with_histories(visit: OpenVisit) -> dict[FieldKey, set[str]]:
    """Each open disagreement, and every entry ever written for its field."""
    return {c.key: {e.id for e in visit.store.entries_for(c.key)} for c in visit.record.conflicts}


def check_disagreements(world: World, visit: OpenVisit, before: dict[FieldKey, set[str]]) -> None:
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


def check_seal(world: World, visit: OpenVisit) -> None:
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
