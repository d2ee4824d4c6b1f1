"""A laptop cut off in the middle of writing to a stick: what it left is recognised, never counted, swept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qsin_desktop.actions.enrolling import revoke_device
from qsin_desktop.actions.exchanging import exchange_with, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store.durable import put_in_place
from qsin_desktop.sync import place as place_module
from tests.sync.team import Stick, meet
from tests.sync.test_exchange import attach, rate


class Killed(BaseException):
    """Stands for the end of the process: nothing is tidied after it."""


def killed_while_writing(visit: OpenVisit, stick: Stick, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One half written file of that laptop, as a cut of the power leaves it."""
    kept: list[tuple[Path, bytes]] = []

    def cut(aside: Path, path: Path) -> None:
        if "piece" in path.parts:
            kept.append((aside, aside.read_bytes()[:-5]))
            raise Killed
        put_in_place(aside, path)

    with monkeypatch.context() as patch:
        patch.setattr(place_module, "put_in_place", cut)
        with pytest.raises(Killed):
            meet(visit, stick)
    [(path, content)] = kept
    path.write_bytes(content)
    return path


def test_its_owner_sweeps_it_at_the_next_exchange_and_nobody_else_does(
    team: list[OpenVisit], stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, peer, tech = team
    rate(peer)
    attach(peer, "photo.bin", b"a photo" * 99)
    half = killed_while_writing(peer, stick, monkeypatch)
    assert peer.identity.device[:16] in half.name
    for other in (lead, tech):
        summary = meet(other, stick)
        assert (summary.ignored, summary.faults, summary.pieces_taken) == (0, [], 0)
        assert half.exists(), "somebody may be writing it just now"
    assert meet(peer, stick).pieces_given == 1
    assert not half.exists()
    assert meet(lead, stick).pieces_taken == 1


def test_of_a_laptop_that_never_returns_it_hurts_nobody(
    team: list[OpenVisit], stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, peer, tech = team
    attach(peer, "photo.bin", b"a photo" * 99)
    half = killed_while_writing(peer, stick, monkeypatch)
    for _ in range(4):
        for visit in (lead, tech):
            meet(visit, stick)
    assert meet(lead, stick).moved == meet(tech, stick).moved == 0
    assert half.exists()


def test_once_the_lead_cut_that_laptop_off_anybody_sweeps_it(
    team: list[OpenVisit], stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was lost or broke in the middle, so it will not come to clear what it left; no clock says so."""
    lead, peer, tech = team
    attach(peer, "photo.bin", b"a photo" * 99)
    half = killed_while_writing(peer, stick, monkeypatch)
    attach(tech, "another.bin", b"another" * 99)
    others = killed_while_writing(tech, stick, monkeypatch)
    meet(lead, stick)
    assert half.exists()
    revoke_device(lead, device=peer.identity.device, reason="Fell into the Thames")
    meet(lead, stick)
    assert not half.exists()
    assert others.exists(), "the tech may come back to it"
    assert meet(tech, stick).pieces_given == 1
    assert not others.exists()


def test_it_is_swept_also_when_there_is_nothing_to_hand_over(team: list[OpenVisit], stick: Stick) -> None:
    peer = team[1]
    for _ in range(3):
        meet(peer, stick)
    place = stick.place(peer)
    half = place.root / f".part-{peer.identity.device[:16]}-00112233"
    half.write_bytes(b"half")
    assert exchange_with(peer, stick.path).moved == 0
    assert not half.exists()


def test_a_bundle_that_was_cut_off_is_swept_by_the_next_one(
    team: list[OpenVisit], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A half bundle may be gigabytes large: on a small stick it would stand in the way of the whole one."""
    lead, peer, _ = team
    for visit in (lead, peer):
        attach(visit, "film.bin", os.urandom(100_000))
    out = tmp_path / "out"
    out.mkdir()
    own = out / f".part-{peer.identity.device[:16]}-00112233"
    other = out / f".part-{lead.identity.device[:16]}-00112233"
    for half in (own, other):
        half.write_bytes(b"half")
    write_bundle(peer, out / "all.qsinx")
    assert sorted(path.name for path in out.iterdir()) == sorted([other.name, "all.qsinx"])
