"""A damaged visit: what is affected, what is safe, what a repair does; then the repair and its outcome."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.backing_up import second_places
from qsin_desktop.actions.library import identity_for
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.putting_right import PutRight, put_right
from qsin_desktop.actions.repairing import Account, look_over
from qsin_desktop.actions.unlocking import Identity
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.dialogs.long_page import LongPage
from qsin_desktop.ui.workplace import Workplace

_EXHIBITS = (
    "A repair looks for another whole copy of each damaged exhibit, in the backups too, and moves what is "
    "damaged into the visit's folder “damaged”."
)


class RepairPage(LongPage):
    """`open_asked` comes when the repaired visit is to be opened; looks over the visit once it is shown."""

    open_asked = Signal()

    def __init__(
        self,
        workplace: Workplace,
        identity: Identity,
        path: Path,
        sentence: str,
        unlocking: Unlocking,
        parent: QWidget,
    ) -> None:
        title = f"Repair “{path.name.removesuffix('.qsin')}”"
        super().__init__(title, sentence, workplace.jobs, parent)
        self._path, self._identity = path, identity_for(path, identity)
        self._more = second_places(workplace.settings.second_backups_folder)
        self._look(unlocking)

    def _look(self, unlocking: Unlocking) -> None:
        self.work(
            "Looking what is affected and what is safe",
            lambda _report, _is_cancelled: look_over(
                self._path, unlocking, more=self._more, home=self._identity.home
            ),
            lambda account: self._looked(account, unlocking),
            key=self._look,
        )

    def _looked(self, account: Account, unlocking: Unlocking) -> None:
        self.clear()
        if not account.affected:
            self.tell(Tone.MET, "The journal, its keys and the backups are whole", [_EXHIBITS])
            self.offer("Repair", lambda: self._repair(unlocking))
            return
        self.tell(Tone.NOT_MET, "What is affected", account.affected)
        self.tell(Tone.MET, "What is safe", account.safe)
        self.tell(Tone.ACCENT, "What a repair does", account.steps)
        self.offer("Repair", lambda: self._repair(unlocking))

    def _repair(self, unlocking: Unlocking) -> None:
        self.work(
            "Repairing the visit",
            lambda report, is_cancelled: put_right(
                self._path,
                identity=self._identity,
                unlocking=unlocking,
                more=self._more,
                progress=report,
                cancelled=is_cancelled,
            ),
            self._repaired,
            key=self._repair,
        )

    def _repaired(self, put: PutRight) -> None:
        self.clear()
        sound = put.result.sound and not (put.repaired.entries_missing or put.repaired.texts_lost)
        title = "The visit is repaired" if sound else "Repaired, except what is named here"
        self.tell(Tone.MET if sound else Tone.PARTLY, title, put.lines)
        self.offer("Open the visit", self._open)

    def _open(self) -> None:
        self.accept()
        self.open_asked.emit()
