"""The words of the commands about keys, purging and deleting."""

from __future__ import annotations

from typing import Any

from qsin_desktop.cli import keeping, privacy
from qsin_desktop.cli.adding import Adder, everywhere
from qsin_desktop.cli.words import a_path


def add_keeping(add: Adder) -> None:
    word = add("passphrase", keeping.passphrase, "Change the passphrase of a visit")
    word.add_argument(
        "--forget-computers", action="store_true", help="computers that remember the visit ask again"
    )
    recover = add("recover", keeping.recover, "Give a new passphrase to a visit whose own is lost")
    recover.add_argument(
        "--recovery-key", type=a_path, required=True, metavar="FILE", help="the body's private key"
    )
    purge = add("purge", privacy.purge, "Purge an exhibit or a text for good, on every laptop")
    purge.add_argument(
        "what", metavar="WHAT", help="E-014, F-003, F-003:gap, a note's id, or an entry's id from the trail"
    )
    purge.add_argument("--reason", required=True, metavar="TEXT", help="stays in the trail; name nobody")
    delete = add("delete", privacy.delete, "Delete a visit for good, its keys first")
    delete.add_argument("--confirm", required=True, metavar="NAME", help="the network's name, as it stands")
    delete.add_argument("--reason", default="", metavar="TEXT", help="where it is still to be kept")

    problem = add(
        "report-problem", privacy.report_problem, "Write what support needs to know, to be read", visit=False
    )
    problem.add_argument("out", type=a_path, metavar="OUT", help="the text file to write")
    problem.add_argument("--visit", type=a_path, metavar="VISIT", help="check this visit and say how it is")


def add_recovery(commands: Any) -> None:
    recovery = commands.add_parser(
        "recovery", help="The recovery key of the accreditation body", parents=[everywhere()]
    )
    add = Adder(recovery.add_subparsers(metavar="new-key|use|show|stop|add", required=True))
    new_key = add("new-key", keeping.new_key, "Make the body's pair of keys", visit=False)
    new_key.add_argument("private", type=a_path, metavar="PRIVATE", help="the file to make")
    new_key.add_argument("public", type=a_path, nargs="?", metavar="PUBLIC", help="PRIVATE.pub by default")
    use = add("use", keeping.use, "Put the body's public key into every visit made here", visit=False)
    use.add_argument("public", type=a_path, metavar="PUBLIC")
    add("show", keeping.show, "Which key goes into visits made here", visit=False)
    add("stop", keeping.stop, "No recovery key for visits made here from now on", visit=False)
    into = add("add", keeping.add, "Put a recovery key into a visit that has none")
    into.add_argument("public", type=a_path, nargs="?", metavar="PUBLIC", help="the one in use by default")
