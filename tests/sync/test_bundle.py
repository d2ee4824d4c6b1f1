from __future__ import annotations

import hashlib
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.actions import exchanging
from qsin_desktop.actions.exchanging import bundle_visit, receive, receive_new, write_bundle
from qsin_desktop.actions.founding import Protection
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import ReadOnlyVisit, Refusal
from qsin_desktop.store.backups import backups_of
from qsin_desktop.store.database_state import tips_in
from qsin_desktop.store.faults import DiskFull, PlaceGone
from qsin_desktop.sync import bundle as bundle_module
from qsin_desktop.sync.bundle import BundlePlace, ForeignMember
from qsin_desktop.sync.holder import Course
from qsin_desktop.sync.refusals import (
    AnotherVisit,
    BundleDamaged,
    BundleNewer,
    ExchangeStopped,
    ForOthers,
    NoInvitation,
    NotABundle,
)
from tests.founding import CHEAP, PASSPHRASE, PEER, found_small_visit, opened
from tests.store.makers import small_drive
from tests.sync.team import STRANGER, Stick, digest, known, laptops, meet
from tests.sync.test_exchange import attach, rate

TAIL = 64


def bundle_of(visit: OpenVisit, path: Path) -> Path:
    write_bundle(visit, path)
    return path


def with_whole_hash(path: Path) -> Path:
    """What somebody who knows the format can always do."""
    content = path.read_bytes()[:-TAIL]
    path.write_bytes(content + hashlib.sha256(content).hexdigest().encode())
    return path


def rezipped(
    bundle: Path, path: Path, change: Callable[[zipfile.ZipFile, list[tuple[str, bytes]]], None]
) -> Path:
    """The same members, written anew and changed, under a right hash."""
    with zipfile.ZipFile(bundle) as old:
        members = [(info.filename, old.read(info)) for info in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as new:
        change(new, members)
        new.comment = b"qsin-bundle-1 " + b"0" * TAIL
    return with_whole_hash(path)


def write_all(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    for name, content in members:
        new.writestr(name, content)


def test_a_bundle_brings_the_same_as_a_folder(team: list[OpenVisit], stick: Stick, tmp_path: Path) -> None:
    lead, peer, tech = team
    rate(peer)
    attach(peer, "photo.bin", b"a photo" * 1_000)
    bundle = bundle_of(peer, tmp_path / "peer.qsinx")
    meet(peer, stick)
    by_stick, by_bundle = meet(lead, stick), receive(tech, bundle)
    assert by_bundle.pieces_taken == by_stick.pieces_taken == 1
    shown = [
        [(key, stands) for key, stands in visit.store.standing() if key.field != "seen"]
        for visit in team[::2]
    ]
    assert shown[0] == shown[1]
    with BundlePlace(bundle) as place:
        there = {f"{place.root}/{path}" for path in place.paths}
    own = {path.relative_to(stick.path).as_posix() for path in [*stick.files()]}
    assert {path for path in there if "/piece/" in path} <= own, "the very same tree"


def test_a_bundle_twice_and_an_old_one_after_a_new_one(team: list[OpenVisit], tmp_path: Path) -> None:
    lead, peer, _ = team
    rate(peer, word="met")
    old = bundle_of(peer, tmp_path / "old.qsinx")
    rate(peer, word="not-met")
    new = bundle_of(peer, tmp_path / "new.qsinx")
    assert receive(lead, new).entries_taken == 2
    before = (known(lead), digest(lead))
    for again in (new, old, new):
        assert receive(lead, again).entries_taken == 0
    assert (known(lead), digest(lead)) == before


def test_one_byte_flipped_anywhere_in_a_bundle_is_refused_and_nothing_taken(
    team: list[OpenVisit], tmp_path: Path
) -> None:
    lead, peer, _ = team
    rate(peer)
    content = bundle_of(peer, tmp_path / "peer.qsinx").read_bytes()
    before = known(lead)
    dice = random.Random(7)
    places = [*range(60), *range(len(content) - 400, len(content)), *dice.sample(range(len(content)), 300)]
    damaged = tmp_path / "damaged.qsinx"
    for at in places:
        flipped = bytearray(content)
        flipped[at] ^= 1 << dice.randrange(8)
        damaged.write_bytes(flipped)
        with pytest.raises((BundleDamaged, NotABundle, BundleNewer)):
            receive(lead, damaged)
    assert known(lead) == before


def test_a_bundle_cut_anywhere_is_refused(team: list[OpenVisit], tmp_path: Path) -> None:
    content = bundle_of(team[1], tmp_path / "peer.qsinx").read_bytes()
    cut = tmp_path / "cut.qsinx"
    for length in (0, 1, 3, 4, 100, len(content) // 2, len(content) - 65, len(content) - 1):
        cut.write_bytes(content[:length])
        with pytest.raises((BundleDamaged, NotABundle)):
            receive(team[0], cut)
    cut.write_bytes(content + b"more")
    with pytest.raises(BundleDamaged):
        receive(team[0], cut)


@given(st.binary(max_size=300))
def test_random_bytes_are_no_bundle(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "random.qsinx"
    for given_ in (
        content,
        b"PK\x03\x04" + content,
        b"PK\x03\x04" + content + b"qsin-bundle-1 " + bytes(TAIL),
    ):
        path.write_bytes(given_)
        with pytest.raises((BundleDamaged, NotABundle)):
            bundle_visit(path)
    path.write_bytes(b"PK\x03\x04" + content + b"qsin-bundle-1 " + bytes(TAIL))
    with_whole_hash(path)
    with pytest.raises((BundleDamaged, ForeignMember)):
        bundle_visit(path)


def test_a_bundle_of_another_visit_is_refused(team: list[OpenVisit], tmp_path: Path) -> None:
    other = found_small_visit(tmp_path / "other" / "Other 2026.qsin")
    with opened(other) as visit:
        bundle = bundle_of(visit, tmp_path / "other.qsinx")
    with pytest.raises(
        AnotherVisit, match=r"“other.qsinx” belongs to another visit than “Thames Estuary 2026”"
    ):
        receive(team[0], bundle)


def test_a_bundle_made_for_others_is_refused(team: list[OpenVisit], founded: Path, tmp_path: Path) -> None:
    rate(team[1])
    bundle = bundle_of(team[1], tmp_path / "team.qsinx")
    with laptops(founded, tmp_path / "s", STRANGER) as (stranger,), pytest.raises(ForOthers):
        receive(stranger, bundle)
    with pytest.raises(ForOthers):
        receive_new(
            bundle, tmp_path / "New.qsin", identity=STRANGER, protection=Protection(PASSPHRASE, cost=CHEAP)
        )
    assert not (tmp_path / "New.qsin").exists()


def test_a_bundle_of_a_newer_format_is_refused(team: list[OpenVisit], tmp_path: Path) -> None:
    bundle = bundle_of(team[1], tmp_path / "peer.qsinx")
    path = tmp_path / "newer.qsinx"
    path.write_bytes(bundle.read_bytes().replace(b"qsin-bundle-1 ", b"qsin-bundle-2 "))
    with pytest.raises(BundleNewer):
        receive(team[0], path)


def _path_outside(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, members)
    new.writestr("../../outside.txt", b"x")


def _path_inside_out(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    root = members[0][0].partition("/")[0]
    write_all(new, members)
    new.writestr(f"{root}/00112233/piece/ab/../../../../outside", b"x")


def _absolute(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, members)
    new.writestr("/etc/outside", b"x")


def _twice(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, members)
    new.writestr(*members[-1])


def _another_root(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, [(f"other{name}" if at else name, content) for at, (name, content) in enumerate(members)])


def _packed(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    for name, content in members:
        new.writestr(name, content, zipfile.ZIP_DEFLATED)


def _a_bomb(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, members)
    root = members[0][0].partition("/")[0]
    new.writestr(f"{root}/00112233/piece/ab/{'ab' * 32}", bytes(40 << 20), zipfile.ZIP_DEFLATED)


def _too_large(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, members)
    root = members[0][0].partition("/")[0]
    new.writestr(f"{root}/00112233/piece/ab/{'ab' * 32}", bytes(40 << 20))


def _no_format(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, members[1:])


def _format_of_nothing(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
    write_all(new, [(members[0][0], b"[]"), *members[1:]])


@pytest.mark.parametrize(
    "change",
    [
        *(_path_outside, _path_inside_out, _absolute, _twice, _another_root, _packed, _a_bomb, _too_large),
        *(_no_format, _format_of_nothing),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_bundle_that_was_made_to_do_harm_is_refused_whole(
    change: Callable[[zipfile.ZipFile, list[tuple[str, bytes]]], None], team: list[OpenVisit], tmp_path: Path
) -> None:
    rate(team[1])
    bundle = bundle_of(team[1], tmp_path / "peer.qsinx")
    bad = rezipped(bundle, tmp_path / "bad.qsinx", change)
    before = (known(team[0]), sorted(tmp_path.rglob("*outside*")))
    with pytest.raises((ForeignMember, BundleDamaged)):
        receive(team[0], bad)
    assert (known(team[0]), sorted(tmp_path.rglob("*outside*"))) == before


def test_too_many_members_are_refused(
    team: list[OpenVisit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = bundle_of(team[1], tmp_path / "peer.qsinx")
    monkeypatch.setattr(bundle_module, "MOST_FILES", 1)
    with pytest.raises(ForeignMember):
        receive(team[0], bundle)


def test_a_bundle_with_one_damaged_file_under_a_right_hash_gives_the_rest(
    team: list[OpenVisit], tmp_path: Path
) -> None:
    lead, peer, _ = team
    rate(peer)
    attach(peer, "photo.bin", b"a photo" * 20)
    attach(peer, "other.bin", b"another" * 20)

    def damage(new: zipfile.ZipFile, members: list[tuple[str, bytes]]) -> None:
        at = next(i for i, (name, _) in enumerate(members) if "/piece/" in name)
        name, content = members[at]
        members[at] = name, content[:-1] + bytes([content[-1] ^ 1])
        write_all(new, members)

    bad = rezipped(bundle_of(peer, tmp_path / "peer.qsinx"), tmp_path / "bad.qsinx", damage)
    summary = receive(lead, bad)
    assert (summary.pieces_taken, summary.pieces_wanted, len(summary.faults)) == (1, 1, 1)


def test_a_bundle_that_is_stopped_or_does_not_fit_leaves_no_file(
    team: list[OpenVisit], tmp_path: Path
) -> None:
    attach(team[1], "photo.bin", os.urandom(3 << 20))
    with pytest.raises(ExchangeStopped):
        write_bundle(team[1], tmp_path / "out.qsinx", course=Course(cancelled=lambda: True))
    assert not [path for path in tmp_path.iterdir() if path.is_file()]
    with small_drive(tmp_path, megabytes=2) as drive:
        with pytest.raises(DiskFull):
            write_bundle(team[1], drive / "out.qsinx")
        assert not list(drive.iterdir())


def test_a_missing_bundle_or_folder_is_told(team: list[OpenVisit], tmp_path: Path) -> None:
    with pytest.raises(PlaceGone):
        receive(team[0], tmp_path / "gone.qsinx")
    with pytest.raises(PlaceGone):
        write_bundle(team[0], tmp_path / "gone" / "out.qsinx")


def test_a_visit_open_for_reading_gives_a_bundle_and_takes_none(
    founded: Path, team: list[OpenVisit], tmp_path: Path
) -> None:
    bundle = bundle_of(team[1], tmp_path / "peer.qsinx")
    with opened(team[0].folder.path, reading=True) as visit:
        write_bundle(visit, tmp_path / "read.qsinx")
        with pytest.raises(ReadOnlyVisit):
            receive(visit, bundle)


def test_an_invitation_makes_the_visit_on_a_laptop_that_has_none(
    team: list[OpenVisit], tmp_path: Path
) -> None:
    lead = team[0]
    attach(lead, "photo.bin", b"a photo")
    rate(lead)
    bundle = bundle_of(lead, tmp_path / "visit.qsinx")
    protection = Protection(PASSPHRASE, cost=CHEAP)
    visit, summary = receive_new(bundle, tmp_path / "Mine.qsin", identity=PEER, protection=protection)
    with visit:
        assert visit.visit_id == lead.visit_id
        assert visit.pack == lead.pack
        assert visit.record.ratings == lead.record.ratings
        assert summary.pieces_taken == 1
        assert summary.of(lead.identity.device).new == lead.store.tip(lead.identity.device).seq
        assert visit.data_key != lead.data_key, "under a key of its own"
        (backup,) = backups_of(visit.folder)
        held = tips_in(backup.path, visit.data_key.database_key)
        assert held[lead.identity.device] == lead.store.tip(lead.identity.device).seq
        rate(visit, "IN-301.b")
        receive(lead, bundle_of(visit, tmp_path / "back.qsinx"))
    assert len(lead.record.ratings) == 2


def test_part_of_a_visit_makes_no_visit(
    team: list[OpenVisit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = team[0]
    monkeypatch.setattr(exchanging, "seen_by", lambda visit, person: dict.fromkeys(visit.store.tips, 5))
    write_bundle(lead, tmp_path / "part.qsinx", person=PEER.person)
    with pytest.raises(NoInvitation):
        receive_new(
            tmp_path / "part.qsinx",
            tmp_path / "Mine.qsin",
            identity=PEER,
            protection=Protection(PASSPHRASE, cost=CHEAP),
        )
    assert not (tmp_path / "Mine.qsin").exists()


def test_a_gap_is_told_and_filled_later(
    team: list[OpenVisit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, peer, _ = team
    rate(peer)
    early = bundle_of(peer, tmp_path / "early.qsinx")
    rate(peer, "IN-301.b")
    monkeypatch.setattr(exchanging, "seen_by", lambda visit, person: {PEER.device: 1})
    write_bundle(peer, tmp_path / "late.qsinx", person=lead.me)
    summary = receive(lead, tmp_path / "late.qsinx")
    assert summary.of(PEER.device[:16]).gap == 1
    assert "are missing" in summary.refused[0].refused
    assert not lead.record.ratings
    receive(lead, early)
    assert receive(lead, tmp_path / "late.qsinx").of(PEER.device).refused == ""
    assert len(lead.record.ratings) == 2


def test_every_refusal_is_one_sentence_that_says_what_is_safe() -> None:
    for refusal in (NotABundle("x"), BundleDamaged("x"), BundleNewer("x"), AnotherVisit("x"), ForOthers("x")):
        assert isinstance(refusal, Refusal)
        assert "Nothing was taken" in refusal.sentence or "nothing was taken" in refusal.sentence
