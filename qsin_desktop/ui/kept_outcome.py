"""The last exchange as it is kept in the visit, and read again by the next start of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from qsin_desktop.actions.last_exchange import keep_last_exchange, kept_last_exchange
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.ui.exchange_outcome import How, Outcome, PersonLine

_MOST = 200  # of lines and sentences; a folder of a thousand damaged files needs no more


def keep_outcome(visit: OpenVisit, outcome: Outcome) -> None:
    held = asdict(outcome) | {
        "how": outcome.how.name,
        "path": str(outcome.path),
        "at": outcome.at.isoformat(),
    }
    keep_last_exchange(visit, {name: _bounded(part) for name, part in held.items()})


def kept_outcome(visit: OpenVisit) -> Outcome | None:
    """None where there was none, or another version kept it otherwise."""
    held = kept_last_exchange(visit)
    try:
        return _outcome(held) if held else None
    except (KeyError, TypeError, ValueError):
        return None


def _outcome(held: Mapping[str, Any]) -> Outcome:
    read: dict[str, Callable[[Any], Any]] = {
        "how": lambda name: How[name],
        "path": Path,
        "at": datetime.fromisoformat,
        "people": lambda lines: tuple(_person(line) for line in lines),
        "notes": tuple,
        "faults": tuple,
    }
    return Outcome(**{name: read.get(name, lambda part: part)(part) for name, part in held.items()})


def _person(line: Mapping[str, Any]) -> PersonLine:
    return PersonLine(**{**line, "faults": tuple(line["faults"])})


def _bounded(part: Any) -> Any:
    return part[:_MOST] if isinstance(part, list | tuple) else part
