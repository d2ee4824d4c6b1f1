"""Opening a visit from the window: with a key that lies ready, by its passphrase, or for reading only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.library import identity_for
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.unlocking import LockedByOther, NoKeyGiven, asks_for_passphrase
from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.ui.dialogs.page import Page, confirm
from qsin_desktop.ui.dialogs.repair import RepairPage
from qsin_desktop.ui.dialogs.restore import ask_restore
from qsin_desktop.ui.dialogs.unlock import UnlockPage
from qsin_desktop.ui.workplace import Workplace


class Opening(QObject):
    """`opened` carries the OpenVisit. What stands in the way is told through the messages or asked."""

    opened = Signal(object)

    def __init__(self, workplace: Workplace, window: QWidget) -> None:
        super().__init__(window)
        self._workplace = workplace
        self._window = window
        self._under_way: set[Path] = set()
        self.page: Page | None = None
        """The question that is being asked, for tests."""

    def repair(self, path: Path, sentence: str, unlocking: Unlocking | None = None) -> None:
        """Look over a visit that is damaged, and offer to repair it."""
        if self._workplace.identity is None:
            return
        given = unlocking or Unlocking()
        page = RepairPage(self._workplace, self._workplace.identity, path, sentence, given, self._window)
        page.open_asked.connect(lambda: self.open(path, given.key_file))
        self.page = page
        page.open()

    def restore(self, place: Path) -> None:
        """Ask which backup of those at `place`, and make the visit again from it."""
        self.page = ask_restore(self._workplace, place, self._window, self.open) or self.page

    def open(self, path: Path, key_file: Path | None = None, *, reading: bool = False) -> None:
        if self._workplace.identity is None or path in self._under_way:
            return  # asked for twice, it would find itself open elsewhere
        identity = identity_for(path, self._workplace.identity)
        job = self._workplace.jobs.run(
            f"Opening “{path.name}”",
            lambda _report, _is_cancelled: open_visit(
                path, identity=identity, unlocking=Unlocking(key_file=key_file), reading=reading
            ),
            done=self.opened.emit,
            refused=lambda refusal: self._refused(refusal, path, key_file),
        )
        self._under_way.add(path)
        job.ended.connect(lambda: self._under_way.discard(path))

    def _refused(self, refusal: Refusal, path: Path, key_file: Path | None) -> None:
        if isinstance(refusal, LockedByOther):
            self._offer_reading(refusal.sentence, lambda: self.open(path, key_file, reading=True))
        elif isinstance(refusal, NoKeyGiven) and asks_for_passphrase(path):
            self._ask_passphrase(path)
        elif isinstance(refusal, Damage):
            self.repair(path, refusal.sentence, Unlocking(key_file=key_file))
        else:
            self._workplace.messages.refused(refusal)

    def _ask_passphrase(self, path: Path) -> None:
        if self._workplace.identity is None:
            return
        identity = identity_for(path, self._workplace.identity)
        title = path.name.removesuffix(".qsin")
        page = UnlockPage(path, title, identity, self._workplace.jobs, self._window)
        page.opened.connect(self.opened)
        page.held.connect(self._offer_reading)
        page.damaged.connect(lambda sentence, key: self.repair(path, sentence, key))
        self.page = page
        page.open()

    def _offer_reading(self, sentence: str, read: Callable[[], object]) -> None:
        parent = self.page if isinstance(self.page, UnlockPage) and self.page.isVisible() else self._window
        title = "This visit is open elsewhere"
        self.page = confirm(parent, title, sentence, "Open for reading", read)
