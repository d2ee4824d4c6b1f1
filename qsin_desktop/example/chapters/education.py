"""Standard IN-202: education and development, and the one disagreement that is left open."""

from __future__ import annotations

from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.visits import Stage
from qsin_desktop.example.steps import (
    AttachStep,
    Cited,
    FindingStep,
    FlagStep,
    Link,
    NoteStep,
    RateStep,
    StateStep,
    Step,
    at_sites,
    on,
)


def steps() -> tuple[Step, ...]:
    return (*_documents(), *_education(), *_disagreement(), *_findings())


def _documents() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="peer",
            minutes=on(9, "14:10"),
            file="training_programme",
            title="Education and development programme 2026, version 3",
            links=(Link("IN-202.a", "sections 1 to 4", "Needs, modules, competence, attendance"),),
        ),
        RateStep(
            by="peer",
            minutes=on(9, "14:50"),
            criterion="IN-202.a",
            rating="partly-met",
            reason="Programme seen, built on needs by profession and site; no attendance records yet.",
            stage=Stage.DOCUMENTS,
        ),
        NoteStep(
            by="peer",
            minutes=on(9, "14:54"),
            criterion="IN-202.a",
            kind=NoteKind.DOCUMENT,
            text=(
                "Section 4 gives attendance at each site, all at or above 90 %. It says that "
                "signed lists are kept at the sites. Asked for these before the visit."
            ),
            when="9 November",
            stage=Stage.DOCUMENTS,
        ),
    )


def _education() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="lay",
            minutes=on(24, "14:44"),
            file="training_attendance",
            title="Training attendance 2026 by site and module",
            links=(
                Link(
                    "IN-202.a", "column “Signed list held”, rows Castle and Ridge", "Two sites without lists"
                ),
            ),
        ),
        *at_sites(
            "peer",
            "IN-202.a",
            34,
            {
                "Royal Wessex": ("met", "Six portfolios sampled, all modules signed off."),
                "St Aldhelm's": ("met", ""),
                "Harbour CDC": (
                    "partly-met",
                    "Two of four portfolios lack module 5; neither person uses a tool yet.",
                ),
                "Moor": ("met", ""),
                "Quay": ("met", ""),
                "Vale": ("partly-met", "Module 5 not taken by the users of the tool approved in June."),
                "Ford": ("met", ""),
            },
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "11:20"),
            criterion="IN-202.a",
            kind=NoteKind.SAMPLE,
            text=(
                "Six portfolios drawn from a list of 64. All hold modules 1 to 4; the five "
                "reporters hold module 5."
            ),
            heard="Education link",
            role="Radiographer with education duties",
            when="24 November, 11:10",
            site="Royal Wessex",
        ),
        NoteStep(
            by="lay",
            minutes=on(25, "11:12"),
            criterion="IN-202.a",
            kind=NoteKind.INTERVIEW,
            text="“We ring the numbers through.” No signed list for any module of 2026 could be shown.",
            heard="Site lead",
            role="Imaging service manager",
            when="25 November, 11:08",
            site="Ridge",
        ),
    )


def _disagreement() -> tuple[Step, ...]:
    """The one disagreement that is left open: both rated before either had the other's work."""
    return (
        RateStep(
            by="lay",
            minutes=on(25, "13:40"),
            criterion="IN-202.a",
            rating="partly-met",
            reason=(
                "A good programme. But Castle and Ridge hold no signed lists for any module, so "
                "two sites could not show who attended."
            ),
        ),
        RateStep(
            by="peer",
            minutes=on(25, "13:44"),
            criterion="IN-202.a",
            rating="met",
            reason=(
                "The programme rests on needs, and attendance is above 90 % at all nine sites by "
                "the figures given. Portfolios sampled at four sites were complete but for module "
                "5."
            ),
            apart=True,
        ),
        StateStep(by="peer", minutes=on(25, "13:46"), criterion="IN-202.a", state="in review"),
        FlagStep(
            by="lead",
            minutes=on(25, "14:05"),
            criterion="IN-202.a",
            words="Two views; to be settled before the report is final.",
        ),
    )


def _findings() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="lay",
            minutes=on(25, "13:42"),
            finding="attendance_lists",
            grade="recommendation",
            criteria=("IN-202.a",),
            requirement="An education and development programme serves staff across the network.",
            evidence=(
                "The attendance file of 2026 has “no, figure given by telephone” for all five "
                "modules at Castle and at Ridge. The site lead at Ridge confirmed that no lists "
                "are held."
            ),
            gap="For two of nine sites the network cannot show who took part in its programme.",
            exhibits=(
                Cited("training_attendance", "rows Castle and Ridge"),
                Cited("training_programme", "section 4", "Attendance as told by the sites"),
            ),
        ),
    )
