"""A visit made again from one of its backups, in a new folder: which one, under which name, the making."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from qsin_desktop.actions.library import identity_for
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.repair_words import moment
from qsin_desktop.actions.restoring import (
    Backup,
    BackupBroken,
    BackupInside,
    Restored,
    backups_at,
    looked_into,
    place_to_restore,
    restore,
)
from qsin_desktop.actions.unlocking import Identity
from qsin_desktop.background.jobs import IsCancelled, Report
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.dialogs.long_page import LongPage
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.words import count, path_in_words, size_in_words
from qsin_desktop.ui.workplace import Workplace

_SENTENCE = (
    "A new folder is made from the backup you choose, with the exhibits that lie beside it. What is there "
    "already is not touched."
)


class RestorePage(LongPage):
    """`place` is a visit's folder, one of backups, or a backup. `open_asked` carries the new folder."""

    open_asked = Signal(object)

    def __init__(self, workplace: Workplace, identity: Identity, place: Path, parent: QWidget) -> None:
        super().__init__("Restore from a backup", _SENTENCE, workplace.jobs, parent)
        self._workplace, self._own, self._place = workplace, identity, place
        self._key = Unlocking()
        self._inside: dict[Path, str] = {}
        self.list = QListWidget(self)
        self.list.setAccessibleName("Backups, the newest first")
        self.list.setMinimumHeight(look_of().px(190))
        self.list.setProperty("rows", True)
        self.name = QLineEdit(self)
        self.name_field = Field("Name of the new folder", self.name, parent=self)
        for at, widget in enumerate((self.list, self.name_field)):
            self.body.insertWidget(at, widget)
        self._show_choice(False)
        self.work("Looking for backups", lambda _report, _stop: backups_at(place), self._found)

    def _show_choice(self, shown: bool) -> None:
        for widget in (self.list, self.name_field):
            widget.setVisible(shown)

    # ---- which ---------------------------------------------------------------------------------------

    def _found(self, backups: tuple[Backup, ...]) -> None:
        for backup in backups:
            item = QListWidgetItem(_words(backup, "…"), self.list)
            item.setData(_BACKUP, backup)
            item.setSizeHint(QSize(0, look_of().px(34)))
        self.list.setCurrentRow(0)
        target = place_to_restore(self._workplace.settings.library_folder, backups[0].path)
        self.name.setText(target.name)
        self.name_field.set_hint(f"In {path_in_words(target.parent)}")
        self._look(self._key)

    def _look(self, key: Unlocking) -> None:
        """What each holds; the first tells whether the key is right."""
        self._key = key
        backups = [backup for _, backup in self._rows()]

        def look(report: Report, is_cancelled: IsCancelled) -> dict[Path, str]:
            held: dict[Path, str] = {}
            for done, backup in enumerate(backups):
                report(done, len(backups), moment(backup.at))
                if is_cancelled():
                    break
                held[backup.path] = _held(backup, key)
            return held

        self.work("Looking what each holds", look, self._looked, key=self._look)

    def _looked(self, held: dict[Path, str]) -> None:
        for item, backup in self._rows():
            item.setText(_words(backup, held.get(backup.path, "not looked into")))
        self._show_choice(True)
        self.list.setFocus()
        self.offer("Restore", self._restore)
        self.list.setFocus()

    def _rows(self) -> list[tuple[QListWidgetItem, Backup]]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [(item, item.data(_BACKUP)) for item in items]

    # ---- making it -----------------------------------------------------------------------------------

    def _restore(self) -> None:
        backup: Backup = self.list.currentItem().data(_BACKUP)
        target = place_to_restore(
            self._workplace.settings.library_folder, backup.path, self.name.text().removesuffix(".qsin")
        )
        identity = identity_for(self._place, self._own)
        self.name_field.accept()
        self._show_choice(False)
        self.work(
            "Restoring the visit",
            lambda report, is_cancelled: restore(
                backup.path,
                target,
                identity=identity,
                unlocking=self._key,
                progress=report,
                cancelled=is_cancelled,
            ),
            self._restored,
            refused=self._refused,
        )

    def _refused(self, refusal: Refusal) -> None:
        self._show_choice(True)
        self.name_field.refuse(refusal.sentence)
        self.offer("Restore", self._restore)
        self.name.setFocus()

    def _restored(self, done: Restored) -> None:
        self._workplace.change_settings(lambda settings: settings.with_recent(done.visit))
        lines = [f"{count(done.entries, 'entry', 'entries')} in {path_in_words(done.visit)}.", *done.notes]
        self.tell(Tone.MET, "The visit is restored", lines)
        self.offer("Open the visit", lambda: self._open(done.visit))

    def _open(self, path: Path) -> None:
        self.accept()
        self.open_asked.emit(path)


_BACKUP = 0x0100  # Qt's UserRole


def _held(backup: Backup, key: Unlocking) -> str:
    try:
        inside: BackupInside = looked_into(backup, key)
    except BackupBroken:
        return "damaged"
    return count(inside.entries, "entry", "entries")


def _words(backup: Backup, held: str) -> str:
    return f"{moment(backup.at)}   {held}, {size_in_words(backup.size)}"


def ask_restore(
    workplace: Workplace, place: Path, parent: QWidget, opened: Callable[[Path], object]
) -> RestorePage | None:
    if workplace.identity is None:
        return None
    page = RestorePage(workplace, workplace.identity, place, parent)
    page.open_asked.connect(opened)
    page.open()
    return page
