"""The window: the visits on this computer, a new visit, or the visit that is open.

It paints before anything of a visit is imported: the store comes in `furnish`, after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.settings import Theme
from qsin_desktop.ui.commands import bind
from qsin_desktop.ui.look import look_of
from qsin_desktop.ui.notices import Notices
from qsin_desktop.ui.screens.start import StartScreen
from qsin_desktop.ui.workplace import Workplace

if TYPE_CHECKING:  # imported after the first paint
    from qsin_desktop.actions.open_visit import OpenVisit
    from qsin_desktop.ui.dialogs.page import Page
    from qsin_desktop.ui.opening import Opening
    from qsin_desktop.ui.receiving import Receiving
    from qsin_desktop.ui.screens.new_visit import NewVisitScreen
    from qsin_desktop.ui.screens.receive_visit import ReceiveVisitScreen
    from qsin_desktop.ui.unsaved_words import UnsavedWords
    from qsin_desktop.ui.visit_frame import VisitFrame

TITLE = "QSIN Desktop"
LEAST = (1100, 680)


class MainWindow(QWidget):
    furnished = Signal()
    visit_shown = Signal()

    def __init__(
        self,
        workplace: Workplace,
        visit: Path | None = None,
        key_file: Path | None = None,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.workplace = workplace
        self._asked = (visit, key_file)
        self._today = today
        self._painted = False
        self._closing = False
        self.opening: Opening | None = None
        self.frame: VisitFrame | None = None
        self.receiving: Receiving | None = None
        self.new_visit: NewVisitScreen | ReceiveVisitScreen | None = None
        self.page: Page | None = None
        """The last question about unsaved words, for tests."""
        self.setWindowTitle(TITLE)
        screen = self.screen().availableSize()  # at 200 % a usual screen holds less than we would like
        self.setMinimumSize(QSize(*LEAST).boundedTo(screen))
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.start = StartScreen(self.workplace, self, today=self._today)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.notices = Notices(self.workplace.messages, self)

    def _connect(self) -> None:
        self.start.new_asked.connect(self.start_new_visit)
        self.start.browse_asked.connect(self.browse)
        self.start.open_asked.connect(self.open)
        self.start.example_asked.connect(self.make_example)
        self.start.restore_asked.connect(self._restore)
        self.start.receive_asked.connect(lambda: self.receiving and self.receiving.ask())
        self.start.menu_asked.connect(self.show_menu)
        self.workplace.messages.undo_asked.connect(self.undo)
        for command, slot in (
            ("visit.new", self.start_new_visit),
            ("visit.open", self.browse),
            ("visit.close", self.close_visit),
            ("visit.check", self.check_visit),
            ("app.quit", self.close),
            ("app.undo", self.undo),
            ("app.redo", self.redo),
            ("app.menu", lambda: self.show_menu(None)),
            ("app.keys", self.show_keys),
            ("app.dark", self._switch_theme),
            ("app.preferences", self.show_preferences),
        ):
            bind(self, command, slot)

    # ---- the first paint, and what comes after -------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), look_of().palette.background)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.furnish)

    def furnish(self) -> None:
        """Bring in what opens visits, then show them, or open the one that was asked for."""
        from qsin_desktop.ui.finishing_deletions import go_on_deleting
        from qsin_desktop.ui.opening import Opening
        from qsin_desktop.ui.receiving import Receiving

        self.opening = Opening(self.workplace, self)
        self.opening.opened.connect(self._show_visit)
        self.receiving = Receiving(self.workplace, self)
        try:
            known = self.workplace.arrive()
        except Refusal as refusal:
            self.workplace.messages.refused(refusal)
            known = False
        go_on_deleting(self.workplace)
        visit, key_file = self._asked
        if not known:
            self.start.ask_name()
            self.workplace.known.connect(lambda: self._open_asked(visit, key_file))
        elif visit is not None:
            self._open_asked(visit, key_file)
        self.furnished.emit()

    def _open_asked(self, visit: Path | None, key_file: Path | None) -> None:
        if visit is not None and self.opening is not None:
            self.opening.open(visit, key_file)

    # ---- visits -------------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        if self.frame is not None and self.frame.desk.visit.folder.path == path.absolute():
            self.workplace.messages.info("This visit is open already.")
        elif self.opening is not None:
            self.opening.open(path)

    def browse(self) -> None:
        chosen = self.workplace.asking.folder(self, "Open a visit folder", "open")
        if chosen is not None:
            self.open(chosen)

    def start_new_visit(self) -> None:
        from qsin_desktop.ui.screens.new_visit import NewVisitScreen

        if self.workplace.identity is None:
            return
        if not isinstance(self.new_visit, NewVisitScreen):
            page = NewVisitScreen(self.workplace, self)
            page.founded.connect(self.founded)
            self.show_new_visit(page)
        else:
            self.pages.setCurrentWidget(self.new_visit)
            self.new_visit.take_focus()

    def check_visit(self) -> None:
        from qsin_desktop.ui.window_safety import check_visit

        check_visit(self)

    def _restore(self, place: Path) -> None:
        if self.opening is not None:
            self.opening.restore(place)

    def check_report(self, path: Path | None = None) -> None:
        """Within the visit that is open, whose trail tells more; without one, on a page of its own."""
        from qsin_desktop.ui.places import CHECK, Place
        from qsin_desktop.ui.screens.check_report import CheckView

        if self.frame is not None:
            self._show_page(self.frame)
            self.frame.show_place(Place(CHECK, file=path))
            return

        place = self.workplace
        view = CheckView(place.jobs, place.asking, place.messages, place.home, None, self)
        self.pages.addWidget(view)
        view.left.connect(lambda: self._leave_check(view))
        self.pages.setCurrentWidget(view)
        view.begin()
        if path is not None:
            view.check(path)

    def _leave_check(self, view: QWidget) -> None:
        self.pages.removeWidget(view)
        view.deleteLater()
        self._show_page(self.frame or self.start)

    def show_new_visit(self, page: NewVisitScreen | ReceiveVisitScreen) -> None:
        """A page on which a visit is made; `founded` ends it, or its own Cancel."""
        self._drop_new_visit()
        self.new_visit = page
        page.left.connect(self._leave_new_visit)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        page.take_focus()

    def founded(self, visit: OpenVisit) -> None:
        self._drop_new_visit()
        self._show_visit(visit)

    def _leave_new_visit(self) -> None:
        self._drop_new_visit()
        self._show_page(self.frame or self.start)

    def _drop_new_visit(self) -> None:
        if self.new_visit is not None:
            self.pages.removeWidget(self.new_visit)
            self.new_visit.deleteLater()
            self.new_visit = None

    def make_example(self) -> None:
        from qsin_desktop.ui.example_visit import make_and_open_example

        make_and_open_example(self.workplace, self.start, self.open)

    def _show_visit(self, visit: OpenVisit) -> None:
        from qsin_desktop.ui.visit_frame import VisitFrame

        self._put_visit_away()
        path = visit.folder.path
        self.workplace.change_settings(lambda settings: settings.with_recent(path))
        desk = self.workplace.desk_for(visit, self)
        self.frame = VisitFrame(desk, self, today=self._today)
        self.frame.menu_asked.connect(self.show_menu)
        self.pages.addWidget(self.frame)
        self._show_page(self.frame)
        self.frame.begin()
        if visit.mended:
            self.workplace.messages.warning(visit.mended)
        desk.begin()
        if self.receiving is not None:
            self.receiving.opened(desk)
        if visit.recovered:
            self.workplace.messages.info(
                "QSIN Desktop was cut off while you were typing; the words were kept and are in their place."
            )
        self.visit_shown.emit()

    def close_visit(self) -> None:
        """Back to the start screen; asks first while something long goes on."""
        if self.frame is not None:
            self.when_idle("Close the visit", self.back_to_start)

    def back_to_start(self) -> None:
        """Put the visit away, whatever goes on."""
        self._put_visit_away()
        self._show_page(self.start)

    def _put_visit_away(self) -> None:
        """Record what is being typed, close the visit and note how far it is."""
        from qsin_desktop.actions.library import close_visit

        frame, self.frame = self.frame, None
        if frame is None:
            return
        frame.flush()
        frame.desk.leave()
        visit = frame.desk.visit
        self.pages.removeWidget(frame)
        frame.deleteLater()
        frame.desk.deleteLater()
        if self.workplace.summaries is not None:
            close_visit(visit, self.workplace.summaries)

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        network = self.frame.desk.record.facts.network if self.frame is not None else ""
        self.setWindowTitle(f"{network} \u2013 {TITLE}" if network else TITLE)
        if page is self.start:
            self.start.show_visits()
            self.start.setFocus()

    def _unfinished(self) -> tuple[str, ...]:
        """What would be lost by closing now, after every box was saved: ratings that lack their reason."""
        if self.frame is None:
            return ()
        self.frame.flush()
        return self.frame.unfinished

    @property
    def _unsaved(self) -> UnsavedWords | None:
        """Words that are on no disk, if there are any."""
        words = self.frame.desk.unsaved_words if self.frame is not None else None
        return words if words is not None and words.any else None

    def when_idle(self, title: str, act: Callable[[], object]) -> None:
        from qsin_desktop.ui.dialogs.page import confirm
        from qsin_desktop.ui.dialogs.unsaved import ask_about_unsaved

        running = self.workplace.jobs.running
        unfinished = self._unfinished()
        if self._unsaved is not None:
            self.page = ask_about_unsaved(self, title, self._unsaved, act)
            return
        if unfinished:
            sentence = f"{unfinished[0]} What was begun is not kept if you close now."
            confirm(self, title, sentence, "Close all the same", act, no="Go back")
            return
        if not running:
            act()
            return
        sentence = (
            f"{running[0].name} is still going on. If you stop it now, nothing half-made is left behind "
            "and everything saved is safe."
        )
        confirm(self, title, sentence, "Stop it and close", lambda: self._stop_and(act), no="Let it finish")

    def _stop_and(self, act: Callable[[], object]) -> None:
        self.workplace.jobs.stop_all()
        act()

    # ---- commands -----------------------------------------------------------------------------------

    def undo(self) -> None:
        if self.frame is not None:
            self.frame.flush()
            self.frame.desk.undo()

    def redo(self) -> None:
        if self.frame is not None:
            self.frame.flush()
            self.frame.desk.redo()

    def choose_theme(self, theme: Theme) -> None:
        self.workplace.change_settings(lambda settings: settings.with_theme(theme))
        self.workplace.theme.apply(theme)

    def _switch_theme(self) -> None:
        self.choose_theme("light" if look_of().palette.dark else "dark")

    def show_keys(self) -> None:
        from qsin_desktop.ui.dialogs.keys import KeysPage

        KeysPage(self).open()

    def show_preferences(self) -> None:
        from qsin_desktop.ui.dialogs.preferences import ask_preferences

        page = ask_preferences(self.workplace, self.frame.desk if self.frame is not None else None, self)
        page.library_chosen.connect(self.start.choose_library)

    def show_menu(self, button: QWidget | None) -> Any:
        """Below `button`, or where the visit has its own; answers the menu."""
        from qsin_desktop.ui.window_commands import window_menu

        menu = window_menu(self)
        menu.open_below(button or (self.frame.top.menu_button if self.frame else self.start.menu_button))
        return menu

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and QApplication.activeModalWidget() is None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        from qsin_desktop.ui.widgets.incoming import incoming
        from qsin_desktop.ui.window_drops import take_dropped

        event.setDropAction(Qt.DropAction.CopyAction)  # never move: the original stays where it is
        event.accept()
        take_dropped(self, incoming(event.mimeData()).paths)

    # ---- the end ------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._closing or not (self.workplace.jobs.running or self._unfinished() or self._unsaved):
            self._put_visit_away()
            self.workplace.change_settings(
                lambda settings: settings.with_geometry(bytes(self.saveGeometry().data()))
            )
            event.accept()
            return
        event.ignore()
        self.when_idle("Close QSIN Desktop", self._really_close)

    def _really_close(self) -> None:
        self._closing = True
        self.close()
