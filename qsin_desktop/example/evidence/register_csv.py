"""The network's asset register: 120 pieces of equipment with their dates, as a CSV file from a spreadsheet.

The faults in it are set here by asset number, because the story of the visit cites them.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO

from qsin_desktop.example.evidence.capacity_workbook import ROOMS
from qsin_desktop.example.evidence.places import SITES

LISTED = date(2026, 11, 16)
COUNTS = (18, 12, 12, 12, 12, 16, 12, 14, 12)  # by site, 120 in all
OVERDUE = {84: 82, 88: 82, 90: 54, 93: 31, 71: 20, 76: 12, 113: 9}  # asset -> days past due on 24 November
NEW_SCANNER = 31  # came into use at Harbour CDC on 2 October 2026
NOT_INSTALLED = frozenset({73, 98, 104})  # no date of installation
NOT_CLEANED = frozenset({69, 70, 78})  # no infection control check on record
NAMED = {
    14: ("CT scanner", "CT 2"),
    31: ("CT scanner", "CT 1"),
    57: ("MR scanner", "MR 1"),
    69: ("Ultrasound", "Ultrasound 1"),
    70: ("Ultrasound", "Ultrasound 2"),
    78: ("Ultrasound", "Ultrasound 4"),
    84: ("Ultrasound", "Ultrasound 1"),
    88: ("Ultrasound", "Ultrasound 3"),
    90: ("Mobile X-ray", "Mobile 1"),
    93: ("X-ray room", "X-ray 2"),
    113: ("Ultrasound", "Ultrasound 2"),
    117: ("X-ray room", "X-ray 2"),
}
HEADER = (
    "Asset",
    "Type",
    "Name",
    "Maker",
    "Site",
    "Order reference",
    "Installed",
    "Accepted by",
    "Last calibration",
    "Next calibration due",
    "Last infection control check",
    "Planned replacement",
)
_LIFE = {
    "CT scanner": 10,
    "MR scanner": 10,
    "X-ray room": 12,
    "Ultrasound": 7,
    "Mobile X-ray": 10,
    "Reporting workstation": 5,
    "Contrast injector": 8,
}
_ROOMS = (("CT scanner", "CT"), ("MR scanner", "MR"), ("X-ray room", "X-ray"))
_OTHERS = (
    *(("Ultrasound", f"Ultrasound {number}") for number in (1, 2, 3)),
    ("Mobile X-ray", "Mobile 1"),
    ("Reporting workstation", "Workstation 1"),
    ("Contrast injector", "Injector 1"),
    ("Ultrasound", "Ultrasound 4"),
    ("Reporting workstation", "Workstation 2"),
    ("Mobile X-ray", "Mobile 2"),
)
_MAKERS = ("Aldermere", "Brightwell", "Corvane", "Dunmore")  # invented


@dataclass(frozen=True)
class Asset:
    number: int
    site: str
    type: str
    name: str
    maker: str
    order: str
    installed: date | None
    calibrated: date
    due: date
    checked: date | None
    replacement: int

    @property
    def code(self) -> str:
        return f"EQ-{self.number:03}"


def assets() -> tuple[Asset, ...]:
    """All 120 in order of number; each site's rooms are those of the capacity model."""
    dice = random.Random(120)
    listed: list[Asset] = []
    for site, name in enumerate(SITES):
        first = len(listed) + 1
        numbers = range(first, first + COUNTS[site])
        pool = [item for item in _inventory(site) if item not in [NAMED.get(n) for n in numbers]]
        dice.shuffle(pool)
        listed += [_asset(n, name, NAMED.get(n) or pool.pop(), dice) for n in numbers]
    return tuple(listed)


def _inventory(site: int) -> list[tuple[str, str]]:
    """Type and name of everything at one site."""
    rooms = [
        (type_, f"{short} {number}")
        for (type_, short), count in zip(_ROOMS, ROOMS[site], strict=True)
        for number in range(1, count + 1)
    ]
    return [*rooms, *_OTHERS][: COUNTS[site]]


def _asset(number: int, site: str, item: tuple[str, str], dice: random.Random) -> Asset:
    life = _LIFE[item[0]]
    installed = LISTED - timedelta(days=dice.randint(200, life * 330))
    calibrated = LISTED - timedelta(days=dice.randint(20, 300))
    checked = LISTED - timedelta(days=dice.randint(3, 40))
    maker, order = dice.choice(_MAKERS), f"PO-{dice.randint(10000, 99999)}"
    if number in OVERDUE:
        calibrated = date(2026, 11, 24) - timedelta(days=OVERDUE[number] + 365)
    if number == NEW_SCANNER:
        installed = calibrated = date(2026, 10, 2)
    return Asset(
        number=number,
        site=site,
        type=item[0],
        name=item[1],
        maker=maker,
        order=order,
        installed=None if number in NOT_INSTALLED else max(installed, date(2017, 1, 9)),
        calibrated=max(calibrated, installed),
        due=max(calibrated, installed) + timedelta(days=365),
        checked=None if number in NOT_CLEANED else checked,
        replacement=installed.year + life,
    )


def make_register() -> bytes:
    """As saved by a spreadsheet program: a byte order mark, commas, CR LF."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for asset in assets():
        writer.writerow(
            (
                asset.code,
                asset.type,
                asset.name,
                asset.maker,
                asset.site,
                asset.order,
                _shown(asset.installed),
                "Medical physics" if asset.installed else "",
                _shown(asset.calibrated),
                _shown(asset.due),
                _shown(asset.checked),
                asset.replacement,
            )
        )
    return out.getvalue().encode("utf-8-sig")


def _shown(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""
