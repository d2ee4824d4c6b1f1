"""What the network's earlier visit found, three years before."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.example.steps import LastVisitStep, PastFindingTold, Step, on

RATINGS = {
    "IN-101.a": "partly met",
    "IN-101.b": "partly met",
    "IN-101.c": "partly met",
    "IN-101.d": "not met",
    "IN-201.a": "met",
    "IN-201.b": "met",
    "IN-202.a": "partly met",
    "IN-203.a": "met",
    "IN-203.b": "not met",
    "IN-301.a": "partly met",
    "IN-301.b": "met",
    "IN-301.c": "met",
    "IN-301.d": "partly met",
    "IN-301.e": "partly met",
    "IN-301.f": "met",
    "IN-602.a": "not met",
    "IN-602.b": "partly met",
    "IN-603.a": "partly met",
    "IN-703.a": "partly met",
}

FINDINGS = (
    PastFindingTold(
        "F-001", "mandatory", "IN-602.a", "No site had compared its demand with what its scanners can do."
    ),
    PastFindingTold(
        "F-002",
        "recommendation",
        "IN-101.a",
        "Patients had been asked at two of seven sites, and nowhere together.",
    ),
    PastFindingTold(
        "F-003",
        "mandatory",
        "IN-203.b",
        "Nobody could say which staff may work at another site, nor what they need for it.",
    ),
    PastFindingTold(
        "F-004",
        "recommendation",
        "IN-301.d",
        "Dates of acceptance were missing for 14 of 96 items.",
        closed=False,
    ),
    PastFindingTold(
        "F-005",
        "recommendation",
        "IN-703.a",
        "Each site kept its own list of studies; the network had none.",
    ),
)


def steps() -> Iterator[Step]:
    yield LastVisitStep(
        by="lead",
        minutes=on(2, "09:25"),
        starts="2023-06-13",
        ends="2023-06-14",
        ratings=RATINGS,
        findings=FINDINGS,
    )
