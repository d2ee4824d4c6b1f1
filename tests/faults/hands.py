"""A person at the window: acts by keys and mouse on the real screens, drawn by chance, each a few steps long.

An act is a generator of pauses in milliseconds; between two steps the window's own event loop runs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from qsin_desktop.actions.checking import back_up
from qsin_desktop.ui.commands import takes_typing
from qsin_desktop.ui.main_window import MainWindow
from qsin_desktop.ui.messages import BUG_SENTENCE
from qsin_desktop.ui.places import SCREENS
from tests.faults.telling import tell
from tests.faults.visits import Laptop
from tests.ui.hands import click, press

Act = Iterator[int]
WORDS = (
    *("two", "sites", "keep", "no", "list", "of", "their", "phantoms", "and", "the", "plan", "names"),
    *("nobody", "who", "would", "mend", "it", "naïve", "€", "seen", "on", "Tuesday", "at", "Harbour"),
)


class Person:
    """Works in `window`; `files` may be attached. `word` is said in no two boxes.

    `first` names a long act (one of `LONG`) that is soon done, and then again and again, to its end.
    """

    def __init__(
        self,
        window: MainWindow,
        laptop: Laptop,
        files: Sequence[Path],
        dice: random.Random,
        first: str = "",
    ) -> None:
        assert window.frame is not None
        self._first = first
        self.window, self.laptop, self.files, self.dice = window, laptop, files, dice
        self.frame = window.frame
        self.desk = window.frame.desk
        self._boxes = 0
        self._exports = 0
        self._chosen = files[0]
        self._output = laptop.outputs
        asking: Any = window.workplace.asking
        asking.files = lambda *_args, **_more: (self._chosen,)  # the system's dialogs are not driven
        asking.save_as = lambda *_args, **_more: self._output

    def work(self) -> Act:
        """Without end."""
        while True:
            for _ in range(self.dice.randrange(4)):
                yield from self._any()()
                yield self.dice.randrange(5, 60)
            if self._first:
                yield from self._to_the_end(self._first)

    def _to_the_end(self, what: str) -> Act:
        yield from self._until_idle()
        yield from LONG[what](self)
        yield from self._until_idle()
        tell("ends", what=what)

    def _until_idle(self) -> Act:
        while self.desk.jobs.running or self.desk.exchanges.running:
            yield 5

    def _any(self) -> Callable[[], Act]:
        acts = [
            (5, self.rate),
            (4, self.rate_with_reason),
            (5, self.write_note),
            (2, self.write_without_pause),
            (3, self.raise_finding),
            (2, self.state_facts),
            (2, self.conclude),
            (2, self.flag),
            (3, self.undo),
            (1, self.redo),
            (3, self.attach),
            (1, self.see),
            (2, self.export),
            (1, self.exchange),
            (1, self.back_up),
        ]
        return self.dice.choices([act for _, act in acts], [weight for weight, _ in acts])[0]

    @property
    def screen(self) -> Any:
        return self.frame.screen

    # ---- judging ------------------------------------------------------------------------------------

    def rate(self) -> Act:
        if not (yield from self._to_a_criterion()):
            return
        press(self.dice.choice("123"), self.screen)
        yield 30
        yield from self._leave_box()

    def rate_with_reason(self) -> Act:
        if not (yield from self._to_a_criterion()):
            return
        press(self.dice.choice("23"), self.screen)
        yield 20
        press("Ctrl+R", self.screen)
        yield from self._type(self.dice.randrange(2, 9))
        yield from self._linger()

    def write_note(self) -> Act:
        if not (yield from self._to_a_criterion()):
            return
        press(self.dice.choice("DIOA"), self.screen)
        yield from self._type(self.dice.randrange(2, 14))
        yield from self._linger()

    def write_without_pause(self) -> Act:
        """Longer than any pause would be waited for."""
        if not (yield from self._to_a_criterion()):
            return
        press("D", self.screen)
        yield from self._type(30, pause=(25, 60))

    def flag(self) -> Act:
        if not (yield from self._to_a_criterion()):
            return
        press("G", self.screen)
        yield from self._type(3)
        yield from self._linger()

    # ---- other screens ------------------------------------------------------------------------------

    def raise_finding(self) -> Act:
        if not (yield from self._to_a_criterion()):
            return
        press("F", self.screen)
        for _ in range(self.dice.randrange(1, 4)):
            yield from self._type(self.dice.randrange(2, 8))
            if QApplication.focusWidget() is None:  # an undo may have closed the form
                return
            press("Tab")
            yield 10
        yield from self._linger()

    def state_facts(self) -> Act:
        if not (yield from self._to_screen(1)):
            return
        self.screen.facts.box(self.dice.choice(("client", "scope", "objectives"))).setFocus()
        yield from self._type(self.dice.randrange(2, 8))
        yield from self._linger()

    def conclude(self) -> Act:
        if not (yield from self._to_screen(6)):
            return
        self.screen.words.boxes[self.dice.choice(("summary", "conclusion"))].setFocus()
        yield from self._type(self.dice.randrange(2, 12))
        yield from self._linger()

    # ---- the rest -----------------------------------------------------------------------------------

    def undo(self) -> Act:
        for _ in range(self.dice.randrange(1, 5)):
            press("Ctrl+Z", self.window)
            yield 15

    def redo(self) -> Act:
        press("Ctrl+Y", self.window)
        yield 15

    def attach(self) -> Act:
        if not (yield from self._to_a_criterion()):
            return
        self._chosen = self.dice.choice(self.files)
        tell("begins", what="attaching")
        press("E", self.screen)
        yield self.dice.randrange(10, 300)

    def see(self) -> Act:
        """Records a document that was seen and not copied, in the page for it."""
        if not (yield from self._to_a_criterion()):
            return
        press("S", self.screen)
        yield 20
        page = QApplication.activeModalWidget()
        if page is not None:
            QTest.keyClicks(page.focusWidget(), "Register of phantoms")
            press("Return")
            yield 30
            if (page := QApplication.activeModalWidget()) is not None:
                press("Escape", page)

    def export(self) -> Act:
        if not (yield from self._to_screen(6)):
            return
        self._exports += 1
        kind = self.dice.choice(("report", "workbook"))
        ending = "pdf" if kind == "report" else "xlsx"
        self._output = self.laptop.outputs / f"{kind} {self.dice.choice(('', self._exports))}.{ending}"
        tell("begins", what="exporting")
        click(getattr(self.screen.hand_over, kind))
        yield self.dice.randrange(10, 900)

    def exchange(self) -> Act:
        tell("begins", what="exchanging")
        self.desk.exchanges.meet(self.laptop.stick)
        yield self.dice.randrange(10, 300)

    def back_up(self) -> Act:
        tell("begins", what="backing up")
        visit = self.desk.visit
        self.desk.jobs.run("Backing up", lambda _r, _c: back_up(visit), done=_nothing, refused=_nothing)
        yield self.dice.randrange(5, 200)

    # ---- parts --------------------------------------------------------------------------------------

    def _to_screen(self, number: int) -> Generator[int, None, bool]:
        """Whether it is shown: a question that is open keeps the window until it is answered."""
        while (page := QApplication.activeModalWidget() or QApplication.activePopupWidget()) is not None:
            press("Escape", page)
            yield 20
        if QApplication.activeWindow() is None:  # without a screen nobody gives a closed page's keys back
            self.window.activateWindow()
            yield 20
        press(f"Ctrl+{number}", self.window)
        yield 10
        return bool(self.frame.rail.value == SCREENS[number - 1])

    def _to_a_criterion(self) -> Generator[int, None, bool]:
        if not (yield from self._to_screen(2)):
            return False
        self.screen.take_focus()
        for _ in range(self.dice.randrange(1, 4)):
            press(self.dice.choice(("Down", "Down", "Up", "Right")), self.screen)
            yield 5
        return True

    def _type(self, words: int, pause: tuple[int, int] = (2, 25)) -> Act:
        """Where the cursor is, if it is in a box; each key is told with all that then stands in the box."""
        box = QApplication.focusWidget()
        if not isinstance(box, QTextEdit | QLineEdit) or box.isReadOnly():
            return
        self._boxes += 1
        name = f"box {self._boxes}"
        before = _text(box)
        for sign in self._sentence(words, after=before):
            if QApplication.focusWidget() is not box:
                return
            if ord(sign) < 128:
                QTest.keyClicks(box, sign)
            else:
                _insert(box, sign)
            tell("typed", box=name, text=_text(box))
            yield self.dice.randrange(*pause)

    def _sentence(self, words: int, after: str) -> str:
        """Begins with a word that is said nowhere else."""
        unique = f"{self.dice.getrandbits(40):x}"
        gap = " " if after else ""
        return gap + " ".join((unique, *(self.dice.choice(WORDS) for _ in range(words))))

    def _linger(self) -> Act:
        """Sometimes the box is left at once, sometimes the person thinks."""
        way = self.dice.random()
        if way < 0.4:
            yield self.dice.randrange(50, 1400)
        if way < 0.8:
            yield from self._leave_box()

    def _leave_box(self) -> Act:
        if takes_typing(QApplication.focusWidget()):
            press("Escape")
            yield 5


LONG: dict[str, Callable[[Person], Act]] = {
    "attaching": Person.attach,
    "exporting": Person.export,
    "exchanging": Person.exchange,
    "backing up": Person.back_up,
}


def _nothing(_: object) -> None:
    pass


def _text(box: QTextEdit | QLineEdit) -> str:
    return box.toPlainText() if isinstance(box, QTextEdit) else box.text()


def _insert(box: QTextEdit | QLineEdit, sign: str) -> None:
    """As an input method does."""
    if isinstance(box, QTextEdit):
        box.insertPlainText(sign)
    else:
        box.insert(sign)


def watch_messages(window: MainWindow, kill_on_bug: Callable[[str], object]) -> None:
    """Whatever the window tells its user is told here too; a fault of ours ends the round."""
    tell_user = window.workplace.messages.tell

    def told(notice: Any) -> None:
        tell("message", text=notice.text)
        if notice.text == BUG_SENTENCE:
            kill_on_bug(notice.text)
        tell_user(notice)

    window.workplace.messages.tell = told  # type: ignore[method-assign]


def activated(widget: QWidget) -> bool:
    widget.activateWindow()
    return bool(QTest.qWaitForWindowActive(widget))
