from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.settings import Settings, SettingsFile, default_library, home_folder, settings_from

KEPT = Settings(
    library="/visits/Größe",
    theme="dark",
    last_folders={"attach": "/photos"},
    recent_visits=("/visits/a.qsin", "/visits/b.qsin"),
).with_geometry(b"\x01\xd9\xd0\xcb")

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    home = SettingsFile(tmp_path / "new" / "home")
    assert home.save(KEPT)
    assert SettingsFile(tmp_path / "new" / "home").load() == KEPT
    assert KEPT.geometry_bytes == b"\x01\xd9\xd0\xcb"


def test_nothing_is_left_aside(tmp_path: Path) -> None:
    SettingsFile(tmp_path).save(KEPT)
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_stand(tmp_path: Path) -> None:
    assert SettingsFile(tmp_path / "none").load() == Settings()


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"theme": "dark"', b"[" * 100_000]
)
def test_a_damaged_file_is_set_aside_and_kept(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(damage)
    assert SettingsFile(tmp_path).load() == Settings()
    assert (tmp_path / "settings.json.damaged").read_bytes() == damage
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.logs_warnings
def test_a_folder_in_the_file_s_place_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    home = SettingsFile(tmp_path)
    assert home.load() == Settings()
    assert home.save(KEPT) is False
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.logs_warnings
def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = SettingsFile(tmp_path)
    home.save(KEPT)

    def disk_full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    assert home.save(Settings(theme="light")) is False
    assert home.load() == KEPT


@pytest.mark.parametrize(
    ("given_value", "kept"),
    [
        ({"theme": "pink", "library": "/v"}, Settings(library="/v")),
        ({"theme": ["dark"], "library": 7}, Settings()),
        ({"recent_visits": ["/a", 5, "", "/b"]}, Settings(recent_visits=("/a", "/b"))),
        ({"last_folders": {"open": "/o", "attach": 3}}, Settings(last_folders={"open": "/o"})),
        ({"last_folders": "none", "from_next_year": 1}, Settings()),
    ],
)
def test_single_unusable_values_are_left_out(given_value: dict[str, Any], kept: Settings) -> None:
    assert settings_from(given_value) == kept


@given(st.dictionaries(st.sampled_from([*Settings.__dataclass_fields__, "other"]), anything))
def test_any_object_can_be_read_and_written_again(given_value: dict[str, Any]) -> None:
    read = settings_from(given_value)
    assert isinstance(read.geometry_bytes, bytes)
    again = json.loads(json.dumps(asdict(read)))
    assert settings_from(again) == read


def test_recent_visits_are_newest_first_without_repetition() -> None:
    visited = Settings()
    for name in ("a", "b", "a", *map(str, range(20))):
        visited = visited.with_recent(Path(name))
    assert visited.recent_visits[:2] == ("19", "18")
    assert len(visited.recent_visits) == 12
    assert "18" not in visited.without_recent(Path("18")).recent_visits


def test_a_folder_that_is_gone_is_not_offered_again(tmp_path: Path) -> None:
    kept = Settings().with_folder("export", tmp_path / "gone").with_folder("attach", tmp_path)
    assert kept.folder_for("attach", Path("x")) == tmp_path
    assert kept.folder_for("export", Path("x")) == Path("x")
    assert kept.folder_for("never", Path("x")) == Path("x")


def test_the_home_folder_is_the_one_named_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QSIN_HOME", str(tmp_path / "by variable"))
    assert home_folder(tmp_path / "by word") == tmp_path / "by word"
    assert home_folder() == tmp_path / "by variable"
    monkeypatch.setenv("QSIN_HOME", "")
    assert home_folder().name == "QSIN Desktop"


def test_a_relative_home_is_fixed_where_it_was_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert home_folder(Path("laptop b")) == tmp_path / "laptop b"


def test_visits_go_to_the_documents_folder_until_said_otherwise() -> None:
    assert Settings().library_folder == default_library()
    assert default_library().name == "QSIN visits"
    assert Settings().with_library(Path("/elsewhere")).library_folder == Path("/elsewhere")
