"""The sites of a visit: rename in place, add one or paste a list, take one out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from qsin_desktop.actions.planning import MOST_SITES, add_site, remove_site, rename_site
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.visits import Site
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.new_visit_facts import names_in
from qsin_desktop.ui.screens.parts import Field, row
from qsin_desktop.ui.screens.typed import IdleLine, Typed
from qsin_desktop.ui.widgets.button import IconButton, secondary
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.words import count


class SiteLine(QWidget):
    removed = Signal()

    def __init__(self, desk: Desk, site: Site, parent: QWidget) -> None:
        super().__init__(parent)
        self.site = site.id
        self.box = IdleLine("Name of a site", parent=self)
        self.remove = IconButton("x", f"Take {site.name} out of the visit", parent=self)
        self.remove.clicked.connect(self.removed)
        self.field = Field("", self.box, parent=self)
        self.setLayout(row(self.field, self.remove, gap=4))
        self.typed = Typed(
            desk,
            self.box,
            self.field,
            lambda: desk.record.site_name(self.site),
            lambda text: rename_site(desk.visit, site=self.site, name=text, typing=True),
        )


class PasteLine(QLineEdit):
    """A paste of several lines is told as a list instead of being run together."""

    pasted_list = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        words = QGuiApplication.clipboard().text()
        if event.matches(QKeySequence.StandardKey.Paste) and len(names_in(words)) > 1:
            self.pasted_list.emit(names_in(words))
        else:
            super().keyPressEvent(event)


class SitesCard(Card):
    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("Sites", padding=20, parent=parent)
        self._desk = desk
        self.lines: list[SiteLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.new = PasteLine(self)
        self.new.setPlaceholderText("Name of another site, or paste a list")
        self.new.returnPressed.connect(self._add)
        self.field = Field("Add a site", self.new, parent=self)
        self.new.textEdited.connect(lambda _text: self.field.accept())
        self.new.pasted_list.connect(self._add_all)
        self._add_button = secondary("Add", "plus", self)
        self._add_button.clicked.connect(self._add)
        self.body.setSpacing(12)
        self.body.addLayout(self._column)
        self.body.addLayout(row(self.field, gap=8))
        self.body.addLayout(row(self._add_button, 1))
        self.refresh()

    def refresh(self) -> None:
        """Lines are kept where the sites are the same, so that nobody loses the place they type in."""
        sites = self._desk.record.sites
        if [line.site for line in self.lines] != [site.id for site in sites]:
            self._make_lines()
        for line in self.lines:
            line.typed.refresh()
        room = "" if len(sites) < MOST_SITES else ", and there is room for no more"
        words = f"{count(len(sites), 'site')}{room}" if sites else "None yet: the network is judged as one."
        self.set_subtitle(words)

    def flush(self) -> None:
        for line in self.lines:
            line.typed.flush()

    def set_writable(self, writable: bool) -> None:
        self.new.setEnabled(writable)
        self._add_button.setEnabled(writable)
        for line in self.lines:
            line.typed.set_writable(writable)
            line.remove.setEnabled(writable)

    def _make_lines(self) -> None:
        for line in self.lines:
            line.hide()
            self._column.removeWidget(line)
            line.deleteLater()
        self.lines = [SiteLine(self._desk, site, self) for site in self._desk.record.sites]
        for line in self.lines:
            self._column.addWidget(line)
            self._connect(line)
        self.set_writable(self._desk.writable)

    def _connect(self, line: SiteLine) -> None:
        line.removed.connect(lambda: self._remove(line.site))

    def _remove(self, site: str) -> None:
        name = self._desk.record.site_name(site)
        if self._desk.act(lambda: remove_site(self._desk.visit, site=site)) is not None:
            self._desk.messages.done(
                f"{name} is out of the visit; what was rated there stays kept.", undo=True
            )

    def _add(self) -> None:
        if self.new.text().strip():
            self._add_all((self.new.text(),))

    def _add_all(self, names: tuple[str, ...]) -> None:
        for number, name in enumerate(names):
            try:
                self._desk.act(partial(add_site, self._desk.visit, name=name), show=False)
            except Refusal as refusal:
                self.new.setText(name)
                left = len(names) - number - 1
                more = f" {count(left, 'name')} after it were not added." if left else ""
                self.field.refuse(f"{refusal.sentence}{more}")
                return
        self.new.clear()
        self.field.accept()
        self.new.setFocus()
