"""Show a visit or a criterion, find words, read the trail."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.searching import MARKS
from qsin_desktop.actions.searching import search as find
from qsin_desktop.actions.trail import trail_rows, verify_trail
from qsin_desktop.cli.shown import criterion_json, criterion_words, visit_json, visit_words
from qsin_desktop.cli.terminal import Terminal
from qsin_desktop.domain.counting import count
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.findings import Finding


def show(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        if given.criterion is not None:
            shown = criterion_json(visit, visit.criterion(given.criterion))
            terminal.answer(criterion_words(shown), shown)
        else:
            shown = visit_json(visit)
            terminal.answer(visit_words(shown), shown)


def search(given: argparse.Namespace, terminal: Terminal) -> None:
    with terminal.reading(given.visit) as visit:
        results = find(visit, " ".join(given.words))
        listed = [
            {
                "kind": result.kind,
                "title": result.title,
                "excerpt": _plain(result.excerpt),
                "criterion": result.criterion,
                "finding": _number(visit.record.finding(result.finding)),
                "exhibit": _number(visit.record.exhibit(result.exhibit)),
            }
            for result in results
        ]
        lines = [f"{one['title']}\n    {one['excerpt']}" for one in listed]
        terminal.answer("\n".join(lines) or "Nothing found.", {"results": listed})


def _number(thing: Finding | Exhibit | None) -> str:
    return thing.number if thing else ""


def _plain(excerpt: str) -> str:
    for mark in MARKS:
        excerpt = excerpt.replace(mark, "")
    return excerpt


def trail(given: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.reading(given.visit) as visit:
        if given.verify:
            return _verify(visit, terminal)
        rows = trail_rows(visit)
        lines = []
        for row in rows:
            where = f"{row.type} {row.field}"
            why = f" because: {row.why}" if row.why else ""
            was, became = row.before or "(nothing)", row.after or "(nothing)"
            lines.append(f"{row.at}  {row.by}: {row.act} | {where}: {was} -> {became}{why}")
        terminal.answer("\n".join(lines), {"entries": [asdict(row) for row in rows]})
        return 0


def _verify(visit: OpenVisit, terminal: Terminal) -> int:
    verdict = verify_trail(visit)
    if verdict.intact:
        words = (
            f"The trail is intact: {count(verdict.entries, 'entry', 'entries')} of "
            f"{count(verdict.devices, 'laptop', 'laptops')}, "
            "every hash and signature right."
        )
        if verdict.purged:
            words += f" {verdict.purged} purged: their words are gone, as a purge says."
    else:
        words = f"The trail is broken at entry {verdict.seq} of laptop {verdict.device[:12]}: {verdict.fault}"
    terminal.answer(words, {**asdict(verdict), "intact": verdict.intact})
    if not verdict.intact:
        terminal.tell("The trail does not pass its check; a backup of the visit may be whole.")
        return 1
    return 0
