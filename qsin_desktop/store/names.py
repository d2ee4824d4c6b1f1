"""File and folder names that every system takes, from whatever a person, a camera or another laptop wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Final

from qsin_desktop.domain.joiners import JOINERS

NAME_BYTES: Final = 120
VISIT_SUFFIX: Final = ".qsin"

_SUFFIX_BYTES: Final = 16
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_SPACES: Final = re.compile(r"\s+")
# Joiners shape words in some scripts and hold emoji together; every other invisible character goes.
_TRIMMED: Final = " ." + JOINERS
# The names of Windows devices, with superscript digits too, stay reserved whatever follows the first dot.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)


def safe_name(name: str, *, limit: int = NAME_BYTES, otherwise: str = "file") -> str:
    """`name` made fit for every file system: at most `limit` bytes of UTF-8, its ending kept.

    Separators and signs that some system forbids become “_”; control and direction marks go; a name of a
    Windows device gets a “_” in front; a name with nothing left becomes `otherwise`.
    """
    cleaned = _without_invisible(unicodedata.normalize("NFC", name))
    cleaned = _SPACES.sub(" ", _FORBIDDEN.sub("_", unicodedata.normalize("NFC", cleaned))).strip(_TRIMMED)
    return _shortened(_not_a_device(cleaned or otherwise), limit)


def visit_folder_name(title: str) -> str:
    """The name of a new visit's folder, e.g. “Greater Wessex 2026.qsin”."""
    stem = title.strip()
    if stem.lower().endswith(VISIT_SUFFIX):
        stem = stem[: -len(VISIT_SUFFIX)]
    return safe_name(stem, limit=NAME_BYTES - len(VISIT_SUFFIX), otherwise="Visit") + VISIT_SUFFIX


def visit_title(folder: Path) -> str:
    """The name of a visit's folder as a person says it."""
    return folder.name.removesuffix(VISIT_SUFFIX) or str(folder)


def distinct_name(name: str, taken: Collection[str]) -> str:
    """`name` made safe, with “ (2)”, “ (3)” and so on before its ending while it is taken."""
    folded = {_folded(each) for each in taken}
    safe = candidate = safe_name(name)
    number = 2
    while _folded(candidate) in folded:
        mark = f" ({number})"
        stem, suffix = _split(_shortened(safe, NAME_BYTES - len(mark)))
        candidate = stem + mark + suffix
        number += 1
    return candidate


def _without_invisible(name: str) -> str:
    return "".join(
        " " if character.isspace() else character
        for character in name
        if character.isspace() or character in JOINERS or not unicodedata.category(character).startswith("C")
    )


def _not_a_device(name: str) -> str:
    return "_" + name if name.partition(".")[0].rstrip().lower() in _DEVICES else name


def _shortened(name: str, limit: int) -> str:
    if len(name.encode()) <= limit:
        return name
    stem, suffix = _split(name)
    room = limit - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(_TRIMMED) + suffix


def _split(name: str) -> tuple[str, str]:
    """Stem and ending with its dot; a long or spaced “ending” is part of the stem."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) >= _SUFFIX_BYTES or " " in ending:
        return name, ""
    return stem, dot + ending


def _folded(name: str) -> str:
    """Windows and macOS see no difference between capital and small, nor between composed and not."""
    return unicodedata.normalize("NFD", name).casefold()
