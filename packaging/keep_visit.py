"""Keep a small visit as this program writes it, so that every later program is tried on it.

    python packaging/keep_visit.py [OUT.zip] [--program FOLDER] [--label WORDS]

Run it at each release, and whenever SCHEMA_VERSION is raised. Without OUT the file is
tests/kept/schema-N.zip; what is kept is never written over. With --program the visit is made by
the program in that folder, for example an older checkout. Only the command line is used, which every
version has. The archive holds the visit, its key file, the home of the laptop that wrote it, and
told.json: what a reader must find.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
KEPT = TOP / "tests" / "kept"
NAME = "Kept 2026.qsin"
_SAME_DAY = (2026, 11, 24, 12, 0, 0)
_VERSION = "from qsin_desktop.store.tables import SCHEMA_VERSION; print(SCHEMA_VERSION)"
_PACK = """\
id: kept
title: A small pack to keep
edition: "1"
publisher: Somebody
licence: Anybody
series:
  - code: "100"
    title: Leadership
    standards:
      - code: IN-101
        title: Who leads
        criteria:
          - {letter: a, title: There is a plan}
          - {letter: b, title: The plan is known}
          - {letter: c, title: The plan is followed}
"""
_TEXT = "Minutes of the board, £12 for biscuits – naïve façade.\n" * 9
_GRAPH = bytes(range(256)) * 8


class Program:
    """One version's command line, on one laptop that is its own."""

    def __init__(self, folder: Path, place: Path) -> None:
        self._folder, self.place = folder, place
        self.visit, self.home = place / NAME, place / "home"

    def __call__(self, *words: object, code: int = 0) -> Any:
        """The answer's JSON. Raises `SystemExit` when the program ends otherwise than by `code`."""
        given = ["--json", "--home", self.home, "--key-file", self.key_file]
        ran = self._run("-m", "qsin_desktop", str(words[0]), *map(str, (*words[1:], *given)))
        if ran.returncode != code:
            sys.exit(f"{' '.join(map(str, words))}: {ran.stderr or ran.stdout}")
        return json.loads(ran.stdout or "null")

    @property
    def key_file(self) -> Path:
        return self.place / f"{NAME}.key"

    def schema_version(self) -> int:
        return int(self._run("-c", _VERSION).stdout)

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self._folder), "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self._folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def work(program: Program) -> dict[str, Any]:
    """A short day: rated, noted, attached, undone, backed up, worked on. Answers what must be there."""
    place, visit = program.place, program.visit
    files = {"minutes.txt": _TEXT.encode(), "plan.bin": _GRAPH}
    for name, content in {**files, "pack.yaml": _PACK.encode()}.items():
        (place / name).write_bytes(content)
    program(
        *("new", visit, "--network", "Kept Imaging Network", "--pack", place / "pack.yaml"),
        *("--rules", "accreditation", "--assessor", "Kim Keeper", "--site", "Royal Wessex"),
        *("--member", "Ada Other:peer", "--starts", "2026-11-24", "--ends", "2026-11-25"),
    )
    program("rate", visit, "IN-101.a", "met")
    program("rate", visit, "IN-101.b", "not-met", "--reason", "Nobody at the desk knew it.")
    program("note", visit, "IN-101.a", "--kind", "interview", "Two owners were named: Zoë and Łukasz.")
    program("attach", visit, *(place / name for name in files), "--to", "IN-101.a", "--caption", "The board")
    program(
        *(
            "finding",
            visit,
            "--to",
            "IN-101.b",
            "--grade",
            "mandatory",
            "--requirement",
            "The plan is known.",
        ),
        *("--evidence", "Three were asked.", "--gap", "None of them knew it."),
    )
    program("backup", visit)
    program("rate", visit, "IN-101.c", "met")
    program("undo", visit)
    program("note", visit, "IN-101.c", "--kind", "observation", "Written after the backup.")
    return {
        "ratings": {"IN-101.a": "met", "IN-101.b": "not-met"},
        "reason": "Nobody at the desk knew it.",
        "notes": ["Two owners were named: Zoë and Łukasz.", "Written after the backup."],
        "requirement": "The plan is known.",
        "exhibits": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        "after_the_backup": "Written after the backup.",
        "undone": "IN-101.c",
    }


def keep(program: Program, told: dict[str, Any], out: Path) -> None:
    """Everything a laptop has of the visit, in one file that no checkout changes a byte of."""
    left_out = ("visit.lock", "visit.writer.json", "settings.json")
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("told.json", _SAME_DAY), json.dumps(told, indent=1))
        for path in sorted(program.place.rglob("*")):
            name = path.relative_to(program.place).as_posix()
            ours = name.startswith((NAME, "home/"))
            if path.is_file() and ours and path.name not in left_out and "logs" not in path.parts:
                archive.writestr(zipfile.ZipInfo(name, _SAME_DAY), path.read_bytes(), zipfile.ZIP_DEFLATED)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("out", type=Path, nargs="?")
    asked.add_argument("--program", type=Path, default=TOP)
    asked.add_argument("--label", default="the program that brought this schema")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(given.program.resolve(), Path(folder).resolve())
        version = program.schema_version()
        out = given.out or KEPT / f"schema-{version}.zip"
        if out.exists():
            sys.exit(f"{out} is kept already, and a kept visit is never written over.")
        told = {"schema": version, "made_by": given.label, **work(program)}
        keep(program, told, out)
    print(f"{out}: {out.stat().st_size:,} bytes, schema {version}")


if __name__ == "__main__":
    main()
