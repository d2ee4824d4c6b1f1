"""The words of the command line and which function each command calls."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache
from typing import Any

from qsin_desktop import __version__
from qsin_desktop.actions.planning import WorkState
from qsin_desktop.cli import (
    documents,
    evidence,
    exchanging,
    judging,
    keeping_words,
    looking,
    marking,
    packs,
    planning,
    responding,
    safety,
    templates,
    visits,
)
from qsin_desktop.cli.signing_words import (
    CREDENTIAL_COMMANDS,
    add_credentials,
    add_export_words,
    add_signing,
)
from qsin_desktop.cli.words import Parser, a_path, one_of
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.marks import MarkColour, MarkKind
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.responses import AccuracyVerdict, Verdict
from qsin_desktop.domain.visits import FACTS, Stage

Command = Callable[[argparse.Namespace, Any], int | None]


def make_parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="qsin-desktop",
        description="Assess an imaging network against QSIN. Without a command the window opens.",
        parents=[_everywhere(first=True)],
    )
    parser.add_argument("--version", action="version", version=f"QSIN Desktop {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    add = _Adder(commands)
    _add_visits(add)
    _add_judging(add)
    _add_evidence(add)
    _add_planning(add)
    _add_looking(add)
    _add_safety(add)
    _add_documents(add)
    add_signing(add)
    _add_responding(add)
    _add_exchanging(add)
    keeping_words.add_keeping(add)
    _add_recovery(commands)
    _add_packs(commands)
    _add_credentials(commands)
    _add_templates(commands)
    return parser


@cache
def _everywhere(*, first: bool = False) -> argparse.ArgumentParser:
    """Options that may stand before or after the command."""
    parser = argparse.ArgumentParser(add_help=False)
    unset: Any = None if first else argparse.SUPPRESS
    parser.add_argument(
        "--home", type=a_path, metavar="DIR", default=unset, help="folder of your identity and settings"
    )
    parser.add_argument(
        "--json", action="store_true", default=False if first else argparse.SUPPRESS, help="answer as JSON"
    )
    parser.add_argument(
        "--key-file", type=a_path, metavar="F", default=unset, help="open the visit with this key file"
    )
    parser.add_argument(
        "--name", metavar="NAME", default=unset, help="your name, on first use of a home folder"
    )
    return parser


class _Adder:
    """Adds a command; most take the visit's folder first."""

    def __init__(self, commands: Any) -> None:
        self._commands = commands

    def __call__(
        self, name: str, command: Command, help_: str, *, visit: bool = True
    ) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = self._commands.add_parser(
            name, help=help_, description=help_, parents=[_everywhere()]
        )
        parser.set_defaults(command=command)
        if visit:
            parser.add_argument("visit", type=a_path, metavar="VISIT", help="the visit's folder")
        return parser


def _add_visits(add: _Adder) -> None:
    demo = add("demo", visits.demo, "Make the example visit and open it", visit=False)
    demo.add_argument("dir", type=a_path, nargs="?", metavar="DIR", help="where to make it")
    demo.add_argument("--no-window", action="store_true", help="only make it")
    new = add("new", visits.new, "Make a new visit", visit=False)
    new.add_argument("dir", type=a_path, metavar="DIR", help="the folder to make")
    new.add_argument("--network", required=True)
    new.add_argument("--pack", required=True, help="a shipped pack's id or a file")
    new.add_argument("--rules", default="", help="a rule set's id; the pack's first by default")
    new.add_argument("--assessor", required=True, metavar="NAME", help="your name")
    new.add_argument("--role", type=one_of(Role), default=Role.LEAD, metavar="ROLE")
    new.add_argument(
        "--site", action="append", default=[], metavar="NAME", help="once for each site, up to 40"
    )
    new.add_argument(
        "--member", action="append", default=[], metavar="NAME:ROLE", help="once for each colleague"
    )
    new.add_argument("--starts", default="", metavar="DAY", help="as 2026-11-24")
    new.add_argument("--ends", default="", metavar="DAY")
    new.add_argument("--scope", default="")
    new.add_argument("--objectives", default="")
    new.add_argument("--issuing-body", default="")
    new.add_argument(
        "--recovery-key", type=a_path, metavar="PUBLIC", help="the accreditation body's public key"
    )


def _add_judging(add: _Adder) -> None:
    rate = add("rate", judging.rate, "Rate a criterion")
    rate.add_argument("criterion", metavar="CRITERION")
    rate.add_argument("rating", metavar="RATING")
    _place(rate)
    rate.add_argument("--reason", default="", metavar="TEXT")
    clear = add("clear", judging.clear, "Take your own rating back")
    clear.add_argument("criterion", metavar="CRITERION")
    _place(clear)
    settle = add("settle", judging.settle, "Settle a disagreement, as the lead")
    settle.add_argument("criterion", metavar="CRITERION")
    settle.add_argument("rating", metavar="RATING")
    _place(settle)
    settle.add_argument("--reason", required=True, metavar="TEXT")
    finding = add("finding", judging.finding, "Raise a finding")
    finding.add_argument("--to", required=True, action="append", metavar="CRITERION")
    finding.add_argument("--grade", required=True, metavar="G")
    for part in ("requirement", "evidence", "gap"):
        finding.add_argument(f"--{part}", default="", metavar="T")
    finding.add_argument("--site", metavar="S")
    withdraw = add("withdraw", judging.withdraw, "Withdraw a finding, an exhibit or your note")
    withdraw.add_argument("what", metavar="WHAT")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    add("reinstate", judging.reinstate, "Bring back what was withdrawn").add_argument("what", metavar="WHAT")
    state = add("state", judging.state, "Set a criterion's work state")
    state.add_argument("criterion", metavar="CRITERION")
    state.add_argument("state", type=one_of(WorkState), metavar="STATE")
    flag = add("flag", judging.flag, "Flag a criterion, or take the flag off")
    flag.add_argument("criterion", metavar="CRITERION")
    flag.add_argument("--words", default="", metavar="TEXT")
    flag.add_argument("--off", action="store_true")
    add("undo", judging.undo, "Take your last act back")
    add("redo", judging.redo, "Do again what you took back")
    seal = add("seal", judging.seal, "Seal the visit, as the lead")
    seal.add_argument(
        "--in-spite-of", default="", metavar="TEXT", help="the reason, where points are still open"
    )
    seal.add_argument(
        "--reason-for",
        nargs=2,
        action="append",
        default=[],
        metavar=("POINT", "TEXT"),
        help="a reason for one point, by its kind or some of its words; the other one is for the rest",
    )
    leave = add("leave", judging.leave, "Leave what came after the seal out of the signed visit, as the lead")
    leave.add_argument("--reason", required=True, metavar="TEXT")
    reopen = add("reopen", judging.reopen, "Take the seal off, as the lead")
    reopen.add_argument("--reason", required=True, metavar="TEXT")


def _place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", metavar="S", help="a site's name; the network by default")
    parser.add_argument(
        "--stage",
        type=one_of(Stage),
        default=Stage.SITE,
        metavar="STAGE",
        help="documents or site",
    )


def _add_evidence(add: _Adder) -> None:
    note = add("note", evidence.note, "Write a note")
    note.add_argument("criterion", metavar="CRITERION")
    note.add_argument("--kind", required=True, type=one_of(NoteKind), metavar="KIND")
    note.add_argument("text", metavar="TEXT")
    note.add_argument("--heard", default="", metavar="WHO", help="who said or showed it")
    note.add_argument("--in-role", default="", metavar="ROLE", help="in what role")
    note.add_argument("--when", default="", metavar="TIME")
    _place(note)
    attach = add("attach", evidence.attach, "Attach files or folders")
    attach.add_argument("files", type=a_path, nargs="+", metavar="FILE")
    _targets(attach)
    attach.add_argument("--locator", default="", metavar="TEXT", help="page, paragraph, sheet")
    attach.add_argument("--caption", default="", metavar="TEXT")
    seen = add("seen", evidence.seen, "Record a document that was seen and not copied")
    seen.add_argument("--title", required=True)
    for option in ("number", "dated", "where", "seen-by", "seen-on", "showed"):
        seen.add_argument(f"--{option}", default="", metavar="TEXT")
    seen.add_argument("--caption", default="", metavar="TEXT")
    _targets(seen)
    copy = add("copy-out", evidence.copy_out, "Write an exhibit out as a file")
    copy.add_argument("exhibit", metavar="EXHIBIT")
    copy.add_argument("out", type=a_path, metavar="OUT")
    copy.add_argument("--marked", action="store_true", help="a JPEG with its marks drawn and redactions made")
    _add_marking(add)


def _add_marking(add: _Adder) -> None:
    mark = add("mark", marking.mark, "Draw a mark on a photo, or redact a part of it")
    mark.add_argument("exhibit", metavar="EXHIBIT")
    mark.add_argument("kind", type=one_of(MarkKind), metavar="KIND", help="box, ellipse, arrow, text, redact")
    for side, words in (("x", "left"), ("y", "top"), ("w", "width"), ("h", "height")):
        mark.add_argument(side, type=float, metavar=side.upper(), help=f"{words}, 0 to 1 of the picture")
    mark.add_argument("--text", default="", metavar="T")
    mark.add_argument("--colour", type=one_of(MarkColour), default=MarkColour.RED, metavar="COLOUR")
    unmark = add("unmark", marking.unmark, "Take a mark off a photo")
    unmark.add_argument("exhibit", metavar="EXHIBIT")
    unmark.add_argument("mark", metavar="MARK", help="its number as marks lists it")
    marks = add("marks", marking.marks, "List the marks on a photo")
    marks.add_argument("exhibit", metavar="EXHIBIT")


def _targets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", action="append", default=[], metavar="CRITERION", help="once for each criterion"
    )
    parser.add_argument(
        "--to-finding", action="append", default=[], metavar="FINDING", help="once for each finding"
    )


def _add_planning(add: _Adder) -> None:
    facts = add("facts", planning.facts, "Change facts of the visit")
    for name in FACTS:
        facts.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    site = add("site", planning.site, "Add a site")
    site.add_argument("site_name", metavar="NAME")
    member = add("member", planning.member, "Add somebody to the team")
    member.add_argument("member_name", metavar="NAME")
    member.add_argument("--role", type=one_of(Role), required=True, metavar="ROLE")
    member.add_argument("--organisation", default="", metavar="TEXT")
    assign = add("assign", planning.assign, "Say who looks at a standard")
    assign.add_argument("standard", metavar="STANDARD")
    assign.add_argument("person", metavar="NAME", help="a team member; an empty word for nobody")


def _add_looking(add: _Adder) -> None:
    show = add("show", looking.show, "State, progress, missing parts, disagreements")
    show.add_argument("criterion", nargs="?", metavar="CRITERION")
    search = add("search", looking.search, "Find words in the visit")
    search.add_argument("words", nargs="+", metavar="WORDS")
    trail = add("trail", looking.trail, "Who did what, when, from what to what, why")
    trail.add_argument("--verify", action="store_true", help="check every hash and signature")


def _add_safety(add: _Adder) -> None:
    check = add("check", safety.check, "Check database, trail, tables, every exhibit and every backup")
    check.add_argument("--repair", action="store_true", help="mend what can be mended; originals are kept")
    backup = add("backup", safety.backup, "Make a verified backup now")
    backup.add_argument(
        "--to", type=a_path, metavar="DIR", help="and another, with exhibits, on another disk"
    )
    restore = add("restore", safety.restore, "Make a visit again from a backup, in a new folder", visit=False)
    restore.add_argument(
        "backup",
        type=a_path,
        metavar="BACKUP",
        help="a backup, or a visit or folder that has some: the newest",
    )
    restore.add_argument("dir", type=a_path, nargs="?", metavar="DIR", help="the folder to make")
    restore.add_argument("--list", action="store_true", help="only list the backups, newest first")


def _add_documents(add: _Adder) -> None:
    export = add("export", documents.export, "Make the report or the findings workbook")
    export.add_argument("--pdf", type=a_path, metavar="F")
    export.add_argument("--xlsx", type=a_path, metavar="F")
    export.add_argument("--final", action="store_true", help="refuse to make a draft")
    add_export_words(export)
    export.add_argument("--template", type=a_path, metavar="DIR", help="the body's report template to use")


def _add_responding(add: _Adder) -> None:
    responses = add("responses", responding.responses, "Read a returned workbook: look, or take over")
    responses.add_argument("file", type=a_path, metavar="FILE.xlsx")
    which = responses.add_mutually_exclusive_group()
    which.add_argument("--apply", action="store_true", help="take all of it over, as one act")
    which.add_argument("--only", metavar="F-001,F-003", help="take over what concerns these findings")
    responses.add_argument(
        "--evidence", type=a_path, metavar="FOLDER", help="the files that came with it, to be attached"
    )
    answer = add("answer", responding.answer, "Say to the network's answer what the assessors say")
    answer.add_argument("finding", metavar="FINDING")
    answer.add_argument("verdict", choices=[v.value for v in Verdict])
    answer.add_argument("--words", default="", metavar="T")
    accuracy = add("accuracy", responding.accuracy, "Accept or refuse a comment on factual accuracy")
    accuracy.add_argument("finding", metavar="FINDING")
    accuracy.add_argument("verdict", choices=[v.value for v in AccuracyVerdict])
    accuracy.add_argument("--words", default="", metavar="T", help="the reason")


def _add_exchanging(add: _Adder) -> None:
    exchange = add(
        "exchange", exchanging.exchange, "Meet colleagues at a stick, a share or a mirrored folder"
    )
    exchange.add_argument("folder", type=a_path, metavar="FOLDER")
    bundle = add("bundle", exchanging.bundle, "Write the visit to one file for the team")
    bundle.add_argument("out", type=a_path, metavar="OUT")
    bundle.add_argument(
        "--for", dest="for_", metavar="NAME", help="only what this colleague has not said to have"
    )
    receive = add(
        "receive", exchanging.receive, "Take bundles in, in any order, again and again", visit=False
    )
    receive.add_argument("bundles", type=a_path, nargs="+", metavar="BUNDLE")
    receive.add_argument(
        "--into", type=a_path, metavar="VISIT", help="the visit, or a new folder to make it in"
    )
    whoami = add(
        "whoami", exchanging.whoami, "Your name, this laptop's keys, card and six words", visit=False
    )
    whoami.add_argument(
        "--visit", type=a_path, metavar="VISIT", help="show the words to compare with its lead"
    )
    invite = add("invite", exchanging.invite, "Write a bundle that a newcomer's laptop can read")
    invite.add_argument("card", metavar="CARD", help="from the newcomer's whoami, or a file that holds it")
    invite.add_argument("out", type=a_path, metavar="OUT")
    invite.add_argument("--role", type=one_of(Role), default=Role.PEER, metavar="ROLE")
    invite.add_argument(
        "--instead-of", metavar="NAME", help="the planned colleague whose place it is; else a namesake's"
    )
    confirm = add("confirm", exchanging.confirm, "List laptops that wait, or confirm one by its six words")
    confirm.add_argument("device", nargs="?", metavar="LAPTOP", help="its key, or the beginning of it")
    confirm.add_argument("--words", metavar="WORDS", help="as the newcomer's program shows them")
    cut = add("cut-off", exchanging.cut_off, "Cut a laptop off, e.g. a stolen one, as the lead")
    cut.add_argument("device", metavar="LAPTOP")
    cut.add_argument("--reason", required=True, metavar="TEXT")
    cut.add_argument(
        "--after", type=int, metavar="N", help="the last of its entries that counts; all by default"
    )
    add("team", exchanging.team, "Who is still out, and what stands in the way of closing")


def _add_recovery(commands: Any) -> None:
    recovery = commands.add_parser(
        "recovery", help="The recovery key of the accreditation body", parents=[_everywhere()]
    )
    keeping_words.add_recovery(
        _Adder(recovery.add_subparsers(metavar="new-key|use|show|stop|add", required=True))
    )


def _add_packs(commands: Any) -> None:
    pack = commands.add_parser("pack", help="Check or import a standards pack", parents=[_everywhere()])
    add = _Adder(pack.add_subparsers(metavar="check|import|list", required=True))
    check = add("check", packs.check, "Name every error of a pack or rule set, with its line", visit=False)
    check.add_argument("file", type=a_path, metavar="FILE")
    bring = add("import", packs.bring_in, "Make a pack from an Excel sheet", visit=False)
    bring.add_argument("sheet", type=a_path, metavar="FILE.xlsx")
    bring.add_argument("out", type=a_path, metavar="OUT.yaml")
    bring.add_argument("--overwrite", action="store_true")
    add("list", packs.listed, "The packs and rule sets that come with the program", visit=False)
    template = add("template", packs.template, "Write the Excel sheet to fill in", visit=False)
    template.add_argument("out", type=a_path, metavar="OUT.xlsx")
    template.add_argument("--overwrite", action="store_true")


def _add_credentials(commands: Any) -> None:
    about = "Make a credential to sign with, or say whom to trust"
    group = commands.add_parser("credential", help=about, description=about, parents=[_everywhere()])
    add_credentials(_Adder(group.add_subparsers(metavar=CREDENTIAL_COMMANDS, required=True)))


def _add_templates(commands: Any) -> None:
    template = commands.add_parser(
        "template", help="Make, check or use a body's own report template", parents=[_everywhere()]
    )
    add = _Adder(template.add_subparsers(metavar="new|check|use|drop", required=True))
    for name, command, help_ in (
        ("new", templates.new, "Write a commented template to begin with"),
        ("check", templates.check, "Name every error of a template, with its line"),
    ):
        add(name, command, help_, visit=False).add_argument("dir", type=a_path, metavar="DIR")
    use = add("use", templates.use, "Draw the visit's report by this template from now on")
    use.add_argument("dir", type=a_path, metavar="DIR")
    add("drop", templates.drop, "Go back to the report's own look")
