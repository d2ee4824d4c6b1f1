"""What the report prints of a photo is made once it is attached, so that the first report finds it there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.evidence import attach
from qsin_desktop.actions.pictures import PRINTED
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.ui import printed_pictures
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.workplace import Workplace
from tests.founding import opened


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printed_pictures, "FIRST", 0)
    monkeypatch.setattr(printed_pictures, "AFTER", 0)


@pytest.fixture
def workplace(theme: Theme, tmp_path: Path) -> Iterator[Workplace]:
    place = Workplace(tmp_path / "home", theme)
    yield place
    assert place.jobs.stop_all()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def add_photo(desk: Desk, folder: Path, size: int = 400) -> Exhibit:
    out = io.BytesIO()
    Image.new("RGB", (size, size), "teal").save(out, "JPEG")
    (folder / f"photo {size}.jpg").write_bytes(out.getvalue())
    change = desk.act(lambda: attach(desk.visit, folder / f"photo {size}.jpg"))
    assert change is not None
    found = desk.record.exhibit(change.entity)
    assert found is not None
    return found


def has(desk: Desk, photo: Exhibit) -> bool:
    return desk.visit.previews.has(photo.sha256, PRINTED)


def test_it_is_made_after_attaching_and_when_missing_at_the_next_opening(
    workplace: Workplace, parent: QWidget, visit_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(visit_folder) as visit:
        desk = workplace.desk_for(visit, parent)
        desk.begin()
        photo = add_photo(desk, tmp_path)
        qtbot.waitUntil(lambda: has(desk, photo), timeout=20_000)
        desk.leave()
        second = add_photo(desk, tmp_path, 410)  # the visit is being left: not made any more
    for path in visit.previews.paths_of(photo.sha256):
        path.unlink()
    with opened(visit_folder) as visit:
        desk = workplace.desk_for(visit, parent)
        assert not has(desk, photo)
        assert not has(desk, second)
        desk.begin()
        qtbot.waitUntil(lambda: has(desk, photo) and has(desk, second), timeout=20_000)
        desk.leave()


def test_nothing_is_made_before_the_visit_is_shown(
    workplace: Workplace, parent: QWidget, visit_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(visit_folder) as visit:
        desk = workplace.desk_for(visit, parent)
        photo = add_photo(desk, tmp_path)
        desk.printed_pictures.look()
        assert not desk.printed_pictures.jobs.running
        assert not has(desk, photo)
        desk.leave()


def test_leaving_breaks_it_off_and_waits_for_nothing_long(
    workplace: Workplace, parent: QWidget, visit_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(visit_folder) as visit:
        desk = workplace.desk_for(visit, parent)
        desk.begin()
        photos = [add_photo(desk, tmp_path, 4000 + n) for n in range(3)]
        qtbot.waitUntil(lambda: bool(desk.printed_pictures.jobs.running), timeout=20_000)
        desk.leave()
        assert not desk.printed_pictures.jobs.running
        assert not all(has(desk, photo) for photo in photos)
