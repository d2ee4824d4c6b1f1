"""The keys of the walk, bound to what they do; those that write rest while the visit is only read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.ui.commands import bind
from qsin_desktop.ui.widgets.choice import ChoiceButton

if TYPE_CHECKING:
    from qsin_desktop.ui.screens.walk import WalkScreen


class WalkKeys(QObject):
    def __init__(self, screen: WalkScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._writing: list[QAction] = []
        self._arrows: list[QAction] = []
        for command, slot in self._going():
            bind(screen, command, slot)
        for command, slot in self._acting():
            self._writing.append(bind(screen, command, slot))
        self._bind_sites()
        self._bind_ratings()
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]

    def _going(self) -> list[tuple[str, Callable[[], object]]]:
        screen = self._screen
        return [
            ("walk.next", lambda: screen.left.step(1)),
            ("walk.previous", lambda: screen.left.step(-1)),
            ("walk.next_open", screen.left.next_missing),
            ("walk.stage", screen.middle.places.switch_stage),
            ("walk.filter", screen.left.next_filter),
            ("walk.reason", screen.middle.go_to_reason),
        ]

    def _acting(self) -> list[tuple[str, Callable[[], object]]]:
        middle, exhibits = self._screen.middle, self._screen.right.exhibits
        notes: list[tuple[str, Callable[[], object]]] = [
            (f"walk.note_{kind.value}", partial(middle.notes.begin, kind)) for kind in NoteKind
        ]
        return [
            *notes,
            ("walk.note", middle.notes.ask_kind),
            ("walk.clear", middle.rating.clear),
            ("walk.finding", middle.raise_finding),
            ("walk.flag", middle.head.flag.toggle),
            ("walk.state", middle.head.state.step),
            ("walk.attach", exhibits.browse),
            ("walk.attach_folder", exhibits.browse_folder),
            ("walk.paste", exhibits.paste),
            ("walk.seen", exhibits.record_seen),
            ("walk.cite", exhibits.cite_known),
        ]

    def _bind_sites(self) -> None:
        places = self._screen.middle.places
        for command, by in (("walk.next_site", 1), ("walk.previous_site", -1)):
            bind(self._screen, command, partial(places.step_site, by))
            self._arrows.append(self._screen.actions()[-1])  # the plain arrow

    def _bind_ratings(self) -> None:
        rating = self._screen.middle.rating
        for point in self._screen.desk.record.rules.scale:
            if point.key:
                slot = partial(rating.choose_key, point.key)
                self._writing.append(bind(self._screen, f"walk.rate_{point.key}", slot))

    def set_writable(self, writable: bool) -> None:
        for action in self._writing:
            action.setEnabled(writable)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """In a row of choices the arrows move among them."""
        if isinstance(new, ChoiceButton):
            for action in self._arrows:
                action.setEnabled(False)
