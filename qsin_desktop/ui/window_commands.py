"""What stands in the window's menu at the moment: files, taking back, looks, help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qsin_desktop.actions.reporting import DocumentKind
from qsin_desktop.ui.backup_words import back_up_now
from qsin_desktop.ui.handing_over import ask_hand_over, ask_receive
from qsin_desktop.ui.places import REPORT, RETURN, SIGN, Place
from qsin_desktop.ui.window_menu import WindowMenu
from qsin_desktop.ui.window_safety import restore_from

if TYPE_CHECKING:
    from qsin_desktop.ui.main_window import MainWindow
    from qsin_desktop.ui.visit_frame import VisitFrame

_EXPORTS = (
    (DocumentKind.REPORT, "Export the report…", "report"),
    (DocumentKind.WORKBOOK, "Export the findings workbook…", "table"),
)


def window_menu(window: MainWindow) -> WindowMenu:
    menu = WindowMenu(window)
    known = window.workplace.identity is not None
    menu.add_command("visit.new", window.start_new_visit, icon="plus", enabled=known)
    menu.add_command("visit.open", window.browse, icon="folder-open", enabled=known)
    menu.add_words("Restore from a backup…", partial(restore_from, window), icon="history", enabled=known)
    if window.frame is not None:
        _of_the_visit(menu, window)
    menu.addSeparator()
    menu.add_themes(window.workplace.settings.theme, window.choose_theme)
    menu.add_command("app.preferences", window.show_preferences, icon="gear")
    menu.addSeparator()
    _help(menu, window)
    menu.addSeparator()
    menu.add_command("app.quit", window.close)
    return menu


def _of_the_visit(menu: WindowMenu, window: MainWindow) -> None:
    from qsin_desktop.actions.keeping_keys import ways_in
    from qsin_desktop.ui.dialogs.change_passphrase import ChangePassphrasePage

    assert window.frame is not None  # noqa: S101  (asked just before)
    frame, desk = window.frame, window.frame.desk
    menu.add_command("visit.close", window.close_visit, icon="x")
    menu.addSeparator()
    window_of, reading = frame.window(), bool(desk.visit.read_only)
    menu.add_command("team.hand_over", lambda: ask_hand_over(desk, window_of), icon="hand-over")
    menu.add_command(
        "team.receive", lambda: ask_receive(desk, window_of), icon="receive", enabled=not reading
    )
    if desk.team_folder.state.folder is not None:
        menu.add_command("team.meet", desk.team_folder.meet_now, icon="shared-folder")
    menu.addSeparator()
    for kind, words, icon in _EXPORTS:
        menu.add_words(words, partial(_export, frame, kind), icon=icon)
    menu.add_words("Read responses back…", lambda: frame.show_place(Place(RETURN)), icon="read-back")
    menu.add_words("Sign the report…", lambda: frame.show_place(Place(SIGN)), icon="sign")
    menu.add_words("Print the report…", lambda: _print(frame), icon="print")
    menu.addSeparator()
    menu.add_words("Back up now", lambda: back_up_now(desk), icon="shield", enabled=not reading)
    if ways_in(desk.visit.folder.path).passphrase:
        menu.add_words(
            "Change the passphrase…",
            lambda: ChangePassphrasePage(desk, window_of).open(),
            icon="key",
            enabled=not reading,
        )
        menu.addSeparator()
    menu.add_command("visit.check", window.check_visit, icon="shield")
    menu.addSeparator()
    undo, redo = desk.history.undo_name, desk.history.redo_name
    menu.add_command("app.undo", window.undo, icon="undo", words=_named("Undo", undo), enabled=bool(undo))
    menu.add_command("app.redo", window.redo, icon="redo", words=_named("Redo", redo), enabled=bool(redo))


def _export(frame: VisitFrame, kind: DocumentKind) -> None:
    frame.show_place(Place(REPORT))
    frame.screen.hand_over.export(kind)


def _print(frame: VisitFrame) -> None:
    frame.show_place(Place(REPORT))
    frame.screen.print_report()


def _named(word: str, act: str) -> str:
    shown = act if len(act) <= 48 else f"{act[:47].rstrip()}…"
    return f"{word}: {shown}" if act else word


def _help(menu: WindowMenu, window: MainWindow) -> None:
    from qsin_desktop.ui.dialogs.about import AboutPage
    from qsin_desktop.ui.dialogs.help import HelpPage, help_pages
    from qsin_desktop.ui.dialogs.problem import ProblemPage

    menu.add_command("app.keys", window.show_keys, icon="keyboard")
    menu.add_words("Check a report…", window.check_report, icon="shield")
    if help_pages():
        menu.add_words("Help", lambda: HelpPage(window).open(), icon="question")
    desk = window.frame.desk if window.frame is not None else None
    ask = partial(ProblemPage, window.workplace, desk, window)
    menu.add_words("Report a problem…", lambda: ask().open(), icon="warning")
    menu.add_words("About QSIN Desktop", lambda: AboutPage(window, desk).open(), icon="info")
