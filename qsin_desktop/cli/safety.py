"""Check a visit, repair it, back it up, make it again from a backup."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from qsin_desktop.actions import backing_up, checking, repairing, restoring
from qsin_desktop.actions.check_words import mended_lines, result_lines
from qsin_desktop.actions.putting_right import put_right
from qsin_desktop.actions.repair_words import moment
from qsin_desktop.cli.progress import progress_line
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Damage, Refusal
from qsin_desktop.settings import SettingsFile
from qsin_desktop.store.keys import WrongPassphrase
from qsin_desktop.store.secret_files import KeyFileWrong


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """For work where that can be, so that tables which differ from the journal are made anew."""
    try:
        with terminal.writing_if_free(given.visit, "It is checked all the same; nothing is mended.") as visit:
            result = checking.check_visit(visit, progress=progress_line())
            mend = given.repair and not visit.read_only and result.journal_sound
            mended, wanted = checking.mend_exhibits(visit, progress=progress_line()) if mend else ((), ())
            lines = result_lines(result, read_only=bool(visit.read_only))
    except Damage as damage:
        return _repaired(given, terminal) if given.repair else _account(given, terminal, damage)
    except (WrongPassphrase, KeyFileWrong):
        # Its keys may have been changed for another visit's, and a copy of its own may fit.
        if not _fits_a_copy(given, terminal):
            raise
        return _repaired(given, terminal) if given.repair else _account(given, terminal, KeysForeign())
    lines += mended_lines(mended, wanted)
    if given.repair and (not result.journal_sound or result.bad_backups):
        return _repaired(given, terminal)
    sound = result.sound or bool(mend and result.journal_sound and not wanted)
    mended_now = [exhibit.number for exhibit in mended]
    terminal.answer("\n".join(lines), {**asdict(result), "sound": sound, "mended": mended_now, "repair": []})
    if not sound:
        terminal.tell(
            "The visit does not pass its check; nothing was thrown away, and a backup may be whole. "
            "“check VISIT --repair” mends what can be mended."
        )
    return 0 if sound else 1


class KeysForeign(Damage):
    def __init__(self) -> None:
        super().__init__("The keys of this visit are another visit's; a copy of its own was found.")


def _fits_a_copy(given: argparse.Namespace, terminal: Terminal) -> bool:
    try:
        account = terminal.with_key(
            lambda key: repairing.look_over(given.visit, key, more=_elsewhere(terminal), home=terminal.home)
        )
    except Refusal:
        return False
    return bool(account.affected)


def _account(given: argparse.Namespace, terminal: Terminal, damage: Damage) -> int:
    """What a repair would do. Nothing is written."""
    try:
        account = terminal.with_key(
            lambda key: repairing.look_over(given.visit, key, more=_elsewhere(terminal), home=terminal.home)
        )
    except Refusal:
        raise damage from None
    lines = [*account.affected, *account.safe, *(f"Repair: {step}" for step in account.steps)]
    terminal.answer(
        "\n".join(lines or [damage.sentence]), {"sound": False, "damage": damage.sentence, **asdict(account)}
    )
    terminal.tell(f"{damage.sentence} “check VISIT --repair” mends what can be mended.")
    return 1


def _repaired(given: argparse.Namespace, terminal: Terminal) -> int:
    """Repair, then check again and mend exhibits."""
    identity = terminal.identity()
    done = terminal.with_key(
        lambda key: put_right(
            given.visit,
            identity=identity,
            unlocking=key,
            more=_elsewhere(terminal),
            progress=progress_line(),
        )
    )
    values = {
        **asdict(done.result),
        "sound": done.result.sound,
        "mended": [e.number for e in done.mended],
        "repair": done.repaired.lines,
    }
    terminal.answer("\n".join(done.lines), values)
    if not done.result.sound:
        terminal.tell("Something could not be mended, as the list says; everything else is whole.")
    return 0 if done.result.sound else 1


def _elsewhere(terminal: Terminal) -> tuple[Any, ...]:
    """Folders of backups in the second place of the settings."""
    named = SettingsFile(terminal.home).load().second_backups_folder
    return backing_up.second_places(named)


def backup(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        made = backing_up.back_up(visit)
        words = f"Backup {made.path.name}, {made.size:,} bytes, written and checked"
        values = {"backup": str(made.path), "size": made.size, "at": made.at.isoformat()}
        if given.to is not None:
            second = backing_up.back_up_to(visit, given.to, progress=progress_line())
            files = "1 new file" if second.exhibits == 1 else f"{second.exhibits:,} new files"
            words += f"\nThe same, and {files} of exhibits, in {second.place}"
            values |= {
                "second": str(second.backup.path),
                "exhibits_copied": second.exhibits,
                "exhibits_lacking": second.lacking,
                "same_disk": second.same_disk,
            }
            if second.lacking:
                terminal.tell(
                    f"{second.lacking} files of exhibits are damaged or missing here; “check” names them."
                )
            if second.same_disk:
                terminal.tell("The second place is on the same disk as the visit, and would be lost with it.")
        terminal.answer(words, values)


def restore(given: argparse.Namespace, terminal: Terminal) -> None:
    if given.list:
        _list(given, terminal)
        return
    if given.dir is None:
        raise restoring.PlaceNeeded
    identity = terminal.identity()
    done = terminal.with_key(
        lambda key: restoring.restore(
            given.backup, given.dir, identity=identity, unlocking=key, progress=progress_line()
        )
    )
    lines = [f"Restored {done.entries} entries to {done.visit}", *done.notes]
    values = {k: str(v) if k in ("visit", "key_file") and v else v for k, v in asdict(done).items()}
    terminal.answer("\n".join(lines), values)


def _list(given: argparse.Namespace, terminal: Terminal) -> None:
    listed = [_row(backup, terminal) for backup in restoring.backups_at(given.backup)]
    lines = [f"{row['words']}  {_held(row['entries'])}  {row['backup']}" for row in listed]
    terminal.answer("\n".join(lines), {"backups": listed})


def _held(entries: int | None) -> str:
    return "damaged" if entries is None else f"{entries} entries"


def _row(backup: restoring.Backup, terminal: Terminal) -> dict[str, Any]:
    row = {
        "backup": str(backup.path),
        "at": backup.at.isoformat(),
        "size": backup.size,
        "words": moment(backup.at),
    }
    try:
        return {**row, "entries": terminal.with_key(lambda key: restoring.looked_into(backup, key)).entries}
    except restoring.BackupBroken:
        return {**row, "entries": None}
