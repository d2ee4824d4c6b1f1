from __future__ import annotations

from qsin_desktop.actions.exhibit_states import ExhibitState, put_off_damaged, state_of
from qsin_desktop.actions.open_visit import OpenVisit
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
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert meet(lead, stick).pieces_taken == 0, "damage shows only when it is read"
    seen: list[tuple[int, int]] = []
    assert put_off_damaged(lead, progress=lambda *at: seen.append(at)) == (exhibit,)
    assert seen == [(1, 2), (2, 2)]
    assert state_of(lead, exhibit) is ExhibitState.WANTED
    assert meet(lead, stick).pieces_taken == 1
    assert lead.pieces.open(exhibit.pieces, exhibit.size).read() == b"a photo" * 99
    assert path.with_name(f"{path.name}.bad").exists(), "nothing is removed"
    assert put_off_damaged(lead) == ()
