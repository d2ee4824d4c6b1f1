"""Sticks and laptops made to do harm: each is stopped at a limit, with a sentence, and no disk is filled."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from qsin_desktop.actions import planning
from qsin_desktop.actions.enrolling import Card
from qsin_desktop.actions.exchanging import receive, receive_new, write_bundle
from qsin_desktop.actions.founding import Protection
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.welcoming import welcome
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.people import Role
from qsin_desktop.store import aside as aside_module
from qsin_desktop.store.aside import FORKED, REFUSED, Kept
from qsin_desktop.store.identity import Identity
from qsin_desktop.sync import bundle as bundle_module
from qsin_desktop.sync import evidence, first, limits
from qsin_desktop.sync import place as place_module
from qsin_desktop.sync.bundle import ForeignMember
from qsin_desktop.sync.limits import PlaceOverfull
from qsin_desktop.sync.place import FolderPlace
from qsin_desktop.sync.refusals import LeadsElsewhere
from tests.founding import CHEAP, ME, PASSPHRASE, PEER
from tests.store.makers import small_drive
from tests.sync.team import STRANGER, Stick, known, laptops, meet
from tests.sync.test_exchange import attach, rate
from tests.sync.test_place import GOOD, VISIT

LOG = f"00112233/log/0123456789abcdef/{GOOD}"


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_stick_with_more_files_than_any_team_writes_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_module, "MOST_NAMES", 50)
    place = FolderPlace(tmp_path, VISIT)
    place.write(LOG, b"x")
    folder = (place.root / LOG).parent
    for number in range(60):
        (folder / f"junk-{number}").touch()
    with pytest.raises(PlaceOverfull, match=r"more than 50 files.*safe"):
        place.logs()


def test_more_groups_than_any_team_makes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_module, "MOST_GROUPS", 5)
    place = FolderPlace(tmp_path, VISIT)
    for number in range(6):
        (place.root / f"{number:08d}" / "log").mkdir(parents=True)
    with pytest.raises(PlaceOverfull, match="groups of files"):
        place.logs()


def test_folders_without_end_are_not_gone_into(team: list[OpenVisit], stick: Stick) -> None:
    rate(team[1])
    meet(team[1], stick)
    deep = stick.logs()[0].parent
    for _ in range(40):
        deep = deep / "00112233"
        deep.mkdir()
    (deep / GOOD).write_bytes(b"x")
    summary = meet(team[0], stick)
    assert summary.ignored == 1
    assert team[0].record.ratings


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and links are tried where they are POSIX")
def test_pipes_devices_links_and_folders_in_the_place_of_files_harm_nothing(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    """A pipe would be waited for without end, and a link would read or write somewhere else."""
    lead, peer, _ = team
    rate(peer)
    attach(peer, "photo.bin", b"a photo")
    meet(peer, stick)
    secret = tmp_path / "secret"
    secret.write_bytes(b"of the person at this laptop")
    folder = stick.logs()[0].parent
    os.mkfifo(folder / GOOD)
    (folder / GOOD.replace("2-", "3-")).symlink_to(secret)
    (folder / GOOD.replace("2-", "4-")).symlink_to("/dev/zero")
    (folder / GOOD.replace("2-", "5-")).mkdir()
    piece = stick.pieces()[0]
    piece.rename(tmp_path / "kept")
    piece.symlink_to(secret)
    summary = meet(lead, stick)
    assert lead.record.ratings, "what is sound is taken all the same"
    assert summary.pieces_taken == 0
    assert secret.read_bytes() == b"of the person at this laptop"
    meet(lead, stick)
    meet(peer, stick)
    assert meet(lead, stick).pieces_taken == 1, "the piece is written anew in the place of the link"


@pytest.mark.skipif(os.name == "nt", reason="making a link needs rights on Windows")
def test_nothing_is_written_by_way_of_a_link(team: list[OpenVisit], stick: Stick, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = stick.place(team[1])
    place.root.symlink_to(elsewhere, target_is_directory=True)
    rate(team[1])
    with pytest.raises(LeadsElsewhere, match=r"link.*safe"):
        meet(team[1], stick)
    assert not list(elsewhere.iterdir())


def test_a_file_of_ten_gigabytes_is_not_read(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    big = stick.logs()[0].parent / "000000009-000000010-0123456789ab.z"
    with big.open("wb") as out:
        out.truncate(10 << 30)  # no bytes are stored
    before = known(lead)
    summary = meet(lead, stick)
    assert before < known(lead)
    assert summary.of(PEER.device).new >= 1


# ---- laptops that nobody confirmed ----------------------------------------------------------------------


def test_what_strangers_may_bring_is_limited_until_the_lead_confirms_them(
    founded: Path, tmp_path: Path, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        rate(stranger)
        meet(stranger, stick)
        monkeypatch.setattr(limits, "STRANGERS_BYTES", 100)
        summary = meet(lead, stick)
        assert summary.of(STRANGER.device[:16]).new == 0
        (told,) = summary.refused
        assert "may bring 0 MiB of entries together; confirm it, and the rest is taken" in told.refused
        assert STRANGER.device not in lead.store.tips
        assert not list(lead.aside.all()), "nor does it fill the folder of what was put aside"
        planning.add_person(lead, name="Nobody Known", role=Role.LAY, person=STRANGER.person)
        planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)
        assert meet(lead, stick).of(STRANGER.device).new >= 1
        assert lead.record.ratings


def test_an_invited_laptop_is_no_stranger(
    founded: Path, tmp_path: Path, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        welcome(lead, Card(STRANGER.person, STRANGER.name, STRANGER.device), role=Role.PEER)
        rate(stranger)
        meet(stranger, stick)
        monkeypatch.setattr(limits, "STRANGERS_BYTES", 100)
        assert meet(lead, stick).of(STRANGER.device).new >= 1


def test_there_are_only_so_many_strangers(
    founded: Path, tmp_path: Path, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_STRANGERS", 2)
    many = [Identity.from_seed(f"stranger {n}".encode(), f"{n}" * 32, f"S {n}") for n in range(5, 9)]
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", *many) as strangers:
        for visit in strangers:
            rate(visit)
            meet(visit, stick)
        summary = meet(lead, stick)
        assert sum("2 laptops that no lead has confirmed" in x.refused for x in summary.refused) == 2
        assert len(set(lead.store.tips) & {one.device for one in many}) == 2


def test_evidence_of_strangers_is_fetched_up_to_a_limit(
    founded: Path, tmp_path: Path, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "STRANGERS_PIECES", 2)
    with laptops(founded, tmp_path) as (lead, *_), laptops(founded, tmp_path / "s", STRANGER) as (stranger,):
        for number in range(4):
            attach(stranger, f"{number}.bin", bytes([number]) * 9)
        meet(stranger, stick)
        summary = meet(lead, stick)
        assert (summary.pieces_taken, summary.pieces_wanted) == (2, 2)
        assert "2 pieces of evidence of laptops that no lead has confirmed" in summary.faults[0]
        assert meet(lead, stick).pieces_taken == 0
        planning.add_person(lead, name="Nobody Known", role=Role.LAY, person=STRANGER.person)
        planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)
        assert meet(lead, stick).pieces_taken == 2


def test_a_laptop_of_the_team_brings_no_more_than_anybody_writes(
    team: list[OpenVisit], stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)
    meet(lead, stick)
    rate(peer, "IN-301.b")
    meet(peer, stick)
    monkeypatch.setattr(limits, "LAPTOP_BYTES", 100)
    monkeypatch.setattr(limits, "_MUCH_AT_ONCE", 10)
    assert "nobody writes in one visit" in meet(lead, stick).of(PEER.device).refused
    monkeypatch.undo()
    assert meet(lead, stick).of(PEER.device).new >= 1


def test_a_new_visit_begins_with_no_more_than_fits_in_memory(
    founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with laptops(founded, tmp_path) as (lead, *_):
        write_bundle(lead, tmp_path / "all.qsinx")
    monkeypatch.setattr(first, "FIRST_BYTES", 1000)
    with pytest.raises(PlaceOverfull):
        receive_new(
            tmp_path / "all.qsinx",
            tmp_path / "New.qsin",
            identity=PEER,
            protection=Protection(PASSPHRASE, cost=CHEAP),
        )
    assert not (tmp_path / "New.qsin").exists()


# ---- this laptop's own disk -----------------------------------------------------------------------------


def test_evidence_that_does_not_fit_on_this_laptop_is_not_begun(
    team: list[OpenVisit], stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, peer, _ = team
    rate(peer)
    attach(peer, "photo.bin", os.urandom(2 << 20))
    meet(peer, stick)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 10**12, 257 << 20))
        summary = meet(lead, stick)
    assert lead.record.ratings, "the records came"
    assert (summary.pieces_taken, summary.pieces_wanted) == (0, 1)
    (told,) = summary.faults
    assert "needs 2 MiB and this computer has 257 MiB free" in told
    assert "safe" in told
    assert meet(lead, stick).pieces_taken == 1


def test_a_laptop_whose_disk_is_full_takes_nothing_by_halves(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    """A real full disk: the visit stands on it as before, and takes all once there is room."""
    with laptops(founded, tmp_path, PEER) as (peer,), small_drive(tmp_path, megabytes=12) as drive:
        for number in range(30):
            rate(peer, f"IN-301.{'abc'[number % 3]}", ("met", "not-met")[number % 2])
        attach(peer, "photo.bin", os.urandom(300_000))
        meet(peer, stick)
        with laptops(founded, drive, ME) as (lead,):
            before = lead.store.entry_count()
            filler = drive / "filler"
            with filler.open("wb", buffering=0) as out, suppress(OSError):
                while out.write(os.urandom(1 << 16)):
                    pass
            with suppress(Refusal):  # a sentence and no traceback, wherever the disk gives out
                assert meet(lead, stick).pieces_taken == 0
            assert lead.store.entry_count() >= before
            filler.unlink()
            meet(lead, stick)
            assert known(peer) <= known(lead)
            assert lead.store.projection_matches()


def test_what_is_put_aside_has_its_fill(team: list[OpenVisit], monkeypatch: pytest.MonkeyPatch) -> None:
    lead = team[0]
    monkeypatch.setattr(aside_module, "_MOST_BYTES", {FORKED: 3_000, REFUSED: 1_500})
    kept = [lead.aside.keep(Kept(REFUSED, "d", n, n, f"{n}", "why"), bytes(500)) for n in range(1, 5)]
    assert kept == [True, True, False, False]
    assert lead.aside.keep(Kept(FORKED, "d", 9, 9, "9", "why"), bytes(500)), "another's story has more room"


def test_a_hostile_bundle_is_refused_by_the_length_of_its_list(
    team: list[OpenVisit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bundle(team[1], tmp_path / "b.qsinx")
    monkeypatch.setattr(bundle_module, "_MOST_LISTED", 10)
    with pytest.raises(ForeignMember):
        receive(team[0], tmp_path / "b.qsinx")
