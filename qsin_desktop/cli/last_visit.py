"""Carry the last visit over, and tell how this one stands against it."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from qsin_desktop.actions.carrying_over import carry_over, drop_last_visit, look_at_earlier, trend
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.cli.secrets import read_secret
from qsin_desktop.cli.terminal import Terminal, asked
from qsin_desktop.domain.last_visit import LastVisit
from qsin_desktop.domain.trend import Trend, Turn
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.keys import NoKeyGiven
from qsin_desktop.system.child import PASSPHRASE_VARIABLE


def last_visit(given: argparse.Namespace, terminal: Terminal) -> None:
    if given.drop:
        with terminal.writing(given.visit) as visit:
            terminal.changed(drop_last_visit(visit))
    elif given.earlier is not None:
        with terminal.writing(given.visit) as visit:
            last = _look(given, terminal.identity())
            change = carry_over(visit, last)
            found = {"ratings": len(last.ratings), "findings": len(last.findings)}
            terminal.changed(change, network=last.network, final=last.final, **found)
            if last.network.casefold() != visit.record.facts.network.casefold():
                terminal.tell(f"The earlier visit calls its network “{last.network}”.")
            if not last.final:
                terminal.tell("The earlier visit was not sealed; it was taken as it stands now.")
    else:
        with terminal.reading(given.visit) as visit:
            stands = trend(visit.record)
            if stands is None:
                terminal.answer("No last visit was carried over.", {"last_visit": None})
            else:
                terminal.answer(trend_words(stands), trend_json(stands))


def _look(given: argparse.Namespace, identity: Identity) -> LastVisit:
    """By what was given for it, the computer's keyring, or a passphrase that both share or is asked for."""
    key_file, file = given.earlier_key_file, given.earlier_passphrase_file
    passphrase = read_secret(file) if file is not None else None
    try:
        return look_at_earlier(
            given.earlier, identity=identity, unlocking=Unlocking(passphrase, key_file, key_file is None)
        )
    except NoKeyGiven:
        passphrase = os.environ.get(PASSPHRASE_VARIABLE)
        if passphrase is None and not sys.stdin.isatty():
            raise
    if passphrase is None:
        passphrase = asked("Passphrase of the earlier visit: ")
    return look_at_earlier(given.earlier, identity=identity, unlocking=Unlocking(passphrase))


def trend_words(stands: Trend) -> str:
    last = stands.last
    days = " to ".join(dict.fromkeys(filter(None, (last.starts, last.ends)))) or "no date"
    lines = [
        f"Since the visit of {days} to {last.network}:",
        "  " + ", ".join(f"{stands.counts.get(turn, 0)} {turn.value}" for turn in Turn),
    ]
    for one in stands.changed:
        was, now = one.past, one.now
        if was is not None and now is not None:
            words = " (its words changed)" if one.reworded else ""
            lines.append(f"  {one.turn.sign} {one.criterion.shown_code}: {was.label} -> {now.label}{words}")
    for outcome in stands.findings:
        again = ", ".join(finding.number for finding in outcome.findings)
        more = f" as {again}" if again else ""
        lines.append(f"  {outcome.past.number} ({outcome.past.grade}): {outcome.outcome.value}{more}")
    return "\n".join(lines)


def trend_json(stands: Trend) -> dict[str, Any]:
    last = stands.last
    return {
        "last_visit": {
            "network": last.network,
            "starts": last.starts,
            "ends": last.ends,
            "final": last.final,
        },
        "counts": {turn.name.lower(): stands.counts.get(turn, 0) for turn in Turn},
        "criteria": [
            {
                "criterion": one.criterion.code,
                "then": one.past.label if one.past else None,
                "now": one.now.label if one.now else None,
                "turn": one.turn.name.lower(),
                "reworded": one.reworded,
            }
            for one in stands.criteria
        ],
        "findings": [
            {
                "number": outcome.past.number,
                "grade": outcome.past.grade,
                "outcome": outcome.outcome.name.lower(),
                "raised_as": [finding.number for finding in outcome.findings],
            }
            for outcome in stands.findings
        ],
    }
