"""The words of the window that could not be put on the disk: held, told, and tried again until they are.

words = UnsavedWords(visit)
words.hold(box)              what stands in a `Box` is on no disk
words.let_go(box)            they are on the disk, or no longer wanted
words.try_again()            all of them; also every few seconds by itself. True when none is left
words.why                    briefly, e.g. “disk full”; empty when nothing is held
words.as_text()              for a file elsewhere
changed                      tells when `why` may differ
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal

_AGAIN = 3000  # milliseconds
_OTHERWISE = "not possible now"


class Box(Protocol):
    """Where the words stand."""

    @property
    def name(self) -> str: ...

    @property
    def words(self) -> str: ...

    def try_again(self) -> bool: ...


class UnsavedWords(QObject):
    changed = Signal()

    def __init__(self, visit: OpenVisit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._visit = visit
        self._boxes: dict[int, Box] = {}
        self._last: Refusal | None = None
        self.trying = False
        """While it is true a refusal is not told again."""
        self.given_up = False
        """Whether those held last went elsewhere, not onto the disk."""
        self._clock = QTimer(self)
        self._clock.setInterval(_AGAIN)
        self._clock.timeout.connect(self.try_again)

    @property
    def any(self) -> bool:
        self._drop_the_gone()
        return bool(self._boxes or self._visit.unwritten)

    @property
    def why(self) -> str:
        if not self.any:
            return ""
        return (self._last.brief if self._last else "") or _OTHERWISE

    @property
    def sentence(self) -> str:
        return self._last.sentence if self._last and self.any else ""

    def holds(self, box: Box) -> bool:
        return id(box) in self._boxes

    def refused(self, refusal: Refusal) -> None:
        """The newest reason why nothing can be saved."""
        self._last = refusal
        if self._visit.unwritten:
            self._clock.start()

    def hold(self, box: Box) -> None:
        self._boxes[id(box)] = box
        self.given_up = False
        self._clock.start()
        self.changed.emit()

    def let_go(self, box: Box) -> None:
        if self._boxes.pop(id(box), None) is not None:
            self._settle()

    @contextmanager
    def quietly(self, box: Box) -> Iterator[None]:
        """What is held already and refused once more is not told once more."""
        before, self.trying = self.trying, self.trying or self.holds(box)
        try:
            yield
        finally:
            self.trying = before

    def try_again(self) -> bool:
        if self.trying or not self.any:
            return not self.any
        self.trying = True
        try:
            self._visit.write_unwritten()
            for key, box in list(self._boxes.items()):
                if not box.try_again():
                    break
                self._boxes.pop(key, None)
        except Refusal as refusal:
            self._last = refusal
        finally:
            self.trying = False
        self._settle()
        return not self.any

    def rest(self) -> None:
        """Before the visit is closed."""
        self._clock.stop()

    def give_up(self) -> None:
        """They were saved elsewhere, or the person lets them go."""
        self._boxes.clear()
        self.given_up = True
        self._visit.unwritten.clear()
        self._settle()

    def _drop_the_gone(self) -> None:
        """A box that was taken off the screen; what it could not write the visit holds as unwritten."""
        self._boxes = {key: box for key, box in self._boxes.items() if isValid(box)}

    def _settle(self) -> None:
        if not self.any:
            self._clock.stop()
        self.changed.emit()

    def as_text(self) -> str:
        """Every word that is on no disk, each under the name of its box."""
        self._drop_the_gone()
        held = {box.words.strip(): box.name for box in self._boxes.values()}
        for words in self._visit.unwritten_words():
            held.setdefault(words.strip(), "Words")
        return "\n\n".join(f"{name}\n{words}" for words, name in held.items() if words) + "\n"
