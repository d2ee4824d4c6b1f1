"""Change facts, sites and team."""

from __future__ import annotations

import argparse

from qsin_desktop.actions import planning
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import NotFound
from qsin_desktop.domain.visits import FACTS


def facts(given: argparse.Namespace, terminal: Terminal) -> None:
    wanted = {name: getattr(given, name) for name in FACTS if getattr(given, name) is not None}
    with terminal.writing(given.visit) as visit:
        terminal.changed(planning.set_facts(visit, wanted))


def site(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        terminal.changed(planning.add_site(visit, name=given.site_name))


def member(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = planning.add_person(
            visit, name=given.member_name, role=given.role, organisation=given.organisation
        )
        terminal.changed(change, person=change.entity)


def assign(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        people = {person.name.casefold(): person.id for person in visit.record.people}
        name = given.person.strip().casefold()
        if name and name not in people:
            raise NotFound("team member", given.person)
        terminal.changed(planning.assign(visit, standard=given.standard, person=people.get(name)))
