"""A plain value together with where each part of it stands in the file that it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qsin_desktop.packs.refusals import PackError

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where something stands: a line of a text file, or the name of a sheet's row."""

    line: int | None
    sheet: str = ""  # `Criteria row 12`

    @property
    def words(self) -> str:
        """As said in a sentence: `on line 12`, `in Criteria row 12`."""
        return f"in {self.sheet}" if self.sheet else f"on line {self.line}"

    def error(self, reason: str) -> PackError:
        return PackError(self.line, f"{self.sheet}: {reason}" if self.sheet else reason)


@dataclass(frozen=True)
class Located:
    """`value` is made of dict, list, str, int, float, bool and None only."""

    value: object
    place_of: Callable[[Path], Place]

    def error(self, path: Path, reason: str) -> PackError:
        return self.place_of(path).error(reason)


def listed(value: object, name: str) -> list[object]:
    """The list under `name`, or an empty one where the shape is wrong (which the schema reports)."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def text_of(value: object, name: str) -> str:
    """The tidied text under `name`, or an empty one where the shape is wrong."""
    found = value.get(name) if isinstance(value, dict) else None
    return " ".join(found.split()) if isinstance(found, str) else ""


def folded(name: str) -> str:
    """As assessors' spellings are compared: letters and digits only, any case."""
    return "".join(ch for ch in name.casefold() if ch.isalnum())


class Once:
    """Remembers where each name stood first."""

    def __init__(self, located: Located) -> None:
        self._located = located
        self._first: dict[str, Path] = {}

    def see(self, name: str, path: Path, reason: str) -> Iterator[PackError]:
        """Yield one error, naming the first place, if the name stood somewhere before."""
        first = self._first.setdefault(name, path)
        if first != path:
            before = self._located.place_of(first).words
            yield self._located.error(path, f"{reason}; it was first used {before}.")
