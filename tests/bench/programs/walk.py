"""The real window on a visit, driven by key presses: each timed until it is durable and painted.

    python -m tests.bench.programs.walk VISIT PRESSES RAW.db

The places are chosen by chance, others for another name of RAW.db. Prints one JSON object: by name, lists
of [wall, CPU] seconds.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qsin_desktop.app import open_window
from qsin_desktop.domain.rating import Opinion, RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.places import Place
from tests.bench.raw_commits import RawCommits
from tests.bench.timing import Moment, Sample, clocked
from tests.bench.visits import key_file_of
from tests.ui.hands import press

_TURNS = 400  # of the event loop, before a press is given up
_SECOND_EACH = 5  # of so many ratings one is given where a colleague has judged already
_WHEN_PAINTED: list[Callable[[], None]] = []


class Painted(QObject):
    """Tells when a widget was painted and its window is on the screen: not the start of it, and no later."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.at: Moment | None = None
        self._seen = False
        self._watched: QWidget | None = None
        _WHEN_PAINTED.append(self._window_painted)

    def watch(self, widget: QWidget) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched, self._seen, self.at = widget, False, None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        self._seen = self._seen or event.type() == QEvent.Type.Paint
        return False

    def _window_painted(self) -> None:
        """All that was to be painted has been painted and handed to the system."""
        if self._seen and self.at is None:
            self.at = Moment.now()


class Presses:
    """Key presses in an open window, turn about with their floors."""

    def __init__(self, window: MainWindow, raw: RawCommits, chance: str) -> None:
        assert window.frame is not None
        self._window, self._raw = window, raw
        self._screen: Any = window.frame.screen
        self._visit = window.frame.desk.visit
        self._painted = Painted(window)
        self._chance = random.Random(chance)
        presses = ("rate", "second", "next")
        names = (*presses, *(f"{name}.settled" for name in presses), "commit", "repaint")
        self.found: dict[str, list[Sample]] = {name: [] for name in names}

    def take(self, presses: int) -> None:
        for nth in range(presses):
            self._rate("second" if nth % _SECOND_EACH == 0 else "rate")
            self.found["commit"].append(self._raw())
            self._next()
            self.found["repaint"].append(clocked(self._window.repaint))

    def _rate(self, name: str) -> None:
        """Another rating than mine that stands, at a place chosen by chance.

        `rate`: a place where nobody else has judged; `second`: where a colleague has, so that their words
        come up beside mine.
        """
        while True:
            spot = self._any_spot()
            cell, me = self._visit.record.rating(spot), self._visit.me
            others = any(opinion.by != me for opinion in cell.opinions)
            key = _key_for(cell.by(me))
            if key and others == (name == "second"):
                break
        self._go(spot)
        before = self._visit.store.tip(self._visit.identity.device).seq
        point = next(p for p in self._visit.rules.scale if p.key == key)
        self._until_painted(name, key, self._screen.middle.rating.row.button(point.id))
        if self._visit.store.tip(self._visit.identity.device).seq != before + 1:
            raise RuntimeError(f"key {key} at {spot.entity} recorded nothing")

    def _next(self) -> None:
        """From the place that was rated last."""
        self._screen.take_focus()
        code = self._screen.spot.criterion
        self._until_painted("next", "Down", self._screen.middle.head)
        if self._screen.spot.criterion == code:
            raise RuntimeError(f"the walk stayed at {code}")

    def _any_spot(self) -> RatingKey:
        """At a site; never the last criterion, so that one follows."""
        criterion = self._chance.choice(self._visit.pack.criteria[:-1])
        site = self._chance.choice(self._visit.record.sites)
        return RatingKey(criterion.code, self._chance.choice(list(Stage)), site.id)

    def _go(self, spot: RatingKey) -> None:
        self._screen.show_place(Place("walk", spot.criterion, spot.stage, spot.site))
        self._screen.take_focus()
        settle()

    def _until_painted(self, name: str, key: str, widget: QWidget) -> None:
        """One sample until `widget` is painted, one until nothing that the press left for later remains."""
        self._painted.watch(widget)
        began = Moment.now()
        press(key)
        for _ in range(_TURNS):
            QCoreApplication.processEvents()
            if self._painted.at is not None:
                break
        else:
            raise RuntimeError(f"nothing was painted after {key}")
        settle()
        self.found[name].append(self._painted.at.since(began))
        self.found[f"{name}.settled"].append(Moment.now().since(began))


def _key_for(mine: Opinion | None) -> str:
    """A key that records at once, or empty where the other ratings would ask for a reason."""
    if mine is None or mine.rating != "met":
        return "1"
    return "2" if mine.reason else ""


def settle() -> None:
    """Everything that a press left for later is done."""
    for _ in range(4):
        QCoreApplication.processEvents()


def measured(visit: Path, presses: int, raw: Path) -> None:
    """Open the program's own window on `visit`; the presses begin when the visit is shown."""
    show = MainWindow._show_visit

    def shown(self: MainWindow, opened: Any) -> None:
        QTimer.singleShot(0, lambda: _take_and_end(self, presses, raw))
        show(self, opened)

    MainWindow._show_visit = shown  # type: ignore[assignment, method-assign]
    MainWindow.event = _handled  # type: ignore[method-assign, assignment]
    open_window(visit=visit, key_file=key_file_of(visit))


def _handled(self: MainWindow, event: QEvent) -> bool:
    """Qt's own, which paints all that is to be painted on a request to update; then says that it did."""
    taken = QWidget.event(self, event)
    if event.type() == QEvent.Type.UpdateRequest:
        for tell in _WHEN_PAINTED:
            tell()
    return taken


def _take_and_end(window: MainWindow, presses: int, raw: Path) -> None:
    window.resize(1366, 768)
    window.activateWindow()
    if not QTest.qWaitForWindowActive(window):
        sys.stderr.write("the window did not become active\n")
        os._exit(1)
    with RawCommits(raw) as commits:
        taking = Presses(window, commits, raw.name)
        _or_end(lambda: taking.take(presses))
    sys.stdout.write(json.dumps(taking.found))
    window.close()
    QApplication.quit()


def _or_end(act: Callable[[], None]) -> None:
    """A fault must end this process: the window itself would tell it and go on."""
    try:
        act()
    except Exception:  # noqa: BLE001  (told, and the end of the process)
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    measured(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
