"""What a person is told before and after a repair: what is affected, what is safe, what is back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from qsin_desktop.domain.counting import count
from qsin_desktop.store.backups import backups_of
from qsin_desktop.store.damaged import DamagedFolder
from qsin_desktop.store.database_state import DatabaseState
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.key_search import KeysFound
from qsin_desktop.store.rebuilding import Logs

_DATABASE = {
    DatabaseState.MISSING: "Its database (visit.db) is gone.",
    DatabaseState.EMPTY: "Its database (visit.db) is empty.",
    DatabaseState.DAMAGED: "Its database (visit.db) is damaged, or is another visit's.",
    DatabaseState.LOG_DAMAGED: "The log of its last work (visit.db-wal) is damaged, or is another file's.",
    DatabaseState.TABLES: "The tables of its database do not say what its journal says.",
    DatabaseState.SHORT: "Its database holds fewer entries than the visit had: the last are missing from it.",
    DatabaseState.BEHIND: "Its database is older than its newest backup: something later is missing from it.",
}


def bad_backups_told(names: Sequence[str]) -> str:
    """On opening; empty where there is none."""
    if not names:
        return ""
    one = len(names) == 1
    return (
        f"{'A backup' if one else f'{len(names)} backups'} of this visit ({listed(names)}) "
        f"{'is' if one else 'are'} damaged or only a link, so {'it protects' if one else 'they protect'} "
        f"nothing. The visit itself is whole; “Check” moves {'it' if one else 'them'} out of the way."
    )


@dataclass(frozen=True)
class Account:
    """Before a repair. `affected` is empty for a visit that is as it should be."""

    affected: tuple[str, ...]
    safe: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return (*self.affected, *self.safe, *self.steps)


def account_of(
    folder: VisitFolder,
    found: KeysFound,
    state: DatabaseState,
    bad_backups: Sequence[str],
    blocked: Sequence[str] = (),
) -> Account:
    backups = [backup for backup in backups_of(folder) if backup.path.name not in bad_backups]
    affected, steps = [], []
    if state in _DATABASE:
        affected.append(_DATABASE[state])
        steps.append(
            "A new database is put together from every entry that is still readable in the old one and in "
            "the backups; each is taken only if its signature is right."
        )
    if blocked:
        affected.append(f"Something else lies in the place of its {listed(blocked)}.")
        steps.append("It is moved out of the way.")
    if not found.in_place:
        affected.append("Its keys (keys.json) are damaged, gone or another visit's; a copy of them fits.")
        steps.append("The copy takes their place.")
    if bad_backups:
        count = len(bad_backups)
        affected.append(f"{count} of its backups {'is' if count == 1 else 'are'} damaged.")
        steps.append("Damaged backups are moved out of the way.")
    if steps:
        steps.append("Nothing is deleted: every damaged file is kept in the visit's folder “damaged”.")
    safe = ["Exhibits lie in files of their own and are not touched."] if affected else []
    if backups and affected:
        word = "backup is" if len(backups) == 1 else "backups are"
        safe.append(f"{len(backups)} {word} whole, the newest of {moment(backups[0].at)}.")
    elif affected:
        affected.append("There is no whole backup.")
    return Account(tuple(affected), tuple(safe), tuple(steps))


def outcome_lines(
    logs: Logs,
    sources: Sequence[str],
    texts_lost: int,
    last: str,
    bad_backups: int,
    aside: DamagedFolder,
    *,
    keys_mended: bool,
    short: int = 0,
) -> tuple[str, ...]:
    """After it. `short`: entries that the visit had and nothing has now. Nothing to mend is a line too."""
    lines = []
    if logs.whole:
        laptops = len(logs.whole)
        how = "put together" if short or logs.beyond else "whole"
        lines.append(
            f"The journal is {how} again: {count(logs.entries, 'entry', 'entries')} of "
            f"{count(laptops, 'laptop', 'laptops')}, from {listed(sources)}; every signature is right."
        )
        if last:
            lines.append(
                f"The last of them was written on {moment_of(last)}; look whether that was your last work."
            )
    if short:
        lines.append(
            f"{count(short, 'entry that the visit had is', 'entries that the visit had are')} in none of "
            "its files any more."
        )
    if texts_lost:
        lines.append(f"{count(texts_lost, 'entry has', 'entries have')} lost their text.")
    missing = sum(logs.missing.values())
    if logs.beyond:
        waiting = sum(map(len, logs.beyond.values()))
        lines.append(
            f"{count(missing, 'entry is', 'entries are')} missing, and "
            f"{count(waiting, 'later one waits', 'later ones wait')} for them; they are kept and join by "
            "themselves when the missing ones come."
        )
    if logs.whole:
        lines.append(
            "Exchange with your colleagues before you go on writing: what they have of this visit comes "
            "back by it."
        )
    if keys_mended:
        lines.append("The keys were put back from a copy.")
    if bad_backups:
        lines.append(
            f"{count(bad_backups, 'damaged backup was', 'damaged backups were')} moved out of the way."
        )
    if aside.moved:
        lines.append(f"The damaged originals are kept in “{aside.path.parent.name}/{aside.path.name}”.")
    return tuple(lines) or ("Nothing had to be repaired.",)


def listed(names: Sequence[str]) -> str:
    """At most three by name."""
    shown = list(names[:3])
    if len(names) > 3:
        shown.append(f"{len(names) - 3} more")
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{local.day} {local:%B %Y}, {local:%H:%M}"


def moment_of(text: str) -> str:
    """Of an entry's own time, which is as its laptop's clock was."""
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        return f"{at.day} {at:%B %Y}, {at:%H:%M}"
    return text
