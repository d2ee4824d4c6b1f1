"""The words of the commands by which the team meets."""

from __future__ import annotations

from qsin_desktop.cli import exchanging
from qsin_desktop.cli.adding import Adder
from qsin_desktop.cli.words import a_path, one_of
from qsin_desktop.domain.people import Role


def add_exchanging(add: Adder) -> None:
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
