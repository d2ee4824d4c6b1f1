"""This person's settings: a small JSON file in the home folder, which also holds identity and device key."""

from __future__ import annotations

import base64
import binascii
import json
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, Self

import platformdirs

from qsin_desktop.system.disk import flush_folder, flush_to_disk

Theme = Literal["system", "light", "dark"]

FILE_NAME: Final = "settings.json"
HOME_VARIABLE: Final = "QSIN_HOME"
_RECENT_KEPT: Final = 12
_THEMES: Final[dict[str, Theme]] = {"system": "system", "light": "light", "dark": "dark"}

log = logging.getLogger(__name__)


def home_folder(cli_value: Path | None = None) -> Path:
    """The folder of identity, device key and settings: `--home`, else `QSIN_HOME`, else the platform's."""
    named = str(cli_value) if cli_value is not None else os.environ.get(HOME_VARIABLE, "")
    if named:
        return Path(named).expanduser().absolute()
    return Path(platformdirs.user_data_dir("QSIN Desktop", appauthor=False, roaming=False))


def default_library() -> Path:
    """Where new visits go until the assessor says otherwise."""
    return Path(platformdirs.user_documents_dir()) / "QSIN visits"


@dataclass(frozen=True)
class Settings:
    """What the window remembers. Paths are kept as text; `window_geometry` is base64 of Qt's own bytes."""

    library: str = ""
    """Folder of the visits; empty means the platform's documents folder."""
    theme: Theme = "system"
    window_geometry: str = ""
    last_folders: Mapping[str, str] = field(default_factory=dict)
    """Purpose (`attach`, `export`, `open`) to the folder last used for it."""
    recent_visits: tuple[str, ...] = ()
    """Newest first."""
    team_folders: Mapping[str, str] = field(default_factory=dict)
    """Visit to the folder that it is exchanged with by itself; kept while that folder is not there."""
    last_words: Mapping[str, str] = field(default_factory=dict)
    """Purpose (`timestamp`, `token`) to what was last written for it; never a secret."""
    second_backups: str = ""
    """Folder on another disk that backups go to as well; empty for none."""
    copied_out: Mapping[str, str] = field(default_factory=dict)
    """Visit to when it was last backed up there, in ISO time; told while that disk is not connected."""

    @property
    def library_folder(self) -> Path:
        return Path(self.library) if self.library else default_library()

    @property
    def second_backups_folder(self) -> Path | None:
        return Path(self.second_backups) if self.second_backups else None

    @property
    def geometry_bytes(self) -> bytes:
        """Empty when nothing usable was kept."""
        with suppress(binascii.Error, ValueError):
            return base64.b64decode(self.window_geometry, validate=True)
        return b""

    def with_library(self, folder: Path) -> Self:
        return replace(self, library=str(folder))

    def with_second_backups(self, folder: Path | None) -> Self:
        """Nothing is known yet of what lies in another folder."""
        named = str(folder) if folder else ""
        return self if named == self.second_backups else replace(self, second_backups=named, copied_out={})

    def with_copied_out(self, visit: str, at: datetime) -> Self:
        return replace(self, copied_out={**self.copied_out, visit: at.isoformat()})

    def copied_out_at(self, visit: str) -> datetime | None:
        with suppress(ValueError):
            at = datetime.fromisoformat(self.copied_out.get(visit, ""))
            return at if at.tzinfo is not None else None
        return None

    def with_theme(self, theme: Theme) -> Self:
        return replace(self, theme=theme)

    def with_geometry(self, geometry: bytes) -> Self:
        return replace(self, window_geometry=base64.b64encode(geometry).decode("ascii"))

    def with_folder(self, purpose: str, folder: Path) -> Self:
        return replace(self, last_folders={**self.last_folders, purpose: str(folder)})

    def with_words(self, purpose: str, words: str) -> Self:
        return replace(self, last_words={**self.last_words, purpose: words})

    def with_recent(self, visit: Path) -> Self:
        """`visit` moves to the front; the oldest fall off."""
        others = tuple(path for path in self.recent_visits if path != str(visit))
        return replace(self, recent_visits=(str(visit), *others)[:_RECENT_KEPT])

    def without_recent(self, visit: Path) -> Self:
        return replace(self, recent_visits=tuple(p for p in self.recent_visits if p != str(visit)))

    def with_team_folder(self, visit: str, folder: Path | None) -> Self:
        """None: the visit is exchanged with no folder any more."""
        others = {key: kept for key, kept in self.team_folders.items() if key != visit}
        return replace(self, team_folders=others if folder is None else {**others, visit: str(folder)})

    def team_folder(self, visit: str) -> Path | None:
        kept = self.team_folders.get(visit)
        return Path(kept) if kept else None

    def folder_for(self, purpose: str, otherwise: Path) -> Path:
        """The folder last used for `purpose` while it still exists."""
        kept = self.last_folders.get(purpose)
        return Path(kept) if kept and Path(kept).is_dir() else otherwise


class SettingsFile:
    """Reads and keeps the settings of one home folder; never stands in the way of the work."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE_NAME

    def load(self) -> Settings:
        """A damaged file is set aside as `settings.json.damaged`; single unusable values are left out."""
        try:
            given = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        except OSError as fault:
            log.warning("settings not readable: %s", type(fault).__name__)
            return Settings()
        except (ValueError, RecursionError):
            return self._set_aside()
        return settings_from(given) if isinstance(given, dict) else self._set_aside()

    def save(self, settings: Settings) -> bool:
        """Written aside, flushed, put in place. False when the folder cannot be written."""
        text = json.dumps(asdict(settings), indent=2, ensure_ascii=False) + "\n"
        aside = self.path.with_name(f"{FILE_NAME}.{os.getpid()}.new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _write_through(aside, text)
            aside.replace(self.path)
            flush_folder(self.path.parent)
        except OSError as fault:
            log.warning("settings not saved: %s", type(fault).__name__)
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            return False
        return True

    def _set_aside(self) -> Settings:
        log.warning("settings damaged; set aside")
        with suppress(OSError):
            self.path.replace(self.path.with_name(f"{FILE_NAME}.damaged"))
        return Settings()


def settings_from(given: Mapping[str, Any]) -> Settings:
    """Take what has the right type; defaults stand for the rest; unknown names are passed over."""
    return Settings(
        library=_text(given.get("library")),
        theme=_THEMES.get(_text(given.get("theme")), "system"),
        window_geometry=_text(given.get("window_geometry")),
        last_folders=_texts_by_name(given.get("last_folders")),
        recent_visits=_texts(given.get("recent_visits"))[:_RECENT_KEPT],
        team_folders=_texts_by_name(given.get("team_folders")),
        last_words=_texts_by_name(given.get("last_words")),
        second_backups=_text(given.get("second_backups")),
        copied_out=_texts_by_name(given.get("copied_out")),
    )


def _text(given: object) -> str:
    return given if isinstance(given, str) and "\0" not in given else ""


def _texts(given: object) -> tuple[str, ...]:
    return tuple(text for text in map(_text, given) if text) if isinstance(given, list) else ()


def _texts_by_name(given: object) -> dict[str, str]:
    pairs = given.items() if isinstance(given, dict) else ()
    return {str(name): _text(value) for name, value in pairs if _text(value)}


def _write_through(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(text)
        out.flush()
        flush_to_disk(out.fileno())
