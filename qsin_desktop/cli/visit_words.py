"""The words of the commands that make, plan, look through and keep safe a visit."""

from __future__ import annotations

from qsin_desktop.cli import last_visit, looking, planning, safety, visits
from qsin_desktop.cli.adding import Adder
from qsin_desktop.cli.words import a_path, one_of
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.visits import FACTS


def add_visits(add: Adder) -> None:
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


def add_planning(add: Adder) -> None:
    facts = add("facts", planning.facts, "Change facts of the visit")
    for name in FACTS:
        facts.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    site = add("site", planning.site, "Add a site")
    site.add_argument("site_name", metavar="NAME")
    last = add("last-visit", last_visit.last_visit, "Carry the last visit over, or compare with it")
    what = last.add_mutually_exclusive_group()
    what.add_argument("earlier", type=a_path, nargs="?", metavar="EARLIER", help="the earlier visit's folder")
    last.add_argument("--earlier-key-file", type=a_path, metavar="F", help="open that one with this key file")
    last.add_argument(
        "--earlier-passphrase-file", type=a_path, metavar="F", help="its passphrase, on the first line"
    )
    what.add_argument("--drop", action="store_true", help="let go of what was carried over")
    member = add("member", planning.member, "Add somebody to the team")
    member.add_argument("member_name", metavar="NAME")
    member.add_argument("--role", type=one_of(Role), required=True, metavar="ROLE")
    member.add_argument("--organisation", default="", metavar="TEXT")
    assign = add("assign", planning.assign, "Say who looks at a standard")
    assign.add_argument("standard", metavar="STANDARD")
    assign.add_argument("person", metavar="NAME", help="a team member; an empty word for nobody")


def add_looking(add: Adder) -> None:
    show = add("show", looking.show, "State, progress, missing parts, disagreements")
    show.add_argument("criterion", nargs="?", metavar="CRITERION")
    search = add("search", looking.search, "Find words in the visit")
    search.add_argument("words", nargs="+", metavar="WORDS")
    trail = add("trail", looking.trail, "Who did what, when, from what to what, why")
    trail.add_argument("--verify", action="store_true", help="check every hash and signature")


def add_safety(add: Adder) -> None:
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
