from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from qsin_desktop.actions.evidence import Target, attach
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.ui.exhibit_states import State
from qsin_desktop.ui.screens.evidence import EvidenceScreen
from tests.ui.exchange.conftest import Laptop
from tests.ui.hands import click


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "Room 3.png"
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(path))
    return path


def attached(laptop: Laptop, photo: Path) -> Exhibit:
    change = attach(laptop.visit, photo, [Target(criterion="IN-301.a")])
    exhibit = laptop.desk.record.exhibit(change.entity)
    assert exhibit is not None
    return exhibit


def pieces_on(stick: Path) -> list[Path]:
    return [path for path in stick.rglob("*") if path.is_file() and "piece" in path.parts]


def shown(lead: Laptop, exhibit: Exhibit, show: Callable[[EvidenceScreen], EvidenceScreen]) -> EvidenceScreen:
    screen = show(EvidenceScreen(lead.desk))
    screen.grid.choose(exhibit.id)
    return screen


def test_a_file_that_did_not_come_is_marked_and_comes_with_the_next_exchange(
    lead: Laptop, peer: Laptop, stick: Path, photo: Path, show: Callable[[EvidenceScreen], EvidenceScreen]
) -> None:
    exhibit = attached(peer, photo)
    peer.meet(stick)
    (piece,) = pieces_on(stick)
    kept = piece.read_bytes()
    piece.unlink()
    lead.meet(stick)
    screen = shown(lead, exhibit, show)
    states = lead.desk.exhibit_states
    assert states.mark(exhibit) == "not here yet"
    assert screen.detail.state.isVisible()
    assert "Ada Assessor attached it" in states.sentence(exhibit)
    piece.write_bytes(kept)
    lead.meet(stick)
    assert states.state(exhibit) is State.HERE
    assert not screen.detail.state.isVisible()
    lead.qtbot.waitUntil(lambda: screen.grid.model.shelf.picture(exhibit) is not None, timeout=20_000)


def test_a_damaged_file_is_told_apart_and_fetched_anew(
    lead: Laptop, peer: Laptop, stick: Path, photo: Path, show: Callable[[EvidenceScreen], EvidenceScreen]
) -> None:
    exhibit = attached(peer, photo)
    peer.meet(stick)
    lead.meet(stick)
    for path in (lead.visit.folder.path / "exhibits").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1]))
    screen = shown(lead, exhibit, show)
    states = lead.desk.exhibit_states
    lead.qtbot.waitUntil(lambda: states.state(exhibit) is State.DAMAGED, timeout=20_000)
    assert states.mark(exhibit) == "damaged"
    assert screen.detail.state.act.text() == "Ask for it again at the next exchange"
    click(screen.detail.state.act)
    assert states.state(exhibit) is State.WANTED
    lead.meet(stick)
    assert states.state(exhibit) is State.HERE
    lead.qtbot.waitUntil(lambda: screen.grid.model.shelf.picture(exhibit) is not None, timeout=20_000)
