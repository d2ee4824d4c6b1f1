"""Make a visit: a new one, or the example."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from qsin_desktop.actions.choosing import find_pack, find_rules, rules_for
from qsin_desktop.actions.founding import NewVisit, TeamMember, found_visit, refuse_unfit
from qsin_desktop.actions.keeping_keys import read_recovery_public
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import Refusal, shown
from qsin_desktop.domain.people import Role


class NotAMember(Refusal):
    def __init__(self, given: str) -> None:
        roles = ", ".join(role.value for role in Role)
        super().__init__(
            f"“{shown(given)}” does not name a colleague; write it as NAME:ROLE with a role of: {roles}."
        )


def new(given: argparse.Namespace, terminal: Terminal) -> None:
    pack = find_pack(given.pack)
    rules = find_rules(given.rules, pack) if given.rules else rules_for(pack)[0]
    wanted = NewVisit(
        network=given.network,
        pack=pack,
        rules=rules,
        sites=tuple(given.site),
        starts=given.starts,
        ends=given.ends,
        scope=given.scope,
        objectives=given.objectives,
        issuing_body=given.issuing_body,
        my_role=given.role,
        team=tuple(_member(text) for text in given.member),
    )
    protection = terminal.protection()
    if given.recovery_key:
        protection = replace(protection, recovery_public=read_recovery_public(given.recovery_key))
    refuse_unfit(wanted, protection)
    identity = terminal.identity(given.assessor)  # last: a name kept for a visit that is refused would stay
    with found_visit(given.dir, wanted, identity=identity, protection=protection) as visit:
        facts = visit.record.facts
        if pack.notice:
            terminal.tell(pack.notice)
        terminal.answer(
            f"Made the visit to {facts.network} at {visit.folder.path}",
            {
                "visit": str(visit.folder.path),
                "id": visit.visit_id,
                "network": facts.network,
                "number": facts.report_number,
                "sites": [site.name for site in visit.record.sites],
                "criteria": len(pack.criteria),
            },
        )


def _member(text: str) -> TeamMember:
    name, colon, role = text.rpartition(":")
    if not colon or role not in {r.value for r in Role} or not name.strip():
        raise NotAMember(text)
    return TeamMember(name, Role(role))


def demo(given: argparse.Namespace, terminal: Terminal) -> int:
    from qsin_desktop.example.visit import make_example

    made = make_example(given.dir or Path.cwd() / "qsin-example")
    terminal.answer(
        f"The example visit is at {made.visit}\nIts key file is {made.key_file}",
        {"visit": str(made.visit), "key_file": str(made.key_file), "home": str(made.home)},
    )
    if given.no_window:
        return 0
    from qsin_desktop.app import open_window

    return open_window(visit=made.visit, key_file=made.key_file, home=made.home)
