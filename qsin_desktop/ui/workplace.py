"""This person at this computer: home folder, settings, who they are, and the one door to their ear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qsin_desktop.background.jobs import Jobs
from qsin_desktop.settings import Settings, SettingsFile
from qsin_desktop.ui.asking import Asking
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.theme import Theme

if TYPE_CHECKING:  # the store is opened after the first paint
    from qsin_desktop.actions.identifying import Identity
    from qsin_desktop.actions.open_visit import OpenVisit
    from qsin_desktop.actions.summaries import Summaries
    from qsin_desktop.ui.desk import Desk


class Workplace(QObject):
    """`identity` and `summaries` are None until the person is known; see `arrive` and `introduce`."""

    settings_changed = Signal(object)
    known = Signal()

    def __init__(self, home: Path, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self.theme = theme
        self._file = SettingsFile(home)
        self.settings = self._file.load()
        self.messages = Messages(self)
        self.jobs = Jobs(bug=self.messages.refusal_for_bug, parent=self)
        self.asking = Asking(self._folder_for, self._keep_folder, self._words_for, self._keep_words)
        self.identity: Identity | None = None
        self.summaries: Summaries | None = None

    def change_settings(self, change: Callable[[Settings], Settings]) -> None:
        changed = change(self.settings)
        if changed != self.settings:
            self.settings = changed
            self._file.save(changed)
            self.settings_changed.emit(changed)

    def _folder_for(self, purpose: str, otherwise: Path) -> Path:
        return self.settings.folder_for(purpose, otherwise)

    def _keep_folder(self, purpose: str, folder: Path) -> None:
        self.change_settings(lambda settings: settings.with_folder(purpose, folder))

    def _words_for(self, purpose: str) -> str:
        return self.settings.last_words.get(purpose, "")

    def _keep_words(self, purpose: str, words: str) -> None:
        self.change_settings(lambda settings: settings.with_words(purpose, words))

    def folder_of(self, visit: str) -> Path | None:
        """The folder that a visit is exchanged with by itself."""
        return self.settings.team_folder(visit)

    def keep_folder_of(self, visit: str, folder: Path | None) -> None:
        self.change_settings(lambda settings: settings.with_team_folder(visit, folder))

    def second_place(self) -> Path | None:
        """The folder on another disk that backups go to as well."""
        return self.settings.second_backups_folder

    def copied_out_at(self, visit: str) -> datetime | None:
        return self.settings.copied_out_at(visit)

    def keep_copied_out(self, visit: str, at: datetime) -> None:
        self.change_settings(lambda settings: settings.with_copied_out(visit, at))

    def desk_for(self, visit: OpenVisit, parent: QObject) -> Desk:
        from qsin_desktop.ui.desk import Desk

        return Desk(
            visit,
            self.messages,
            self.jobs,
            parent,
            asking=self.asking,
            folders=self,
            copies=self,
            home=self.home,
        )

    def arrive(self) -> bool:
        """Read who works here; False before they gave their name. Raises the refusal of a damaged file."""
        from qsin_desktop.actions.identifying import known_identity

        identity = known_identity(self.home)
        if identity is not None:
            self._take(identity)
        return identity is not None

    def introduce(self, name: str) -> None:
        """Keep the name; raises `NameNeeded` when it will not do."""
        from qsin_desktop.actions.identifying import own_identity

        self._take(own_identity(self.home, name))

    def _take(self, identity: Identity) -> None:
        from qsin_desktop.actions.summaries import Summaries

        self.identity = identity
        self.summaries = Summaries(self.home, identity)
        self.known.emit()
