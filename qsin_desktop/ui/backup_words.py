"""How the backups are, in the words of the window; and a backup because somebody asked for one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.moments import moment
from qsin_desktop.ui.words import count

if TYPE_CHECKING:  # with a visit
    from qsin_desktop.actions.backup_rounds import Copies, Round
    from qsin_desktop.ui.desk import Desk

_SAME_DISK = "It is on the same disk as the visit and would be lost with it."


def copies_words(copies: Copies | None, place: str) -> tuple[str, Tone]:
    """One place of backups, `place` as in “in the visit's folder”, and how good that is."""
    if copies is None:
        return "Looking…", Tone.NOT_APPLICABLE
    last = f"Last backup {place}: {when(copies.at)}." if copies.at else f"No backup {place} yet."
    if copies.gone:
        return f"Not connected just now. {last} It is tried again by itself.", Tone.PARTLY
    if copies.fault:
        return f"{copies.fault} {last} It is tried again every minute.", Tone.NOT_MET
    parts = [last, "Checked; it holds everything." if copies.whole else _SOON]
    if copies.lacking:
        files = count(copies.lacking, "file")
        parts.append(f"{files} of exhibits could not be copied: damaged or missing in the visit.")
    if copies.same_disk:
        parts.append(_SAME_DISK)
    good = not (copies.lacking or copies.same_disk)
    return " ".join(parts), Tone.MET if good and copies.at else Tone.PARTLY


_SOON = "The next follows within half an hour of work."


def when(at: datetime) -> str:
    """By this computer's clock and zone."""
    return moment(at.astimezone().isoformat())


def back_up_now(desk: Desk) -> None:
    """Words being typed are recorded first, so that they are in it."""
    desk.recording.emit()
    desk.backups.make_now(lambda done: _tell(desk, done))


def _tell(desk: Desk, done: Round) -> None:
    if done.here.fault or done.there is None:
        if not done.here.fault:
            desk.messages.done("Backed up in the visit's folder, and checked.")
    elif done.there.gone:
        desk.messages.warning(
            "Backed up in the visit's folder, and checked. The second place is not connected; it gets its "
            "copy by itself once it is."
        )
    elif not done.there.fault:
        desk.messages.done("Backed up in the visit's folder and in the second place, and checked.")
