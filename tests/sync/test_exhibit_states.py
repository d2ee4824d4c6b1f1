from __future__ import annotations

import random
from pathlib import Path

import pytest

from qsin_desktop.actions.checking import check_visit
from qsin_desktop.actions.exhibit_states import ExhibitState, put_off_damaged, state_of
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store.piece_format import PIECE_BYTES
from qsin_desktop.sync.holder import Course
from qsin_desktop.sync.refusals import ExchangeStopped
from tests.sync.team import Stick, meet
from tests.sync.test_exchange import attach


def test_an_exhibit_is_wanted_until_it_is_here(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    attach(peer, "photo.bin", b"a photo")
    meet(peer, stick)
    hidden = stick.pieces()[0].rename(stick.path / "hidden")
    meet(lead, stick)
    (exhibit,) = lead.record.exhibits()
    assert state_of(lead, exhibit) is ExhibitState.WANTED
    hidden.unlink()
    meet(peer, stick)
    meet(lead, stick)
    assert state_of(lead, exhibit) is ExhibitState.HERE


def test_a_damaged_exhibit_is_fetched_from_whoever_has_it(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    attach(peer, "photo.bin", b"a photo" * 99)
    attach(peer, "whole.bin", b"another")
    for visit in (peer, lead, tech):
        meet(visit, stick)
    exhibit = next(e for e in lead.record.exhibits() if e.name == "photo.bin")
    path = lead.pieces._places.path_of(exhibit.pieces[0])
    path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1]))
    assert meet(lead, stick).pieces_taken == 0, "damage shows only when it is read"
    seen: list[tuple[int, int]] = []
    assert put_off_damaged(lead, progress=lambda *at: seen.append(at)) == (exhibit,)
    assert seen == [(1, 2), (2, 2)]
    assert state_of(lead, exhibit) is ExhibitState.DAMAGED
    assert meet(lead, stick).pieces_taken == 1
    assert state_of(lead, exhibit) is ExhibitState.HERE
    assert lead.pieces.open(exhibit.pieces, exhibit.size).read() == b"a photo" * 99
    assert path.with_name(f"{path.name}.bad").exists(), "nothing is removed"
    assert put_off_damaged(lead) == ()


def test_a_cut_costs_one_piece_and_the_exhibit_is_on_the_way(team: list[OpenVisit], stick: Stick) -> None:
    """Four pieces of 8 MiB; the program is stopped in the third, and goes on there."""
    lead, peer, _ = team
    attach(peer, "film.bin", random.Random(4).randbytes(3 * PIECE_BYTES + 5))
    meet(peer, stick)
    with pytest.raises(ExchangeStopped):
        meet(lead, stick, Course(cancelled=lambda: len(here(lead)) == 2))
    (exhibit,) = lead.record.exhibits()
    assert state_of(lead, exhibit) is ExhibitState.ON_THE_WAY
    summary = meet(lead, stick)
    assert (summary.pieces_taken, summary.bytes_taken) == (2, PIECE_BYTES + 5), "what was here came not again"
    assert state_of(lead, exhibit) is ExhibitState.HERE


def here(visit: OpenVisit) -> list[str]:
    return [piece for one in visit.record.exhibits() for piece in one.pieces if visit.pieces.has(piece)]


def test_damage_that_is_met_when_handing_on_comes_anew(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, _ = team
    attach(peer, "photo.bin", b"a photo" * 99)
    for visit in (peer, lead):
        meet(visit, stick)
    (exhibit,) = lead.record.exhibits()
    path = lead.pieces._places.path_of(exhibit.pieces[0])
    path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1]))
    second = Stick(tmp_path / "second")
    second.path.mkdir()
    assert meet(lead, second).faults, "it is told, and not handed on"
    assert state_of(lead, exhibit) is ExhibitState.DAMAGED
    assert meet(lead, stick).pieces_taken == 1
    assert meet(lead, second).pieces_given == 1


def test_the_check_of_a_visit_lets_a_damaged_exhibit_come_anew(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    attach(peer, "photo.bin", b"a photo" * 99)
    for visit in (peer, lead):
        meet(visit, stick)
    (exhibit,) = lead.record.exhibits()
    path = lead.pieces._places.path_of(exhibit.pieces[0])
    path.write_bytes(b"?" + path.read_bytes()[1:])
    for _ in range(2):
        assert [fault.state for fault in check_visit(lead).faults] == ["damaged"], "until it has come"
    meet(lead, stick)
    assert check_visit(lead).sound
