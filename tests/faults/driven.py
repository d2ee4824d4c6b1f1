"""The real window on a visit, worked in by chance until somebody ends the process.

    python -m tests.faults.driven [--first ACT] LAPTOP SEED FILE...

LAPTOP is a folder as `tests.faults.visits` makes it; each FILE may be attached; ACT is a long one of those in
hands.py and comes soon. Tells on standard output what telling.py describes. Ends by itself, with code 3, only
when the program shows a fault of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from qsin_desktop.app import open_window
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.ui.main_window import MainWindow
from tests.faults.hands import LONG, Person, activated, watch_messages
from tests.faults.telling import start_beating, tell
from tests.faults.visits import Laptop

FAULTY = 3


class Driving(QObject):
    """Takes one step of the work after another, each from the window's own event loop."""

    def __init__(self, window: MainWindow, work: Iterator[int]) -> None:
        super().__init__(window)
        self._work = work
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._step)
        self._clock.start(0)

    def _step(self) -> None:
        try:
            pause = next(self._work)
        except Exception:  # noqa: BLE001  (the window would only show a message and go on)
            end("the hands stumbled:\n" + traceback.format_exc())
        self._clock.start(pause)


def end(why: str) -> None:
    tell("fault", text=why)
    os._exit(FAULTY)


def drive(laptop: Laptop, seed: int, files: list[Path], first: str = "") -> None:
    show = MainWindow._show_visit

    def shown(self: MainWindow, visit: Any) -> None:
        show(self, visit)
        QTimer.singleShot(0, lambda: _begin(self, laptop, seed, files, first))

    MainWindow._show_visit = shown  # type: ignore[method-assign]
    open_window(visit=laptop.visit, key_file=laptop.key_file, home=laptop.home)


def _begin(window: MainWindow, laptop: Laptop, seed: int, files: list[Path], first: str) -> None:
    if not activated(window):
        end("the window did not become active")
    assert window.frame is not None
    watch_messages(window, end)
    desk = window.frame.desk
    desk.saved.connect(lambda _at: _saved(desk.visit))
    desk.feed.changed.connect(lambda change, _origin: _made(desk.record, change))
    tell("shown")
    Driving(window, Person(window, laptop, files, random.Random(seed), first).work())


def _saved(visit: Any) -> None:
    """The window shows that all is on the disk."""
    tip = visit.store.tip(visit.identity.device)
    tell("saved", device=visit.identity.device, seq=tip.seq, chain=tip.chain_hash)


def _made(record: VisitRecord, change: Change) -> None:
    """A document that the journal knows of was shown as made."""
    for key in change.keys:
        for made in record.standing(key) if key.type == "export" else ():
            tell("made", file=made.value["file"], sha256=made.value["sha256"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", choices=LONG, default="")
    parser.add_argument("laptop", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("files", type=Path, nargs="+")
    given = parser.parse_args()
    start_beating()
    drive(Laptop(given.laptop), given.seed, given.files, given.first)
