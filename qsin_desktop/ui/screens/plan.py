"""The plan of a visit: its facts, sites and team, who looks at what, the last visit, the standards."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.domain.changes import Change
from qsin_desktop.ui.commands import KeyHint
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.parts import ScrollColumn, column
from qsin_desktop.ui.screens.plan_assigned import AssignedCard
from qsin_desktop.ui.screens.plan_facts import FactsCard, PackCard
from qsin_desktop.ui.screens.plan_last_visit import LastVisitCard
from qsin_desktop.ui.screens.plan_sites import SitesCard
from qsin_desktop.ui.screens.plan_team import TeamCard
from qsin_desktop.ui.screens.screen import Screen
from qsin_desktop.ui.words import count, joined


class PlanScreen(Screen):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.facts = FactsCard(desk, self)
        self.sites = SitesCard(desk, self)
        self.team = TeamCard(desk, self)
        self.assigned = AssignedCard(desk, self)
        self.last_visit = LastVisitCard(desk, self)
        self.pack = PackCard(desk, self)
        self._cards = (self.facts, self.sites, self.team, self.assigned, self.last_visit)
        self._lay_out()
        desk.feed.changed.connect(self._changed)
        self._set_writable()

    def _lay_out(self) -> None:
        page = ScrollColumn(1320, self, margin=20)
        left = column(self.facts, self.team, 1, gap=16)
        right = column(self.sites, self.last_visit, self.assigned, self.pack, 1, gap=16)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        page.column.addLayout(halves)
        page.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        return (KeyHint(("Tab",), "next box"), KeyHint(("Esc",), "leave a box"))

    @property
    def foot_words(self) -> str:
        record = self.desk.record
        assessors = sum(person.role.assesses for person in record.people)
        return joined(count(len(record.sites), "site"), count(assessors, "assessor"))

    def flush(self) -> None:
        for card in self._cards:
            card.flush()

    def _changed(self, change: Change, origin: object) -> None:
        if change.touches("visit"):
            self.facts.refresh()
        if change.touches("site"):
            self.sites.refresh()
        if change.touches("person"):
            self.team.refresh()
        if change.touches("person") or change.touches("standard"):
            self.assigned.refresh()
        if any(change.touches(type_) for type_ in ("visit", "rating", "finding", "site")):
            self.last_visit.refresh_when_seen()
        if change.touches("seal"):
            self._set_writable()

    def _set_writable(self) -> None:
        for card in self._cards:
            card.set_writable(self.desk.writable)
