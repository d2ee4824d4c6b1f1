"""The list of visits on the start screen: the library's, and those opened elsewhere lately."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.ui.screens.parts import clear
from qsin_desktop.ui.screens.visit_card import VisitCardButton
from qsin_desktop.ui.widgets.card import Card
from qsin_desktop.ui.widgets.empty_state import EmptyState
from qsin_desktop.ui.widgets.label import heading
from qsin_desktop.ui.window_menu import WindowMenu
from qsin_desktop.ui.workplace import Workplace

if TYPE_CHECKING:
    from qsin_desktop.actions.library import VisitCard
    from qsin_desktop.actions.summaries import Summary


class VisitList(QWidget):
    """Visits not known yet are looked into one after the other beside the person's work."""

    open_asked = Signal(object)  # Path
    new_asked = Signal()
    delete_asked = Signal(object)  # Path
    restore_asked = Signal(object)  # Path

    def __init__(
        self, workplace: Workplace, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace, self._today = workplace, today
        self._slots: dict[Path, QVBoxLayout] = {}
        self._cards: dict[Path, VisitCardButton] = {}
        self._to_look: list[Path] = []
        self._outside: set[Path] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    @property
    def cards(self) -> list[VisitCardButton]:
        return list(self._cards.values())

    def refresh(self) -> None:
        """Read the folders again; what had the focus keeps it."""
        from qsin_desktop.actions.library import elsewhere, visits_in

        focused = next((path for path, card in self._cards.items() if _has_focus(card)), None)
        library = self._workplace.settings.library_folder
        inside = visits_in(library)
        outside = elsewhere(self._workplace.settings.recent_visits, library)
        self._outside = set(outside)
        self._cards, self._slots, self._to_look = {}, {}, []
        clear(self._column)
        if not inside:
            self._column.addWidget(self._empty(bool(outside)))
        for path in inside:
            self._add(path)
        if outside:
            self._column.addSpacing(8)
            self._column.addWidget(heading("Opened elsewhere", self))
            for path in outside:
                self._add(path)
        if focused in self._cards:
            self._cards[focused].setFocus()
        self._look_on()

    @property
    def has_example(self) -> bool:
        return any(card.card.example for card in self.cards)

    def step(self, by: int) -> None:
        """Move the focus to the next or previous card."""
        cards = self.cards
        if not cards:
            return
        at = next((i for i, card in enumerate(cards) if _has_focus(card)), None)
        target = 0 if at is None else max(0, min(len(cards) - 1, at + by))
        cards[target].setFocus(Qt.FocusReason.TabFocusReason)

    def _empty(self, some_elsewhere: bool) -> QWidget:
        card = Card(padding=8, parent=self)
        words = "Begin a new one, receive one from a colleague who leads it, or open a visit folder."
        title = "No visits in this folder" if some_elsewhere else "No visits yet"
        state = EmptyState("folder", title, words, "New visit", "plus", parent=card)
        state.acted.connect(self.new_asked)
        card.body.addWidget(state)
        return card

    def _add(self, path: Path) -> None:
        from qsin_desktop.actions.library import known_card, locked_card

        self._slots[path] = QVBoxLayout()
        self._column.addLayout(self._slots[path])
        summaries = self._workplace.summaries
        card = known_card(path, summaries) if summaries is not None else None
        if card is None:
            self._to_look.append(path)
        self._put(path, card or locked_card(path), looking=card is None)

    def _put(self, path: Path, card: VisitCard, *, looking: bool = False) -> None:
        had_focus = path in self._cards and _has_focus(self._cards[path])
        clear(self._slots[path])
        button = VisitCardButton(
            card, self._today(), where=path in self._outside, looking=looking, parent=self
        )
        button.clicked.connect(lambda: self.open_asked.emit(path))
        button.menu_asked.connect(lambda more: self.show_menu(path, more))
        self._cards[path] = button
        self._slots[path].addWidget(button)
        if had_focus:
            button.setFocus()

    def show_menu(self, path: Path, button: QWidget) -> WindowMenu:
        """What can be done with a visit besides opening it."""
        menu = WindowMenu(self)
        menu.add_words("Open", lambda: self.open_asked.emit(path), icon="folder-open")
        menu.add_words("Restore from a backup…", lambda: self.restore_asked.emit(path), icon="history")
        menu.addSeparator()
        menu.add_words("Delete for good…", lambda: self.delete_asked.emit(path), icon="trash")
        menu.open_below(button)
        return menu

    # ---- looking into visits that are not known ------------------------------------------------------

    def _look_on(self) -> None:
        """One at a time, and only while nothing else is asked for, so that opening never waits long."""
        from qsin_desktop.actions.library import identity_for, look_into

        identity = self._workplace.identity
        if not self._to_look or identity is None or self._workplace.jobs.running or not self.isVisible():
            return
        path = self._to_look.pop(0)
        self._workplace.jobs.run(
            f"Looking into {path.name}",
            lambda _report, _is_cancelled: look_into(path, identity_for(path, identity)),
            done=lambda summary: self._looked(path, summary),
            refused=lambda _refusal: self._looked(path, None),
        )

    def _looked(self, path: Path, summary: Summary | Refusal | None) -> None:
        from qsin_desktop.actions.library import card_after_look
        from qsin_desktop.actions.summaries import Summary

        summaries = self._workplace.summaries
        if path in self._slots and summaries is not None:
            found = summary if isinstance(summary, Summary) else None
            self._put(path, card_after_look(path, found, summaries))
        self._look_on()


def _has_focus(card: VisitCardButton) -> bool:
    proxy = card.focusProxy()
    return proxy is not None and proxy.hasFocus()
