"""Standards IN-201 and IN-203: leadership and the workforce."""

from __future__ import annotations

from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.visits import Stage
from qsin_desktop.example.steps import (
    AttachStep,
    Cited,
    CiteStep,
    FindingStep,
    Link,
    NoteStep,
    RateStep,
    SeenStep,
    StateStep,
    Step,
    at_sites,
    on,
    on_documents,
)


def steps() -> tuple[Step, ...]:
    return (*_documents(), *_leadership(), *_moves(), *_findings())


def _documents() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="lead",
            minutes=on(9, "14:00"),
            file="board_minutes",
            title="Minutes of the network board, 3 November 2026",
            links=(
                Link("IN-201.a", "Present; items 1 to 7", "Attendance and decisions"),
                Link("IN-203.a", "item 5", "Action plan reviewed line by line"),
                Link("IN-603.a", "item 1", "Progress of the improvement plan"),
            ),
        ),
        *on_documents(
            "lead",
            on(9, "14:20"),
            {
                "IN-201.a": (
                    "met",
                    "One structure, terms of reference for the board and four groups, minutes complete.",
                ),
                "IN-201.b": (
                    "partly-met",
                    "Roles described; no deputy to the lead radiographer since July 2026.",
                ),
                "IN-203.a": (
                    "met",
                    "Action plan with owners and dates; reviewed at each meeting of the board.",
                ),
                "IN-203.b": (
                    "partly-met",
                    "Moves are recorded; the agreements that allow them are not complete.",
                ),
            },
        ),
        NoteStep(
            by="lead",
            minutes=on(9, "15:02"),
            criterion="IN-203.a",
            kind=NoteKind.DOCUMENT,
            text=(
                "26 actions, each with owner and date; 21 on time, 5 late with a reason. Rests on "
                "vacancies and on the capacity model."
            ),
            when="9 November",
            stage=Stage.DOCUMENTS,
        ),
    )


def _leadership() -> tuple[Step, ...]:
    return (
        NoteStep(
            by="lead",
            minutes=on(24, "09:58"),
            criterion="IN-201.a",
            kind=NoteKind.INTERVIEW,
            text=(
                "Followed one decision: opening hours at Harbour CDC, raised by the site in May, "
                "at the operations group in June, at the board in July, back at the site in two "
                "weeks."
            ),
            heard="Network director and network clinical lead",
            role="Leaders of the network",
            when="24 November, 09:30 to 09:55",
        ),
        NoteStep(
            by="lead",
            minutes=on(24, "11:06"),
            criterion="IN-201.b",
            kind=NoteKind.INTERVIEW,
            text=(
                "Two sessions a week in the job plan, and they are kept free. No deputy since "
                "July; “leave is covered by asking around”."
            ),
            heard="Lead radiographer",
            role="Lead radiographer of the network",
            when="24 November, 10:50",
            site="Royal Wessex",
        ),
        SeenStep(
            by="lead",
            minutes=on(24, "11:12"),
            exhibit="job_plans",
            seen=SeenDocument(
                number="HR-JP-2026",
                title="Job plans of five holders of lead roles",
                dated="1 April 2026",
                where="Royal Wessex, office of the imaging service manager",
                seen_by="Rowan Alder",
                seen_on="24 November 2026",
                showed=(
                    "Four of five hold agreed time of one to two sessions a week. The fifth, for "
                    "the lead of education, has none entered. Not copied, because the plans name "
                    "staff."
                ),
            ),
            links=(Link("IN-201.b", "five plans, page 1 of each", "Agreed time"),),
        ),
        *at_sites(
            "lead",
            "IN-201.b",
            21,
            {
                "Royal Wessex": ("met", "Staff named the leads and how to reach them."),
                "Moor": ("met", ""),
                "Quay": ("met", ""),
                "Castle": (
                    "partly-met",
                    "Two of four staff asked could not say who leads for radiographers.",
                ),
                "Vale": ("met", ""),
                "Ridge": ("partly-met", "Staff knew the network office and no lead by role."),
                "Ford": ("met", ""),
            },
        ),
        RateStep(
            by="lead",
            minutes=on(25, "12:50"),
            criterion="IN-201.a",
            rating="met",
            reason=(
                "One structure that every site recognised. The decision followed went up and came "
                "back in nine weeks with its reasons."
            ),
        ),
        RateStep(
            by="lead",
            minutes=on(25, "12:55"),
            criterion="IN-201.b",
            rating="partly-met",
            reason=(
                "Roles are described and known at most sites. The deputy's post has been vacant "
                "since July and one lead role has no agreed time."
            ),
        ),
        StateStep(by="lead", minutes=on(25, "12:56"), criterion="IN-201.a", state="done"),
        StateStep(by="lead", minutes=on(25, "12:57"), criterion="IN-201.b", state="done"),
    )


def _moves() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="lead",
            minutes=on(24, "15:48"),
            file="rota_whiteboard",
            title="Rota of the week, Moor",
            links=(Link("IN-203.b", "columns “From other sites” and “Gaps”", "Week of 23 November"),),
        ),
        SeenStep(
            by="lead",
            minutes=on(24, "11:26"),
            exhibit="passport_list",
            seen=SeenDocument(
                number="WF-P-07",
                title="Staff passport agreements, list of signatures",
                dated="14 September 2026",
                where="Royal Wessex, workforce office",
                seen_by="Rowan Alder",
                seen_on="24 November 2026",
                showed=(
                    "41 of 68 agreements signed; none from Castle. The list names staff and was "
                    "therefore not copied."
                ),
            ),
            links=(Link("IN-203.b", "pages 1 to 3", "Agreements that allow staff to work at another site"),),
        ),
        NoteStep(
            by="lead",
            minutes=on(24, "15:52"),
            criterion="IN-203.b",
            kind=NoteKind.INTERVIEW,
            text=(
                "Asked the network desk on Monday for Tuesday afternoon; nobody with an agreement "
                "was free. CT 2 was closed for the afternoon and eleven patients were moved to "
                "Royal Wessex."
            ),
            heard="Imaging service manager",
            role="Site lead",
            when="24 November, 15:44",
            site="Moor",
        ),
        NoteStep(
            by="lead",
            minutes=on(24, "16:05"),
            criterion="IN-203.b",
            kind=NoteKind.SAMPLE,
            text=(
                "Eight of the 37 moves of last quarter looked at: reason, induction and system "
                "access recorded for all eight. In two, access came a day late."
            ),
            heard="Operations lead",
            role="Network desk",
            when="24 November, 15:58",
        ),
        *at_sites(
            "lead",
            "IN-203.b",
            27,
            {
                "Royal Wessex": ("met", ""),
                "Moor": ("partly-met", "Two gaps in the week could not be filled from other sites."),
                "Quay": ("met", ""),
                "Castle": (
                    "not-met",
                    "No member of staff holds an agreement; none has moved in or out this year.",
                ),
                "Vale": ("met", ""),
                "Ford": ("met", "Lends to Moor twice a week; staff asked spoke well of it."),
            },
        ),
        RateStep(
            by="lead",
            minutes=on(25, "12:58"),
            criterion="IN-203.a",
            rating="met",
            reason="Followed line by line at the board; late actions carry a reason and a new date.",
        ),
        RateStep(
            by="lead",
            minutes=on(25, "12:59"),
            criterion="IN-203.b",
            rating="partly-met",
            reason=(
                "Staff move, 37 times last quarter, and the record is good. It does not reach "
                "every site: 41 of 68 agreements are signed and none at Castle."
            ),
        ),
        CiteStep(
            by="lead",
            minutes=on(25, "13:00"),
            exhibit="board_minutes",
            links=(
                Link("IN-203.b", "item 5", "37 moves; 41 of 68 agreements"),
                Link("IN-201.b", "item 5", "Vacancy"),
            ),
        ),
        StateStep(by="lead", minutes=on(25, "13:01"), criterion="IN-203.b", state="done"),
    )


def _findings() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="lead",
            minutes=on(24, "16:10"),
            finding="passports",
            grade="recommendation",
            criteria=("IN-203.b",),
            requirement="Staff can move around the network to meet peaks, troughs and temporary gaps.",
            evidence=(
                "41 of 68 staff passport agreements are signed, none of them at Castle. In the "
                "week of the visit two gaps at Moor were not filled from another site and CT 2 "
                "was closed for an afternoon."
            ),
            gap="At the time of the visit staff from every site could not move to meet a temporary gap.",
            exhibits=(
                Cited("passport_list", "pages 1 to 3"),
                Cited("rota_whiteboard", "column “Gaps”, Tuesday and Friday", "Gaps of the week"),
                Cited("board_minutes", "item 5"),
            ),
        ),
        FindingStep(
            by="lead",
            minutes=on(25, "12:57"),
            finding="deputy",
            grade="recommendation",
            criteria=("IN-201.b",),
            requirement="Leadership roles are defined, filled and given time.",
            evidence=(
                "The post of deputy lead radiographer has been vacant since July 2026. Of five "
                "job plans seen, the one for the lead of education has no time entered."
            ),
            gap="One leadership role is not filled and one is not given time.",
            exhibits=(Cited("job_plans", "five plans"), Cited("board_minutes", "item 5")),
        ),
    )
