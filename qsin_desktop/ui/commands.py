"""Every command of the window in one table: its name, its keys and its tip; tooltips and F1 are made from it.

    COMMANDS["walk.note"]                       raises KeyError for a name we do not have
    bind(widget, "walk.note", slot) -> QAction  acts while `widget` is visible, wherever the focus is
    tip("walk.note") -> "Write a note (N or Ctrl+Shift+N)"
    cap("walk.note") -> "N"                     the shortest way to say its key, for a KeyCap
    KeyHint(("↑", "↓"), "criterion")            for the bar at the foot of the window

`keys` act everywhere, also while somebody types. `plain` keys act while no box that takes typing has the
focus; Esc leaves such a box. Two commands may share a key only if they are never on screen together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

EVERYWHERE = "Everywhere"
WALK = "On the walk"
FINDINGS = "Findings"
EVIDENCE = "Evidence"
REPORT = "Report"
RETURN = "The returned workbook"
SIGN = "Signing"
CHECK = "Checking a report"
TEAM = "Team"
START = "Your visits"

_TYPING = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)


@dataclass(frozen=True)
class Command:
    """`keys` and `plain` in Qt's portable spelling; `group` is where it acts."""

    id: str
    text: str
    group: str
    keys: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    tip: str = ""

    @property
    def all_keys(self) -> tuple[str, ...]:
        """The plain ones first, as the system writes them."""
        return tuple(native(key) for key in (*self.plain, *self.keys))


@dataclass(frozen=True)
class KeyHint:
    """Keys as they are printed on a keyboard; a dash between two stands for a range."""

    keys: tuple[str, ...]
    words: str


_TABLE = (
    # ---- everywhere
    Command("visit.new", "New visit…", EVERYWHERE, ("Ctrl+N",)),
    Command("visit.open", "Open a visit…", EVERYWHERE, ("Ctrl+O",)),
    Command("visit.close", "Close the visit", EVERYWHERE, ("Ctrl+W",)),
    Command("app.quit", "Quit", EVERYWHERE, ("Ctrl+Q",)),
    Command("app.undo", "Undo", EVERYWHERE, ("Ctrl+Z",)),
    Command("app.redo", "Redo", EVERYWHERE, ("Ctrl+Shift+Z", "Ctrl+Y")),
    Command("app.search", "Find anything", EVERYWHERE, ("Ctrl+K",), ("/",)),
    Command("app.menu", "Menu", EVERYWHERE, ("F10",)),
    Command("app.keys", "All keys", EVERYWHERE, ("F1",)),
    Command("app.dark", "Light or dark", EVERYWHERE, ("Ctrl+Shift+L",)),
    Command("app.preferences", "Preferences…", EVERYWHERE, ("Ctrl+,",)),
    Command("visit.check", "Check this visit…", EVERYWHERE, ("Ctrl+Shift+K",)),
    Command("team.hand_over", "Hand over to a colleague…", EVERYWHERE, ("Ctrl+Shift+H",)),
    Command("team.receive", "Receive from a colleague…", EVERYWHERE, ("Ctrl+Shift+R",)),
    Command("team.meet", "Exchange now with the team's folder", EVERYWHERE, ("F5",)),
    Command("rail.1", "First part of the visit", EVERYWHERE, ("Ctrl+1",)),
    Command("rail.2", "Second part", EVERYWHERE, ("Ctrl+2",)),
    Command("rail.3", "Third part", EVERYWHERE, ("Ctrl+3",)),
    Command("rail.4", "Fourth part", EVERYWHERE, ("Ctrl+4",)),
    Command("rail.5", "Fifth part", EVERYWHERE, ("Ctrl+5",)),
    Command("rail.6", "Sixth part", EVERYWHERE, ("Ctrl+6",)),
    # ---- the start screen
    Command("start.next", "Next visit", START, (), ("Down",)),
    Command("start.previous", "Previous visit", START, (), ("Up",)),
    # ---- the walk
    Command("walk.next", "Next criterion", WALK, ("Ctrl+Down", "Alt+Down"), ("J", "Down")),
    Command("walk.previous", "Previous criterion", WALK, ("Ctrl+Up", "Alt+Up"), ("K", "Up")),
    Command("walk.next_open", "Next criterion with something missing", WALK, ("Ctrl+M",), ("M",)),
    *(
        Command(f"walk.rate_{digit}", f"Give rating {digit}", WALK, (f"Alt+{digit}",), (str(digit),))
        for digit in range(1, 10)
    ),
    Command("walk.clear", "Take my rating back", WALK, ("Alt+0",), ("0", "Backspace")),
    Command("walk.reason", "Write the reason", WALK, ("Ctrl+R",), ("R",)),
    Command("walk.note", "Write a note", WALK, ("Ctrl+Shift+N",), ("N",)),
    Command("walk.note_document", "Note on a document", WALK, ("Ctrl+Shift+D",), ("D",)),
    Command("walk.note_interview", "Note of an interview", WALK, ("Ctrl+Shift+I",), ("I",)),
    Command("walk.note_observation", "Note of an observation", WALK, ("Ctrl+Shift+O",), ("O",)),
    Command("walk.note_sample", "Note of a sample", WALK, ("Ctrl+Shift+A",), ("A",)),
    Command("walk.attach", "Attach evidence", WALK, ("Ctrl+E",), ("E",)),
    Command("walk.attach_folder", "Attach a folder", WALK, ("Ctrl+Shift+E",), ("Shift+E",)),
    Command("walk.paste", "Paste a picture or files as evidence", WALK, ("Ctrl+Shift+V",), ("Ctrl+V",)),
    Command("walk.seen", "Record a document seen, not copied", WALK, ("Ctrl+Shift+S",), ("S",)),
    Command("walk.cite", "Cite an exhibit that is there already", WALK, ("Ctrl+Shift+C",), ("C",)),
    Command("walk.finding", "Raise a finding", WALK, ("Ctrl+Shift+F",), ("F",)),
    Command("walk.flag", "Flag this criterion", WALK, ("Ctrl+G",), ("G",)),
    Command("walk.state", "Next work state", WALK, ("Ctrl+Shift+W",), ("W",)),
    Command("walk.stage", "Documents or on site", WALK, ("Ctrl+T",), ("T",)),
    Command("walk.next_site", "Next site", WALK, ("Alt+Right",), ("Right",)),
    Command("walk.previous_site", "Previous site", WALK, ("Alt+Left",), ("Left",)),
    Command("walk.filter", "Filter the criteria", WALK, ("Ctrl+L",), ("L",)),
    # ---- findings
    Command("findings.new", "Raise a finding", FINDINGS, ("Ctrl+Shift+F",), ("N",)),
    Command("findings.next", "Next finding", FINDINGS, ("Ctrl+Down", "Alt+Down"), ("J",)),
    Command("findings.previous", "Previous finding", FINDINGS, ("Ctrl+Up", "Alt+Up"), ("K",)),
    Command("findings.filter", "Filter the findings", FINDINGS, ("Ctrl+L",), ("L",)),
    Command("findings.withdraw", "Withdraw or reinstate", FINDINGS, ("Ctrl+Shift+W",), ("W",)),
    Command("findings.responses", "Read responses back", FINDINGS, ("Ctrl+R",), ("R",)),
    Command("findings.answer", "Finding or its response", FINDINGS, ("Ctrl+T",), ("T",)),
    Command("findings.accept", "Accept the response", FINDINGS, ("Alt+1",), ("1",)),
    Command("findings.more", "Ask for more", FINDINGS, ("Alt+2",), ("2",)),
    Command("findings.close", "Close the finding", FINDINGS, ("Alt+3",), ("3",)),
    Command("findings.cite", "Cite an exhibit", FINDINGS, ("Ctrl+E",), ("E",)),
    # ---- evidence
    Command("evidence.attach", "Attach files", EVIDENCE, ("Ctrl+E",), ("E",)),
    Command("evidence.attach_folder", "Attach a folder", EVIDENCE, ("Ctrl+Shift+E",), ("Shift+E",)),
    Command("evidence.paste", "Paste a picture or files", EVIDENCE, ("Ctrl+Shift+V",), ("Ctrl+V",)),
    Command("evidence.seen", "Record a document seen, not copied", EVIDENCE, ("Ctrl+Shift+S",), ("S",)),
    Command("evidence.filter", "Filter the exhibits", EVIDENCE, ("Ctrl+L",), ("L",)),
    Command("evidence.save", "Save a copy", EVIDENCE, ("Ctrl+S",)),
    Command("evidence.mark", "Mark or redact the photo", EVIDENCE, ("Ctrl+M",), ("M",)),
    # ---- report
    Command("report.preview", "Preview the report", REPORT, ("Ctrl+P",), ("P",)),
    Command("report.export", "Export the report", REPORT, ("Ctrl+E",), ("E",)),
    Command("report.workbook", "Export the findings workbook", REPORT, ("Ctrl+Shift+E",), ("W",)),
    Command("report.responses", "Read responses back", REPORT, ("Ctrl+R",), ("R",)),
    Command("report.sign", "Sign the report", REPORT, ("Ctrl+Shift+S",), ("S",)),
    Command("report.print", "Print the report", REPORT, ("Ctrl+Alt+P",)),
    Command("report.check", "Check a report", REPORT, ("Ctrl+Shift+C",), ("C",)),
    Command("sign.sign", "Sign", SIGN, ("Ctrl+Return",)),
    Command("check.open", "Choose the report to check", CHECK, ("Ctrl+E",), ("E",)),
    # ---- the workbook that came home
    Command("return.open", "Choose the workbook", RETURN, ("Ctrl+E",), ("E",)),
    Command("return.all", "Tick all that are listed, or none", RETURN, ("Ctrl+Shift+A",), ("A",)),
    Command("return.apply", "Read in what is ticked", RETURN, ("Ctrl+Return",)),
)

COMMANDS = {command.id: command for command in _TABLE}


def bind(widget: QWidget, command_id: str, slot: Callable[[], object]) -> QAction:
    """An action on `widget` with the command's keys; disable it and its plain keys rest too."""
    command = COMMANDS[command_id]
    action = QAction(command.text, widget)
    action.setShortcuts([QKeySequence(key) for key in command.keys])
    action.setToolTip(tip(command_id))
    action.triggered.connect(lambda _checked=False: slot())
    widget.addAction(action)
    if command.plain:
        widget.addAction(_PlainKeys(command, action, widget))
    return action


def tip(command_id: str, words: str = "") -> str:
    """The command's words, or others, with its keys."""
    command = COMMANDS[command_id]
    said = words or command.tip or command.text.rstrip("…")
    return f"{said} ({' or '.join(command.all_keys[:2])})" if command.all_keys else said


def cap(command_id: str) -> str:
    return COMMANDS[command_id].all_keys[0].replace("+", " ")


def native(key: str) -> str:
    """As the system writes it: ⌘K on macOS, Ctrl+K elsewhere; arrows as arrows."""
    arrows = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}
    written = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    head, plus, last = written.rpartition("+")
    return head + plus + arrows.get(last, last)


def takes_typing(widget: QWidget | None) -> bool:
    """Whether plain keys belong to this widget."""
    return isinstance(widget, _TYPING)


class _PlainKeys(QAction):
    """The plain keys of a command, at rest while a box that takes typing has the focus."""

    def __init__(self, command: Command, acts: QAction, widget: QWidget) -> None:
        super().__init__(command.text, widget)
        self._acts = acts
        self.setShortcuts([QKeySequence(key) for key in command.plain])
        self.triggered.connect(acts.trigger)
        acts.enabledChanged.connect(lambda _on: self._follow(QApplication.focusWidget()))
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]
        self._follow(QApplication.focusWidget())

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._follow(new)

    def _follow(self, focused: QWidget | None) -> None:
        self.setEnabled(self._acts.isEnabled() and not takes_typing(focused))
