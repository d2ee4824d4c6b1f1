"""The workbook while it is being made: its sheets, looks, long texts, and where each thing will stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.domain.errors import UnknownCriterion
from qsin_desktop.domain.evidence import Exhibit, ExhibitLink
from qsin_desktop.domain.findings import Finding
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.domain.standards import Criterion
from qsin_desktop.report.wording import report_number
from qsin_desktop.report.workbook.grid import Grid, Strings, Value
from qsin_desktop.report.workbook.heights import lines
from qsin_desktop.report.workbook.looks import LINK, Look, Looks
from qsin_desktop.report.workbook.texts import one_line


class Put(NamedTuple):
    """A value with a look or link of its own, where it differs from its column's."""

    value: Value
    look: Look | None = None
    link: str = ""  # as place() gives it
    tip: str = ""


def linked(text: str, goal: str, tip: str, width: float) -> Put:
    """A text that leads somewhere, where one line shows it; LibreOffice joins the lines of longer ones."""
    led = bool(goal) and lines(text, width) == 1
    return Put(text, LINK if led else None, goal if led else "", tip)


def bare(value: Value | Put) -> Value:
    return value.value if isinstance(value, Put) else value


def place(sheet: str, row: int, column: str = "A") -> str:
    """A cell as a link names it."""
    return f"'{sheet}'!{column}{row}"


class Book:
    """One workbook in the making, with what its sheets need to know of the snapshot and of each other."""

    def __init__(self, snapshot: VisitSnapshot, check: Callable[[], None]) -> None:
        self.snapshot = snapshot
        self.check = check  # raises where the user has cancelled
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.worksheets[0])
        self.looks = Looks(self.workbook)
        self.anchors: dict[str, str] = {}  # id of a finding or exhibit, or code of a criterion: its place
        self.strings = Strings()
        self.grids: dict[str, Grid] = defaultdict(lambda: Grid(self.strings, self.looks))  # by sheet
        self.hyperlinks: dict[str, list[Hyperlink]] = defaultdict(list)
        self.pictures: dict[str, list[str]] = defaultdict(list)  # by sheet: what each drawing shows
        self.exhibits: dict[str, Exhibit] = {e.id: e for e in snapshot.exhibits}
        self.findings: dict[str, Finding] = {f.id: f for f in snapshot.findings}
        self._people = {p.id: p.name for p in snapshot.people}
        self._sites = {s.id: s.name for s in snapshot.sites}
        self.zone: tzinfo = snapshot.made_at.tzinfo or UTC
        self.links_by_finding: dict[str, list[ExhibitLink]] = defaultdict(list)
        self.links_by_exhibit: dict[str, list[ExhibitLink]] = defaultdict(list)
        for link in snapshot.links:
            self.links_by_exhibit[link.exhibit].append(link)
            if link.finding:
                self.links_by_finding[link.finding].append(link)

    # ---- words of the snapshot --------------------------------------------------------------------

    def person(self, person_id: str) -> str:
        return self._people.get(person_id, "someone not in the team")

    def site(self, site_id: str) -> str:
        return self._sites.get(site_id, "a removed site" if site_id else "Network")

    def criterion(self, code: str) -> Criterion | None:
        try:
            return self.snapshot.criterion(code)
        except UnknownCriterion:
            return None

    def code(self, code: str) -> str:
        """A criterion's code as assessors say it."""
        criterion = self.criterion(code)
        return criterion.shown_code if criterion else code

    def moment(self, at: str) -> Value:
        """A time as a real one, in the zone of the report's own; as text where it cannot be read."""
        try:
            read = datetime.fromisoformat(at)
        except ValueError:
            return at
        return read if read.tzinfo is None else read.astimezone(self.zone).replace(tzinfo=None)

    @property
    def state(self) -> str:
        """`DRAFT 3` or `Version 3, final`."""
        version = self.snapshot.version
        return f"Version {version}, final" if self.snapshot.final else f"DRAFT {version}"

    @property
    def running_title(self) -> str:
        facts = self.snapshot.facts
        network = facts.network or "Network not named"
        return one_line(f"{network} · report {report_number(self.snapshot)} · {self.state}", 180)

    # ---- cells ------------------------------------------------------------------------------------

    def write(self, sheet: Worksheet, row: int, column: int, value: Value | Put, look: Look) -> None:
        """Put one cell where it belongs, replacing what was there."""
        grid = self.grids[sheet.title]
        if not isinstance(value, Put):
            grid.put(row, column, value, look)
            return
        grid.put(row, column, value.value, value.look or look)
        if value.link:
            tip = one_line(value.tip, 200) or None
            ref = f"{get_column_letter(column)}{row}"
            self.hyperlinks[sheet.title].append(Hyperlink(ref=ref, location=value.link, tooltip=tip))
