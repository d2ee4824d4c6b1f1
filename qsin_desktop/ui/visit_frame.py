"""An open visit in the window: the rail, the top bar, the part of the visit that is shown, the key hints."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.changes import Change
from qsin_desktop.ui.commands import bind
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.handing_over import ask_hand_over, ask_receive, meet_now
from qsin_desktop.ui.hint_bar import HintBar
from qsin_desktop.ui.places import PLAN, TEAM, WALK, Place
from qsin_desktop.ui.search_popup import SearchPopup
from qsin_desktop.ui.top_bar import TopBar
from qsin_desktop.ui.visit_parts import PARTS, part_of, rail_entry, rail_items
from qsin_desktop.ui.widgets.navigation_rail import NavigationRail
from qsin_desktop.ui.words import joined


class VisitFrame(QWidget):
    menu_asked = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.rail = NavigationRail(rail_items(), self)
        self.top = TopBar(desk, self, today=today)
        self.hints = HintBar(self)
        self._stack = QStackedWidget(self)
        self._screens: dict[str, Any] = {}
        self._lay_out()
        self.popup = SearchPopup(desk, self.top.search, self)
        self._connect()
        self._show_badges()

    def _lay_out(self) -> None:
        beside = QVBoxLayout()
        beside.setSpacing(0)
        for widget, stretch in ((self.top, 0), (self._stack, 1), (self.hints, 0)):
            beside.addWidget(widget, stretch)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(beside, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(lambda ident: self.show_place(Place(ident)))
        self.top.menu_asked.connect(self.menu_asked)
        self.popup.gone.connect(self._focus_screen)
        self.desk.going.connect(self.show_place)
        self.desk.recording.connect(self.flush)
        self.desk.feed.changed.connect(self._changed)
        self.desk.jobs.changed.connect(self._show_foot)
        bind(self, "app.search", self.top.search.select)
        bind(self, "team.hand_over", lambda: ask_hand_over(self.desk, self.window()))
        bind(self, "team.receive", lambda: ask_receive(self.desk, self.window()))
        bind(self, "team.meet", lambda: meet_now(self.desk))
        for number, part in enumerate(PARTS, 1):
            self._bind_rail(number, part.ident)

    def _bind_rail(self, number: int, ident: str) -> None:
        bind(self, f"rail.{number}", lambda: self.show_place(Place(ident)))

    # ---- going about --------------------------------------------------------------------------------

    @property
    def screen(self) -> Any:
        """The part that is shown."""
        return self._stack.currentWidget()

    def begin(self) -> None:
        """Where the work is: the walk, or the plan while there is nothing to judge on site yet."""
        planned = bool(self.desk.record.sites or self.desk.record.ratings)
        self.show_place(Place(WALK if planned else PLAN))

    def show_place(self, place: Place) -> None:
        """Words being typed are recorded before the screen is left."""
        if self.screen is not None:
            self.screen.flush()
        self.desk.visit.end_typing()
        screen = self._screen(place.screen)
        self.rail.set_value(rail_entry(place.screen))
        self._stack.setCurrentWidget(screen)
        screen.setFocus()  # not on what Qt finds first; the screen may put it somewhere better
        screen.show_place(place)
        self._show_foot()

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Sentences about what was begun on a screen and cannot be recorded yet."""
        return tuple(
            words for screen in self._screens.values() for words in getattr(screen, "unfinished", ())
        )

    def _screen(self, ident: str) -> Any:
        if ident not in self._screens:
            screen = self._screens[ident] = part_of(ident).make(self.desk)
            self._stack.addWidget(screen)
            if hasattr(screen, "hints_changed"):
                screen.hints_changed.connect(self._show_foot)
        return self._screens[ident]

    def _focus_screen(self) -> None:
        """Unless the screen has put it somewhere itself."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.screen is not None and self.screen.isAncestorOf(focused)
        if self.screen is not None and not inside:
            self.screen.setFocus()

    def flush(self) -> None:
        """Record all that is being typed, on every screen."""
        for screen in self._screens.values():
            screen.flush()
        self.desk.visit.end_typing()

    # ---- what the edges show ------------------------------------------------------------------------

    def _changed(self, _change: Change, _origin: object) -> None:
        self._show_badges()
        self._show_foot()

    def _show_badges(self) -> None:
        self.rail.set_badge(TEAM, len(self.desk.record.conflicts), "disagreements")

    def _show_foot(self) -> None:
        if self.screen is None:
            return
        self.hints.set_hints(self.screen.key_hints)
        words = str(getattr(self.screen, "foot_words", ""))
        self.hints.set_words(joined(_under_way(self.desk.jobs), words))


def _under_way(jobs: Jobs) -> str:
    return f"{jobs.running[0].name}…" if jobs.running else ""
