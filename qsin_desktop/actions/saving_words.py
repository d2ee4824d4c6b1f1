"""Put words that the visit could not take into a text file elsewhere."""

from __future__ import annotations

from pathlib import Path

from qsin_desktop.actions.outside import refuse_target
from qsin_desktop.store.durable import write_aside


def save_words(path: Path, words: str) -> None:
    """Whole or not at all; raises a disk's refusal, or `CannotWriteThere` inside a visit folder."""
    refuse_target(path)
    write_aside(path, words.encode("utf-8-sig"))
