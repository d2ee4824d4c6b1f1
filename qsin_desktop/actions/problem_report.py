"""“Report a problem”: one plain text that a person reads before they send it. Nothing is sent by the program.

It says what was running, how it was set and what went wrong, and nothing of any visit's content: no names of
people, networks, sites or files, no paths with a user's name in them.
"""

from __future__ import annotations

import getpass
import json
import locale
import os
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Final

from qsin_desktop import __version__
from qsin_desktop.actions.checking import CheckResult
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.store.durable import write_aside
from qsin_desktop.store.tables import SCHEMA_VERSION

FILE_NAME: Final = "QSIN Desktop problem report.txt"
_LOG_LINES: Final = 400
_PARTS: Final = (
    *("PySide6", "SQLAlchemy", "sqlcipher3", "cryptography", "argon2-cffi", "keyring", "filelock"),
    *("reportlab", "openpyxl", "pikepdf", "pypdfium2", "pillow", "pyhanko", "pyrage"),
)
_SAFE_SETTINGS: Final = frozenset({"theme"})  # those whose value tells nothing of a person


@dataclass(frozen=True)
class Surroundings:
    """What only the caller knows: home, the names of the logs in it, lines of its own, e.g. of screens."""

    home: Path
    log_name: str
    crash_name: str
    settings_name: str = "settings.json"
    lines: Sequence[str] = field(default_factory=tuple)


def problem_report(
    where: Surroundings, visit: OpenVisit | None = None, checked: CheckResult | None = None
) -> str:
    """The text, in sections."""
    sections = [
        ("About this file", _about()),
        ("The program", _program()),
        ("The computer", [*_computer(), *where.lines]),
        ("Settings", _settings(where)),
        ("The visit that is open", _visit(visit, checked)),
        ("The end of the log", _log(where)),
        ("Where the program stopped, if it did", _stops(where)),
    ]
    text = "\n\n".join(
        f"{title}\n{'-' * len(title)}\n" + "\n".join(lines or ["nothing"]) for title, lines in sections
    )
    return _without_persons(text, where.home) + "\n"


def write_report(text: str, path: Path) -> None:
    """To a file of the person's choice. Raises `CannotWriteThere` or a disk's refusal."""
    refuse_target(path)
    write_aside(path, text.encode())


def _about() -> list[str]:
    return [
        "Read this before you send it. Nothing is sent by the program: you decide.",
        "It holds versions, settings and kinds of faults, and nothing that anybody wrote in a visit:",
        "no names and no evidence.",
    ]


def _program() -> list[str]:
    made = "as one program" if getattr(sys, "frozen", False) else "with its own Python"
    lines = [f"QSIN Desktop {__version__}, {made}", f"Visit format {SCHEMA_VERSION}"]
    lines.append(f"Python {platform.python_version()} ({platform.python_implementation()})")
    for part in _PARTS:
        with suppress(metadata.PackageNotFoundError):
            lines.append(f"{part} {metadata.version(part)}")
    return lines


def _computer() -> list[str]:
    language, alphabet = locale.getlocale()
    return [
        f"{platform.system()} {platform.release()} ({platform.version()}), {platform.machine()}",
        f"{os.cpu_count()} processors, language {language or 'C'}, alphabet {alphabet or 'unknown'}",
    ]


def _settings(where: Surroundings) -> list[str]:
    try:
        given = json.loads((where.home / where.settings_name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ["as they come"]
    except (OSError, ValueError, RecursionError):
        return ["not readable"]
    if not isinstance(given, dict):
        return ["not readable"]
    return [f"{name}: {_said(name, value)}" for name, value in sorted(given.items()) if _is_plain(name)]


def _is_plain(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(r"[a-z_]{1,40}", name) is not None


def _said(name: str, value: object) -> str:
    """Paths and names are counted, not told."""
    if name in _SAFE_SETTINGS and isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, list | dict):
        return f"{len(value)} kept"
    return "set" if value else "not set"


def _visit(visit: OpenVisit | None, checked: CheckResult | None) -> list[str]:
    if visit is None:
        return ["none"]
    record, store = visit.record, visit.store
    size = visit.folder.database.stat().st_size if visit.folder.database.is_file() else 0
    lines = [
        f"Visit format {store.file.version}, {size:,} bytes",
        f"{store.entry_count():,} entries of {len(store.tips)} laptops, {len(store.purges)} purges",
        f"{len(record.sites)} sites, {len(record.people)} people",
        f"{len(record.exhibits())} exhibits, {len(record.findings())} findings",
        f"{len(record.conflicts)} disagreements",
        "for reading only" if visit.read_only else "for work",
        "sealed" if record.seal else "not sealed",
        "encrypted" if visit.protected else "an example with a key file",
        "this laptop is confirmed" if visit.confirmed else "this laptop is not confirmed",
    ]
    return lines + (_checked(checked) if checked else ["not checked"])


def _checked(result: CheckResult) -> list[str]:
    return [
        f"Database {'whole' if result.file_sound else 'damaged'}",
        f"Trail {'intact' if result.trail.intact else f'broken at entry {result.trail.seq}'}",
        f"Tables {'as the journal says' if result.projection_sound else 'not as the journal says'}",
        f"Exhibits {result.exhibits - len(result.faults)} of {result.exhibits} whole",
        f"Waiting entries {result.waiting}, of a newer version {result.unknown}",
    ]


def _log(where: Surroundings) -> list[str]:
    return _tail(where.home / where.log_name)


def _stops(where: Surroundings) -> list[str]:
    return _tail(where.home / where.crash_name)


def _tail(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 200 * 1024))
            return file.read().decode("utf-8", "replace").splitlines()[-_LOG_LINES:]
    except OSError:
        return []


def _without_persons(text: str, home: Path) -> str:
    """Folders and names of whoever sits here, wherever they stand."""
    for found, instead in _persons(home):
        if len(found) >= 3:  # shorter ones are parts of words
            text = re.sub(re.escape(found), instead, text, flags=re.IGNORECASE)
    return text


def _persons(home: Path) -> Iterable[tuple[str, str]]:
    for path, instead in ((home, "(home of the program)"), (Path.home(), "~")):
        yield str(path), instead
        yield path.as_posix(), instead
    with suppress(Exception):  # no name at all in some services
        yield getpass.getuser(), "(user)"
    yield platform.node(), "(computer)"
