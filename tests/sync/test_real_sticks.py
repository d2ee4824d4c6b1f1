"""On real file systems of sticks: names without case, coarse times, pulled out, read-only, full."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qsin_desktop.actions.exchanging import receive, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store.faults import PlaceGone
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.sync.holder import Course
from tests.founding import PEER
from tests.sync.real_sticks import KINDS, RealStick, real_stick
from tests.sync.team import Stick, all_meet, digest, known, meet
from tests.sync.test_exchange import attach, rate

MEGABYTES = 40


@pytest.fixture(params=KINDS)
def real(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RealStick]:
    place = tmp_path / "stick"
    place.mkdir()
    made = real_stick(request.param, place, MEGABYTES)
    try:
        yield made
    finally:
        if made.is_plugged_in():
            made.pull_out()


def asides(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".part-*")]


def test_a_team_meets_at_it_and_a_second_time_moves_nothing(team: list[OpenVisit], real: RealStick) -> None:
    stick = Stick(real.folder)
    for number, visit in enumerate(team):
        rate(visit, word=("met", "not-met", "partly-met")[number])
        attach(visit, f"{number}.bin", os.urandom(200_000))
    all_meet(team, stick)
    assert len({digest(visit) for visit in team}) == 1
    assert len({frozenset(known(visit)) for visit in team}) == 1
    real.pull_out()
    real.plug_in()
    assert [meet(visit, stick).moved for visit in team] == [0, 0, 0]
    assert not asides(real.folder)


def test_a_bundle_lies_on_it_under_either_case_of_its_name(team: list[OpenVisit], real: RealStick) -> None:
    lead, peer, _ = team
    rate(peer)
    attach(peer, "photo.bin", os.urandom(200_000))
    write_bundle(peer, real.folder / "From Ada.qsinx")
    real.pull_out()
    real.plug_in()
    there = real.folder / "FROM ADA.QSINX"
    bundle = there if there.exists() else real.folder / "From Ada.qsinx"
    assert receive(lead, bundle).pieces_taken == 1
    assert lead.record.ratings


def test_pulled_out_in_the_middle_it_goes_on_and_ends_the_same(
    team: list[OpenVisit], real: RealStick
) -> None:
    lead, peer, _ = team
    rate(peer)
    for number in range(6):
        attach(peer, f"{number}.bin", bytes([number]) * 100_000)
    stick = Stick(real.folder)

    def pull_out(done: int, total: int | None, words: str) -> None:
        if words == "Giving evidence" and total is not None and done * 2 >= total:
            real.pull_out()

    with pytest.raises(PlaceGone, match=r"safe.*try again"):
        meet(peer, stick, Course(progress=pull_out))
    assert not list(real.folder.iterdir()), "nothing is written where the stick was"
    real.plug_in()
    assert meet(peer, stick).pieces_given <= 4, "what was whole before is not written again"
    assert not asides(real.folder), "its own half file is swept"
    assert meet(lead, stick).pieces_taken == 6
    assert known(peer) <= known(lead)


def test_read_only_everything_comes_and_it_is_said(team: list[OpenVisit], real: RealStick) -> None:
    lead, peer, _ = team
    rate(lead)
    rate(peer, "IN-301.b")
    attach(peer, "photo.bin", b"a photo")
    stick = Stick(real.folder)
    meet(peer, stick)
    real.pull_out()
    real.plug_in(read_only=True)
    summary = meet(lead, stick)
    assert (summary.of(PEER.device).new >= 2, summary.pieces_taken, summary.entries_given) == (True, 1, 0)
    assert "safe" in summary.not_given
    real.pull_out()
    real.plug_in()
    assert meet(lead, stick).entries_given


def test_full_in_the_middle_it_keeps_what_is_whole_and_goes_on_with_room(
    team: list[OpenVisit], real: RealStick, tmp_path: Path
) -> None:
    lead, peer, _ = team
    rate(peer)
    filler = real.folder / "holiday.mov"
    filler.write_bytes(bytes((MEGABYTES - 16) << 20))
    for number in range(3):
        attach(peer, f"{number}.bin", os.urandom(PIECE_BYTES - 1000))
    stick = Stick(real.folder)
    summary = meet(peer, stick)
    assert "the disk is full" in summary.not_given, "also where the driver calls it no permission"
    assert summary.pieces_given in (0, 1)
    assert stick.logs(), "records came first"
    assert not asides(real.folder), "no half file takes the room"
    filler.unlink()
    assert meet(peer, stick).pieces_given == 3 - summary.pieces_given
    assert meet(lead, stick).pieces_taken == 3
    assert known(peer) <= known(lead)
