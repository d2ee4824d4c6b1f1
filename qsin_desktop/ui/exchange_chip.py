"""At the top of a visit: whether it is only on this laptop, when it was exchanged, who has handed in."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from qsin_desktop.actions.team_state import team_state
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import TEAM, Place
from qsin_desktop.ui.team_folder import FolderState
from qsin_desktop.ui.widgets.chip import ChipButton, ChipFace
from qsin_desktop.ui.words import joined

_SOON = 300  # milliseconds: counting who is in looks at journal and disk
_NAME = 18  # letters of a folder's name


class ExchangeChip(ChipButton):
    """Pressed, it leads to the Team screen."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__("", Tone.NOT_APPLICABLE, parent=parent)
        self._desk = desk
        self._roomy = True
        self._here = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._count)
        self.clicked.connect(lambda: desk.go(Place(TEAM)))
        desk.team_folder.changed.connect(self._show)
        desk.exchanges.began.connect(self._show)
        desk.exchanges.ended.connect(lambda _outcome: self._show())
        desk.feed.changed.connect(self._changed)
        self._count()

    def set_roomy(self, roomy: bool) -> None:
        """In a narrow window only what matters most."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _changed(self, change: Change, _origin: object) -> None:
        if any(change.touches(type_) for type_ in ("person", "device", "exhibit")):
            self._soon.start()

    def _count(self) -> None:
        """“3 of 5 here”: of the assessors, how many have handed in with all their evidence."""
        if self._desk.left:
            return
        state = team_state(self._desk.visit)
        assessing = sum(1 for person in state.people if person.role and person.role.assesses)
        here = assessing - len(state.not_handed_in)
        self._here = f"{here} of {assessing} here" if assessing > 1 else ""
        self._show()

    def _show(self) -> None:
        exchanges = self._desk.exchanges
        at = exchanges.last.at.strftime("%H:%M") if exchanges.last and not exchanges.last.ended else ""
        face = face_of(
            self._desk.team_folder.state,
            self._here,
            last=at,
            busy=exchanges.running is not None,
            short=not self._roomy,
        )
        self.set_chip(face.text, face.tone, face.sign, face.icon)
        self.setToolTip(_tip(self._desk.team_folder.state, self._here))
        self.setAccessibleName(joined(face.text, self._here))


def face_of(state: FolderState, here: str, *, last: str, busy: bool, short: bool) -> ChipFace:
    """`last`: when somebody exchanged by hand, or empty. `here` is left out where there is little room."""
    more = "" if short else here
    if busy:
        return ChipFace("Exchanging…", Tone.ACCENT, None, "exchange")
    if state.folder is None:
        words = joined(f"Exchanged {last}", more) if last else joined("" if short else "On this laptop", here)
        return ChipFace(words or "On this laptop", Tone.NOT_APPLICABLE, None, "laptop")
    name = state.name if len(state.name) <= _NAME else f"{state.name[: _NAME - 1]}…"
    if state.gone:
        return ChipFace("Folder not there" if short else f"“{name}” not there", Tone.PARTLY, None, "warning")
    if state.fault:
        return ChipFace(
            "Exchange failed" if not state.at else f"Exchanged {state.at:%H:%M}", Tone.PARTLY, None, "warning"
        )
    if state.at is None:
        return ChipFace("Exchanging…", Tone.NOT_APPLICABLE, None, "exchange")
    with_whom = "" if short else f" with {name}"
    return ChipFace(joined(f"Exchanged {state.at:%H:%M}{with_whom}", more), Tone.MET, Sign.TICK)


def _tip(state: FolderState, here: str) -> str:
    if state.fault:
        return state.fault
    if state.folder is None:
        kept = "Everything of this visit is on this laptop. No network is needed or used."
    else:
        kept = f"Exchanged with {state.folder} by itself."
    return f"{kept} {here.replace(' here', ' have handed in')}.".replace(" .", "") if here else kept
