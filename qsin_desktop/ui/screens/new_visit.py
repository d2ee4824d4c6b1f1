"""Found a new visit on one calm page; what cannot be is said beside its box, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qsin_desktop.actions.founding import NewVisit, Protection, found_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.unlocking import KdfCost, OsKeyring, PassphraseUnfit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.people import Role
from qsin_desktop.ui.dialogs.page import confirm
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.screens.new_visit_facts import FactsCard, SitesCard
from qsin_desktop.ui.screens.new_visit_pack import PackCard
from qsin_desktop.ui.screens.new_visit_place import PlaceCard
from qsin_desktop.ui.screens.new_visit_team import TeamCard
from qsin_desktop.ui.screens.parts import ScrollColumn, column
from qsin_desktop.ui.type import TextSize, Weight
from qsin_desktop.ui.widgets.button import Button, primary
from qsin_desktop.ui.widgets.card import Panel
from qsin_desktop.ui.widgets.label import ElidedLabel, Label
from qsin_desktop.ui.workplace import Workplace


class NewVisitScreen(QWidget):
    founded = Signal(object)  # OpenVisit
    left = Signal()

    def __init__(
        self,
        workplace: Workplace,
        parent: QWidget | None = None,
        *,
        cost: KdfCost | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self._workplace, self._cost, self._today = workplace, cost, today
        self._busy = False
        my_name = workplace.identity.name if workplace.identity else ""
        self.facts, self.sites = FactsCard(self), SitesCard(self)
        self.team, self.pack = TeamCard(my_name, self), PackCard(workplace, self)
        self.place = PlaceCard(workplace, self)
        self.cancel = Button("Cancel", parent=self)
        self.found = primary("Create the visit", "check", self)
        self._state = ElidedLabel("", soft=True, parent=self)
        self._lay_out()
        self._connect()
        self._follow()

    def _lay_out(self) -> None:
        self._page = ScrollColumn(1120, self, margin=32)
        title = Label("New visit", TextSize.DISPLAY, Weight.SEMIBOLD, parent=self)
        words = "All of this can be changed later, except the standards and the rules, which the visit keeps."
        self._page.column.addLayout(column(title, Label(words, soft=True, parent=self), gap=2))
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addLayout(column(self.facts, self.team, 1, gap=16), 1)
        halves.addLayout(column(self.sites, self.pack, self.place, 1, gap=16), 1)
        self._page.column.addLayout(halves)
        self._page.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._page, 1)
        outer.addWidget(self._foot())

    def _foot(self) -> Panel:
        foot = Panel("top", self)
        line = QHBoxLayout(foot)
        line.setContentsMargins(32, 14, 32, 14)
        line.setSpacing(12)
        line.addWidget(self._state, 1)
        line.addWidget(self.cancel)
        line.addWidget(self.found)
        return foot

    def _connect(self) -> None:
        self.facts.network.textChanged.connect(lambda _text: self._follow())
        self.facts.first.day_changed.connect(lambda _day: self._follow())
        self.cancel.clicked.connect(self.leave)
        self.found.clicked.connect(self.found_now)

    def take_focus(self) -> None:
        self.facts.network.setFocus()

    def _follow(self) -> None:
        year = (self.facts.first.day or self._today()).year
        self.place.follow(self.facts.network.text(), year)

    # ---- founding -----------------------------------------------------------------------------------

    @property
    def new_visit(self) -> NewVisit:
        starts, ends = self.facts.days
        return NewVisit(
            network=self.facts.network.text(),
            pack=self.pack.pack,
            rules=self.pack.chosen_rules,
            sites=self.sites.names,
            starts=starts,
            ends=ends,
            scope=self.facts.scope.text().strip(),
            objectives=self.facts.objectives.text().strip(),
            issuing_body=self.facts.body_name.text(),
            my_role=Role(self.team.my_role.currentData()),
            organisation=self.team.my_organisation.text().strip(),
            team=self.team.members,
        )

    def found_now(self) -> None:
        """Check all; then make it beside the person's work, for the passphrase takes a second or two."""
        identity = self._workplace.identity
        if self._busy or identity is None or not self._all_right():
            return
        path, new = self.place.path, self.new_visit
        protection = Protection(
            passphrase=self.place.passphrase.text(),
            keyring=OsKeyring() if self.place.remember.isChecked() else None,
            recovery_public=self.place.recovery_public,
            cost=self._cost,
        )
        self._set_busy(True)
        self._workplace.jobs.run(
            "Creating the visit",
            lambda _report, _is_cancelled: found_visit(path, new, identity=identity, protection=protection),
            done=self._done,
            refused=self._refused,
        )

    def _all_right(self) -> bool:
        cards = (self.facts, self.team, self.sites, self.place)
        refused = [box for card in cards if (box := card.first_refused()) is not None]
        if refused:
            self._show(refused[0])
        return not refused

    def _show(self, box: QWidget) -> None:
        box.setFocus()
        self._page.ensureWidgetVisible(box, 0, look_of().px(80))

    def _done(self, visit: OpenVisit) -> None:
        self._set_busy(False)
        self.founded.emit(visit)

    def _refused(self, refusal: Refusal) -> None:
        self._set_busy(False)
        if isinstance(refusal, PassphraseUnfit):
            self.place.passphrase_field.refuse(refusal.sentence)
            self._show(self.place.passphrase)
        else:
            self.place.place_field.refuse(refusal.sentence)
            self._show(self.place.change)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._page.setEnabled(not busy)
        self.cancel.setEnabled(not busy)
        self.found.setEnabled(not busy)
        self._state.setText("Creating the visit and its keys…" if busy else "")

    # ---- leaving ------------------------------------------------------------------------------------

    @property
    def touched(self) -> bool:
        return self.facts.touched or self.team.touched or bool(self.sites.names)

    def leave(self) -> None:
        """Asks first when something was typed."""
        if self._busy:
            return
        if not self.touched:
            self.left.emit()
            return
        confirm(
            self,
            "Leave the new visit?",
            "What you typed here is not kept.",
            "Leave",
            self.left.emit,
            no="Stay",
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), look_of().palette.background)
