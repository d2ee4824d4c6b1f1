"""The words of the command line and which function each command calls."""

from __future__ import annotations

import argparse

from qsin_desktop import __version__
from qsin_desktop.cli.adding import Adder, everywhere
from qsin_desktop.cli.document_words import add_documents, add_packs, add_responding, add_templates
from qsin_desktop.cli.exchanging_words import add_exchanging
from qsin_desktop.cli.judging_words import add_evidence, add_judging
from qsin_desktop.cli.keeping_words import add_keeping, add_recovery
from qsin_desktop.cli.signing_words import add_credentials, add_signing
from qsin_desktop.cli.visit_words import add_looking, add_planning, add_safety, add_visits
from qsin_desktop.cli.words import Parser


def make_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="qsin-desktop",
        description="Assess an imaging network against QSIN. Without a command the window opens.",
        parents=[everywhere(first=True)],
    )
    parser.add_argument("--version", action="version", version=f"QSIN Desktop {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    add = Adder(commands)
    add_visits(add)
    add_judging(add)
    add_evidence(add)
    add_planning(add)
    add_looking(add)
    add_safety(add)
    add_documents(add)
    add_signing(add)
    add_responding(add)
    add_exchanging(add)
    add_keeping(add)
    add_recovery(commands)
    add_packs(commands)
    add_credentials(commands)
    add_templates(commands)
    return parser
