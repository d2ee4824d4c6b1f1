"""Hand over and receive, invite and confirm laptops, cut one off, tell who is still out."""

from __future__ import annotations

import argparse
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qsin_desktop.actions import enrolling, exchanging, reissuing, welcoming
from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.disagreements import disagreements
from qsin_desktop.actions.exchanging import GIVING, TAKING, Course, Summary
from qsin_desktop.actions.laptops import laptops
from qsin_desktop.actions.late_changes import late_changes
from qsin_desktop.actions.library import is_visit, visits_in
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.team_state import team_state
from qsin_desktop.cli.closing import late_json, late_words, point_json, points_words
from qsin_desktop.cli.progress import progress_line
from qsin_desktop.cli.shown import conflict_json, conflict_words
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.errors import NotFound, Refusal
from qsin_desktop.settings import SettingsFile
from qsin_desktop.system.child import PASSPHRASE_VARIABLE


class NowhereToPut(Refusal):
    def __init__(self, bundle: Path) -> None:
        super().__init__(
            f"“{bundle.name}” belongs to a visit that is not open to this computer; give --into with the "
            "visit's folder, or with a new folder to make the visit in. Nothing was taken."
        )


def whoami(given: argparse.Namespace, terminal: Terminal) -> None:
    identity = terminal.identity(given.name)
    card = enrolling.card_of(identity)
    values: dict[str, Any] = {
        "name": card.name,
        "person": card.person,
        "device": card.device,
        "age": card.recipient,
        "words": card.words,
        "card": card.text(),
    }
    lines = [
        f"Name: {card.name}",
        f"Person: {card.person}",
        f"Laptop: {card.device}",
        f"Encryption key: {card.recipient}",
        f"Six words of this laptop: {card.words}",
        f"Card to give to the lead: {card.text()}",
    ]
    if given.visit is not None:
        with terminal.reading(given.visit) as visit:
            pairs = _pair_words(visit)
        values["words_with"] = pairs
        lines += [f"Six words with {pair['name']} ({pair['device'][:8]}): {pair['words']}" for pair in pairs]
    terminal.answer("\n".join(lines), values)


def _pair_words(visit: OpenVisit) -> list[dict[str, str]]:
    leads = visit.store.authority.leads
    return [
        {
            "name": visit.record.person_name(person),
            "device": device,
            "words": enrolling.words_with(visit, device),
        }
        for device, person in sorted(visit.store.authority.members)
        if person in leads and device != visit.identity.device
    ]


def invite(given: argparse.Namespace, terminal: Terminal) -> None:
    card = enrolling.read_card(given.card)
    with terminal.writing(given.visit) as visit:
        planned = welcoming.place_meant(visit, card, given.instead_of or "")
        welcoming.welcome(visit, card, role=given.role, instead_of=planned.id if planned else "")
        summary = exchanging.write_bundle(visit, given.out, course=_course(terminal))
    place = f" {card.name} takes the place planned for {planned.name}." if planned else ""
    words = (
        f"Wrote {given.out} for {card.name}.{place} Compare the six words of the card: {card.words}\n"
        f"When {card.name} has received it, confirm the laptop: "
        f"qsin-desktop confirm VISIT {card.device[:12]} --words “…”"
    )
    terminal.answer(
        words,
        {
            **_json(summary),
            "file": str(given.out),
            "words": card.words,
            "instead_of": planned.name if planned else "",
        },
    )


def confirm(given: argparse.Namespace, terminal: Terminal) -> None:
    """Without --words the laptops that wait are listed with the words to compare."""
    if given.words is None:
        with terminal.reading(given.visit) as visit:
            waiting: list[dict[str, Any]] = [
                {
                    "device": laptop.device,
                    "name": visit.record.person_name(laptop.person),
                    "entries": laptop.entries,
                    "words": enrolling.words_with(visit, laptop.device),
                }
                for laptop in laptops(visit)
                if laptop.waits
            ]
        lines = [
            f"{one['device'][:12]}  {one['name']}, {_waiting(one['entries'])}: {one['words']}"
            for one in waiting
        ]
        terminal.answer("\n".join(lines) or "No laptop waits.", {"waiting": waiting})
        return
    if given.device is None:
        raise NotFound("laptop", "")
    with terminal.writing(given.visit) as visit:
        change = enrolling.confirm_by_words(visit, device=given.device, words=given.words)
        terminal.changed(change)


def cut_off(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.writing(given.visit) as visit:
        change = enrolling.revoke_device(visit, device=given.device, reason=given.reason, after=given.after)
        terminal.changed(change)


def bundle(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        person = _person(visit, given.for_) if given.for_ else ""
        summary = exchanging.write_bundle(visit, given.out, person=person, course=_course(terminal))
    words = f"Wrote {given.out}: {summary.entries_given} entries, {summary.pieces_given} pieces of evidence"
    terminal.answer(words, {**_json(summary), "file": str(given.out)})


def _person(visit: OpenVisit, name: str) -> str:
    found = next((p.id for p in visit.record.people if name.strip().casefold() == p.name.casefold()), None)
    if found is None:
        raise NotFound("team member", name)
    return found


def exchange(given: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.writing(given.visit) as visit:
        again = _part_if_needed(visit, terminal)
        summary = exchanging.exchange_with(visit, given.folder, course=_course(terminal))
        parted = _part_if_needed(visit, terminal)
        if parted:
            exchanging.exchange_with(visit, given.folder, course=_course(terminal))
        words = "\n".join(exchanging.summary_words(visit, summary))
        terminal.answer(words, {**_json(summary), "written_again": again + parted})
    return 1 if summary.refused or summary.faults else 0


def _part_if_needed(visit: OpenVisit, terminal: Terminal) -> int:
    """A key that two laptops write under is given up here too, and said so."""
    parted = reissuing.parted_at(visit)
    count = reissuing.mend(visit, terminal.home)
    if parted:
        one = count == 1
        then = (
            ("counts" if one else "count")
            if visit.confirmed
            else f"wait{'s' * one} until the lead confirms it"
        )
        terminal.tell(
            "Another laptop wrote under the key of this one, or the lead cut the key off. This laptop has a "
            f"new key; {count} {'entry was' if one else 'entries were'} written again under it and {then}."
        )
    return count


def receive(given: argparse.Namespace, terminal: Terminal) -> int:
    """Each bundle by itself: one that is refused is named, and the others are taken all the same."""
    received: list[dict[str, Any]] = []
    refused = 0
    for path in given.bundles:
        try:
            received.append(_receive_one(path, given.into, terminal))
        except Refusal as refusal:
            refused += 1
            received.append({"file": str(path), "refused": refusal.sentence})
            terminal.tell(refusal.sentence)
    if terminal.as_json:
        terminal.answer("", {"received": received})
    return 1 if refused else 0


def _receive_one(path: Path, into: Path | None, terminal: Terminal) -> dict[str, Any]:
    visit_id = exchanging.bundle_visit(path)
    where = into or _known_visit(visit_id, terminal)
    if where is None:
        raise NowhereToPut(path)
    if is_visit(where):
        with terminal.writing(where) as visit:
            summary = exchanging.receive(visit, path, course=_course(terminal))
            return _told(visit, summary, path, terminal, made=False)
    protection = terminal.protection()
    visit, summary = exchanging.receive_new(
        path, where, identity=terminal.identity(), protection=protection, course=_course(terminal)
    )
    with visit:
        return _told(visit, summary, path, terminal, made=True)


def _known_visit(visit_id: str, terminal: Terminal) -> Path | None:
    """A visit of this person's library that opens with what was given, or by itself."""
    library = SettingsFile(terminal.home).load().library_folder
    given = Unlocking(os.environ.get(PASSPHRASE_VARIABLE), terminal.key_file)
    for path in visits_in(library):
        try:
            with open_visit(path, identity=terminal.identity(), unlocking=given, reading=True) as visit:
                if visit.visit_id == visit_id:
                    return path
        except Refusal:
            continue
    return None


def _told(
    visit: OpenVisit, summary: Summary, path: Path, terminal: Terminal, *, made: bool
) -> dict[str, Any]:
    if not terminal.as_json:
        head = f"Made the visit at {visit.folder.path} from {path.name}" if made else f"Received {path.name}"
        print("\n".join([head, *(f"  {line}" for line in exchanging.summary_words(visit, summary))]))
    values = _json(summary)
    return {**values, "file": str(path), "visit": str(visit.folder.path), "made": made}


def team(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        state = team_state(visit)
        points = [point_json(visit, point) for point in closing_points(visit, state)]
        conflicts = [conflict_json(visit, conflict) for conflict in disagreements(visit)]
        late = [late_json(change) for change in late_changes(visit)]
    lines = []
    for person in state.people:
        exhibits = f"{person.exhibits_here} of {person.exhibits} exhibits here"
        lines.append(f"{person.name}: {_entries(person.entries)}, {exhibits}")
        lines += [f"  {laptop.device[:12]} {_laptop_words(laptop)}" for laptop in person.laptops]
    lines += [line for conflict in conflicts for line in conflict_words(conflict)]
    lines += late_words(late)
    lines += points_words(points)
    terminal.answer(
        "\n".join(lines), {**asdict(state), "conflicts": conflicts, "late": late, "closing": points}
    )


def _laptop_words(laptop: Any) -> str:
    state = "confirmed" if laptop.confirmed else "not confirmed, its entries wait"
    if laptop.cut_at is not None:
        state = f"cut off after entry {laptop.cut_at}"
    if laptop.mine:
        return f"this laptop, {state}"
    seen = f"last met {laptop.seen_at}" if laptop.seen_at else "has met nobody yet"
    return f"{state}, {seen}, has not seen {_entries(laptop.unseen_mine)} of this laptop"


def _waiting(number: int) -> str:
    return f"{_entries(number)} {'waits' if number == 1 else 'wait'}" if number else "wrote nothing yet"


def _entries(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _json(summary: Summary) -> dict[str, Any]:
    return {
        "place": summary.place,
        "entries_taken": summary.entries_taken,
        "entries_given": summary.entries_given,
        "pieces_taken": summary.pieces_taken,
        "pieces_given": summary.pieces_given,
        "pieces_wanted": summary.pieces_wanted,
        "laptops": [asdict(laptop) for laptop in summary.laptops.values()],
        "faults": summary.faults,
        "not_backed_up": summary.not_backed_up,
        "ignored": summary.ignored,
        "for_others": summary.for_others,
        "agrees": summary.agrees,
        "purges": summary.purges,
        "purged_there": summary.purged_there,
        "purged_held": summary.purged_held,
        "purged_unread": summary.purged_unread,
    }


def _course(terminal: Terminal) -> Course:
    return Course(progress=None if terminal.as_json else progress_line(sizes=(TAKING, GIVING)))
