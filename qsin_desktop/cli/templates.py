"""A body's own report template: begin one, check it, use it for a visit, take it off."""

from __future__ import annotations

import argparse

from qsin_desktop.actions import templates
from qsin_desktop.cli.terminal import Terminal


def new(given: argparse.Namespace, terminal: Terminal) -> None:
    path = templates.write_example_template(given.dir)
    terminal.answer(f"Wrote {path}; change it and try it with “template check”", {"file": str(path)})


def check(given: argparse.Namespace, terminal: Terminal) -> int:
    """Every error with its line; exit 1 when there is one."""
    errors = templates.check_template(given.dir).errors
    if terminal.as_json:
        listed = [{"line": error.line, "reason": error.reason} for error in errors]
        terminal.answer("", {"folder": str(given.dir), "sound": not errors, "errors": listed})
    elif not errors:
        terminal.say(f"{given.dir.resolve().name} is sound.")
    for error in errors:
        terminal.tell(f"{given.dir.resolve().name}: {error}")
    return 1 if errors else 0


def use(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(templates.choose_template(visit, given.dir))


def drop(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(templates.drop_template(visit))
