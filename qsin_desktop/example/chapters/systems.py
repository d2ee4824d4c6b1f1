"""Standard IN-301, criterion a: systems that let services work together."""

from __future__ import annotations

from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.example.steps import (
    AttachStep,
    Cited,
    FindingStep,
    Link,
    NoteStep,
    RateStep,
    StateStep,
    Step,
    at_sites,
    on,
)


def steps() -> tuple[Step, ...]:
    return (*_systems(), *_findings())


def _systems() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="peer",
            minutes=on(25, "09:08"),
            file="dashboard",
            title="Shared worklist, 25 November 2026, 09:05",
            links=(
                Link("IN-301.a", "whole screen", "Nine of nine sites connected"),
                Link("IN-602.a", "column “Waiting”", "Work waiting by site"),
            ),
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "16:40"),
            criterion="IN-301.a",
            kind=NoteKind.OBSERVATION,
            text=(
                "A study of an earlier year from Royal Wessex was opened at Quay beside today's "
                "in eleven seconds, with its report. No second log-in."
            ),
            heard="Reporting radiographer",
            role="Showed the worklist on a test record",
            when="24 November, 16:33",
            site="Quay",
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "11:40"),
            criterion="IN-301.a",
            kind=NoteKind.INTERVIEW,
            text=(
                "Two RIS products remain, joined by a broker; reports cross in both directions. "
                "When the broker is down the paper procedure of 2025 is used, last in August for "
                "three hours."
            ),
            heard="PACS manager",
            role="PACS manager of the network",
            when="24 November, 11:25",
            site="Royal Wessex",
        ),
        *at_sites(
            "peer",
            "IN-301.a",
            12,
            {
                "Royal Wessex": ("met", ""),
                "St Aldhelm's": ("met", ""),
                "Harbour CDC": ("met", ""),
                "Moor": ("met", ""),
                "Quay": ("met", "Prior study from another site opened in eleven seconds."),
                "Castle": ("met", ""),
                "Vale": ("met", ""),
                "Ford": ("met", ""),
            },
        ),
        RateStep(
            by="peer",
            minutes=on(25, "13:05"),
            criterion="IN-301.a",
            rating="met",
            reason=(
                "Images, reports and prior studies were opened across sites wherever it was "
                "tried. All nine sites are on the shared worklist."
            ),
        ),
        StateStep(by="peer", minutes=on(25, "13:06"), criterion="IN-301.a", state="done"),
    )


def _findings() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="peer",
            minutes=on(25, "09:16"),
            finding="worklist",
            grade="good-practice",
            criteria=("IN-301.a",),
            requirement="IT systems are streamlined so that services can work together.",
            evidence=(
                "All nine sites read from one worklist with prior studies and reports. At Quay a "
                "study from another site opened in eleven seconds without a second log-in."
            ),
            exhibits=(
                Cited("dashboard", "whole screen", "Nine of nine sites connected"),
                Cited("interview_audio", "from 0:01"),
            ),
        ),
    )
