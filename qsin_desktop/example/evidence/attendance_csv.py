"""Attendance at the training modules by site, and whether a signed list is held. Counts only, no names."""

from __future__ import annotations

import csv
from io import StringIO

from qsin_desktop.example.evidence.places import SITES

NO_LIST = ("Castle", "Ridge")
MODULES = (
    "M1 Induction to the network",
    "M2 Image exchange and shared worklist",
    "M3 Radiation protection update",
    "M4 Communication with patients and carers",
    "M5 Use of approved AI tools",
)
ELIGIBLE = dict(zip(SITES, (64, 38, 22, 31, 29, 46, 27, 33, 30), strict=True))


def attended(site: str, module: int) -> int:
    """Between 90 and 100 in a hundred of those eligible, as the sites told it."""
    eligible = ELIGIBLE[site]
    missed = (len(site) + module * 3) % (eligible // 10 + 1)
    return eligible - missed


def make_attendance() -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("Site", "Module", "Eligible staff", "Attended", "Percent", "Signed list held"))
    for site in SITES:
        for number, module in enumerate(MODULES):
            present = attended(site, number)
            percent = round(100 * present / ELIGIBLE[site])
            held = "no, figure given by telephone" if site in NO_LIST else "yes"
            writer.writerow((site, module, ELIGIBLE[site], present, percent, held))
    return out.getvalue().encode("utf-8")
