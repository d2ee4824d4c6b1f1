"""The words of the commands that judge: ratings, findings, notes, exhibits, marks, the seal."""

from __future__ import annotations

import argparse

from qsin_desktop.actions.planning import WorkState
from qsin_desktop.cli import evidence, judging, marking
from qsin_desktop.cli.adding import Adder
from qsin_desktop.cli.words import a_path, one_of
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.marks import MarkColour, MarkKind
from qsin_desktop.domain.visits import Stage


def add_judging(add: Adder) -> None:
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


def add_evidence(add: Adder) -> None:
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


def _add_marking(add: Adder) -> None:
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
