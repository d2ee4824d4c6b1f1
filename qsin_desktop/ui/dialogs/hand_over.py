"""Asks what is handed over and how: one file for all or for one colleague, or a folder that both reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from qsin_desktop.actions.arrivals import BUNDLE_SUFFIX
from qsin_desktop.actions.team_state import PersonState, team_state
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.dialogs.page import Page
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.screens.parts import Field
from qsin_desktop.ui.widgets.button import primary
from qsin_desktop.ui.widgets.label import Paragraph
from qsin_desktop.ui.widgets.segmented_switch import SegmentedSwitch, SwitchItem
from qsin_desktop.ui.words import count

FILE, FOLDER = "file", "folder"
BUNDLES = f"Bundles of a visit (*{BUNDLE_SUFFIX})"
_SAFE = "It is encrypted for the laptops of the team: whoever finds the stick can read nothing."
_FOLDER = (
    "Everything that is new goes there, and what colleagues left there comes here. Choose the same folder "
    f"as they do. {_SAFE}"
)
_EVERYONE = f"All that is known here, with the evidence, in one file for the whole team. {_SAFE}"


class HandOverPage(Page):
    """`done(kind, path, person)` once a place was chosen."""

    def __init__(self, desk: Desk, done: Callable[[str, Path, str], object], parent: QWidget) -> None:
        super().__init__("Hand over", "", parent, width=520)
        self._desk, self._done = desk, done
        me = desk.visit.me
        self.colleagues = [p for p in team_state(desk.visit).people if p.person != me and p.laptops]
        self.kind = SegmentedSwitch("How", self)
        self.kind.set_items(
            [
                SwitchItem(FILE, "One file", icon="package"),
                SwitchItem(FOLDER, "A folder on a stick or share", icon="stick"),
            ]
        )
        self.kind.set_value(FILE)
        self.whom = QComboBox(self)
        self.whom.addItem("Everyone: all there is", "")
        for colleague in self.colleagues:
            self.whom.addItem(f"Only what {colleague.name} lacks", colleague.person)
        self.whom_field = Field("For", self.whom, parent=self)
        self.about = Paragraph("", soft=True, parent=self)
        self.yes = primary("Choose where…", "folder", self)
        for widget in (self.kind, self.whom_field, self.about):
            self.body.addWidget(widget)
        self.add_buttons(self.yes)
        self.kind.changed.connect(lambda _ident: self._show())
        self.whom.currentIndexChanged.connect(lambda _index: self._show())
        self.yes.clicked.connect(self._choose)
        self._show()
        self.kind.take_focus()

    @property
    def person(self) -> str:
        return str(self.whom.currentData() or "") if self.kind.value == FILE else ""

    def _show(self) -> None:
        self.whom_field.setVisible(self.kind.value == FILE)
        if self.kind.value == FOLDER:
            self.about.setText(_FOLDER)
        else:
            chosen = next((p for p in self.colleagues if p.person == self.person), None)
            self.about.setText(about(chosen) if chosen else _EVERYONE)

    def _choose(self) -> None:
        """Going back from the system's dialog leaves this one open."""
        path = self._ask()
        if path is not None:
            kind, person = self.kind.value, self.person
            self.accept()
            self._done(kind, path, person)

    def _ask(self) -> Path | None:
        asking = self._desk.asking
        if self.kind.value == FOLDER:
            return asking.folder(self, "Folder on a stick or share", "meet")
        name = suggested_name(
            self._desk.visit.folder.title, self.whom_name if self.person else "", self._desk.visit.clock()
        )
        path = asking.save_as(self, "Hand over", "hand-over", name, BUNDLES)
        return path.with_name(with_suffix(path.name)) if path is not None else None

    @property
    def whom_name(self) -> str:
        return next((p.name for p in self.colleagues if p.person == self.person), "")


def about(colleague: PersonState) -> str:
    """What this colleague's laptop has said to have, and that the file is for nobody's eyes else."""
    unseen = max((laptop.unseen for laptop in colleague.laptops), default=0)
    if not colleague.seen_at:
        return (
            f"No laptop of {colleague.name} has said yet what it knows, so this file holds everything. "
            f"{_SAFE}"
        )
    return (
        f"{count(unseen, 'entry', 'entries')} that {colleague.name} had not seen on "
        f"{moment(colleague.seen_at)}, and the evidence with them. Smaller and quicker than all there is. "
        f"{_SAFE}"
    )


def suggested_name(visit: str, person: str, at: datetime) -> str:
    """“Thames Estuary 2026 for Idris Penhale 25 Nov 16.02.qsinx”, without signs that a system forbids."""
    return with_suffix(f"{visit}{f' for {person}' if person else ''} {at.day} {at:%b %H.%M}")


def with_suffix(name: str) -> str:
    """The name of a bundle, whatever the person or the dialog left out."""
    clean = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name).strip()
    return clean if clean.casefold().endswith(BUNDLE_SUFFIX) else clean + BUNDLE_SUFFIX
