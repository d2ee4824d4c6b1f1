"""How a finding's status looks: its word, tone and sign, and the order in which they press."""

from __future__ import annotations

from qsin_desktop.domain.responses import FindingStatus
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.widgets.chip import ChipFace

_FACES = {
    FindingStatus.OVERDUE: ChipFace("Overdue", Tone.NOT_MET, icon="warning"),
    FindingStatus.DUE: ChipFace("Due", Tone.PARTLY, icon="clock"),
    FindingStatus.ANSWERED: ChipFace("Answered", Tone.ACCENT, icon="read-back"),
    FindingStatus.OPEN: ChipFace("Open", Tone.NOT_APPLICABLE, Sign.RING),
    FindingStatus.CLOSED: ChipFace("Closed", Tone.MET, Sign.TICK),
    FindingStatus.NOTHING_ASKED: ChipFace("Not asked", Tone.NOT_APPLICABLE, Sign.DASH),
    FindingStatus.WITHDRAWN: ChipFace("Withdrawn", Tone.NOT_APPLICABLE, icon="withdraw"),
}
STATUS_ORDER = tuple(_FACES)

_TIPS = {
    FindingStatus.OVERDUE: "Its date has passed and the network's answer is awaited",
    FindingStatus.DUE: "Due within four weeks, and the network's answer is awaited",
    FindingStatus.ANSWERED: "The network has answered; the next word is yours",
    FindingStatus.OPEN: "The network's answer is awaited",
    FindingStatus.CLOSED: "You have closed it",
    FindingStatus.NOTHING_ASKED: "Praise: no answer is asked for",
    FindingStatus.WITHDRAWN: "Withdrawn; it keeps its number",
}


def status_face(status: FindingStatus) -> ChipFace:
    return _FACES[status]


def status_tip(status: FindingStatus) -> str:
    return _TIPS[status]
