"""Check, import and list standards packs."""

from __future__ import annotations

import argparse

from qsin_desktop.actions.choosing import find_pack, rules_for, shipped_packs
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.packs.reading import check_file
from qsin_desktop.packs.sheets import check_sheet, import_sheet
from qsin_desktop.packs.shipped import pack_template
from qsin_desktop.packs.whole_files import refuse_taken
from qsin_desktop.store.durable import write_aside


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Every error with its line; exit 1 when there is one."""
    is_sheet = given.file.suffix.casefold() == ".xlsx"
    errors = check_sheet(given.file) if is_sheet else check_file(given.file).errors
    if terminal.as_json:
        listed = [{"line": error.line, "reason": error.reason} for error in errors]
        terminal.answer("", {"file": str(given.file), "sound": not errors, "errors": listed})
    elif not errors:
        terminal.say(f"{given.file.name} is sound.")
    for error in errors:
        terminal.tell(f"{given.file.name}: {error}")
    return 1 if errors else 0


def bring_in(given: argparse.Namespace, terminal: Terminal) -> None:
    pack = import_sheet(given.sheet, given.out, overwrite=given.overwrite)
    terminal.answer(
        f"Wrote {pack.title} with {len(pack.criteria)} criteria to {given.out}",
        {"pack": pack.id, "title": pack.title, "criteria": len(pack.criteria), "file": str(given.out)},
    )


def listed(_: argparse.Namespace, terminal: Terminal) -> None:
    packs = shipped_packs()
    lines = [f"{pack.id}: {pack.title}" for pack in packs]
    rules = {rule.id: rule.title for pack in packs for rule in rules_for(find_pack(pack.id))}
    lines += [f"rules {rule}: {title}" for rule, title in rules.items()]
    values = {"packs": [{"id": p.id, "title": p.title, "notice": p.notice} for p in packs], "rules": rules}
    terminal.answer("\n".join(lines), values)


def template(given: argparse.Namespace, terminal: Terminal) -> None:
    refuse_taken(given.out, overwrite=given.overwrite)
    write_aside(given.out, pack_template().read_bytes())
    terminal.answer(f"Wrote {given.out}", {"file": str(given.out)})
