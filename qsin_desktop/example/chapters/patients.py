"""Standard IN-101: patients and carers."""

from __future__ import annotations

from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.visits import Stage
from qsin_desktop.example.steps import (
    AttachStep,
    Cited,
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
    return (*_documents(), *_sites(), *_network(), *_notes(), *_findings())


def _documents() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="lay",
            minutes=on(9, "10:05"),
            file="engagement_plan",
            title="Patient and carer engagement plan 2026 to 2028",
            links=(
                Link("IN-101.a", "p. 1, section 2", "Who speaks for patients and carers"),
                Link("IN-101.b", "p. 2, section 4", "Survey of October 2026, replies by site"),
                Link("IN-101.c", "p. 1, section 3, actions 3 and 4", "Initiatives and who was in them"),
                Link("IN-101.d", "p. 3, section 6", "Measures before and after"),
            ),
        ),
        *on_documents(
            "lay",
            on(9, "10:20"),
            {
                "IN-101.a": ("met", "The plan names a panel of fourteen and its seats on the board."),
                "IN-101.b": ("met", "Two surveys a year with the same questions at all nine sites."),
                "IN-101.c": ("met", "Panel members are on the project for each change named in the plan."),
                "IN-101.d": (
                    "partly-met",
                    (
                        "Two of three initiatives have a measure before and after. The evening "
                        "appointments have none."
                    ),
                ),
            },
        ),
        NoteStep(
            by="lay",
            minutes=on(9, "10:34"),
            criterion="IN-101.a",
            kind=NoteKind.DOCUMENT,
            text=(
                "Panel of fourteen from all nine sites, meeting every two months. Two vote on the "
                "board, two sit on the AI group."
            ),
            when="9 November",
            stage=Stage.DOCUMENTS,
        ),
        NoteStep(
            by="lay",
            minutes=on(9, "10:41"),
            criterion="IN-101.d",
            kind=NoteKind.DOCUMENT,
            text=(
                "Section 6 has measures for letters and for the results card. For the evening "
                "appointments the plan says “none set before the start”."
            ),
            when="9 November",
            stage=Stage.DOCUMENTS,
        ),
    )


def _sites() -> tuple[Step, ...]:
    return (
        *at_sites(
            "lay",
            "IN-101.b",
            25,
            {
                "Royal Wessex": ("met", "Board current, survey posters at all three waiting areas."),
                "St Aldhelm's": ("met", "Board of this quarter; cards at the desk; three changes shown."),
                "Harbour CDC": ("met", "Tablet at the exit, 148 replies in October."),
                "Moor": ("met", ""),
                "Castle": (
                    "partly-met",
                    "Survey taken part in, but the board in the waiting area was of spring 2025.",
                ),
                "Vale": ("met", ""),
                "Ridge": (
                    "not-met",
                    (
                        "No board and no cards. Staff at the desk did not know of the survey; 88 "
                        "replies came by post."
                    ),
                ),
                "Ford": ("met", ""),
            },
        ),
        RateStep(
            by="lead",
            minutes=on(24, "16:46"),
            criterion="IN-101.b",
            rating="met",
            reason="Assessed by the lead because of the lay assessor's declared interest. Board current.",
            site="Quay",
        ),
        *at_sites(
            "lay",
            "IN-101.a",
            29,
            {
                "Royal Wessex": ("met", ""),
                "St Aldhelm's": ("met", ""),
                "Harbour CDC": ("met", ""),
                "Moor": ("met", ""),
                "Ridge": (
                    "partly-met",
                    "No panel member from Ridge since June; staff could not say who speaks for them.",
                ),
                "Ford": ("met", ""),
            },
        ),
    )


def _network() -> tuple[Step, ...]:
    return (
        RateStep(
            by="lay",
            minutes=on(25, "13:02"),
            criterion="IN-101.a",
            rating="met",
            reason=(
                "The panel is heard where decisions are made, and two changes follow from its "
                "votes. At one site the seat is empty; the panel knows and has advertised it."
            ),
        ),
        RateStep(
            by="lay",
            minutes=on(25, "13:06"),
            criterion="IN-101.b",
            rating="partly-met",
            reason=(
                "Regular and comparable at the network's level. At Ridge staff did not know of "
                "the survey and nothing is shown to patients; at Castle the display is eighteen "
                "months old."
            ),
        ),
        RateStep(
            by="lay",
            minutes=on(25, "13:11"),
            criterion="IN-101.c",
            rating="met",
            reason=(
                "Letters and maps followed from first idea to print: panel members asked at the "
                "start, at two drafts and after the first month."
            ),
        ),
        RateStep(
            by="lay",
            minutes=on(24, "17:32"),
            criterion="IN-101.d",
            rating="met",
            reason="Measures before and after for letters and for the results card.",
        ),
        RateStep(
            by="lay",
            minutes=on(25, "13:15"),
            criterion="IN-101.d",
            rating="partly-met",
            reason=(
                "Two of three initiatives were measured. The evening appointments have run since "
                "September with no outcome named beforehand; the operations lead confirmed it."
            ),
        ),
        *(
            StateStep(by="lay", minutes=on(25, "13:20") + i, criterion=f"IN-101.{letter}", state="done")
            for i, letter in enumerate("abcd")
        ),
    )


def _notes() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="lay",
            minutes=on(24, "13:28"),
            file="noticeboard",
            title="“You said, we did”, St Aldhelm's",
            links=(
                Link("IN-101.b", "whole picture", "Three answers shown to patients, autumn 2026"),
                Link("IN-101.c", "first row", "Letters changed after patients spoke"),
            ),
        ),
        NoteStep(
            by="lay",
            minutes=on(24, "10:02"),
            criterion="IN-101.a",
            kind=NoteKind.INTERVIEW,
            text=(
                "“We vote, and it has changed things. The first leaflet for the evenings was ours "
                "to refuse, and it came back better.” Papers arrive a week ahead; plain words "
                "are asked for and given."
            ),
            heard="Two members of the patient and carer panel",
            role="Members of the network board with a vote",
            when="24 November, 09:40 to 10:00",
        ),
        NoteStep(
            by="lay",
            minutes=on(24, "13:31"),
            criterion="IN-101.b",
            kind=NoteKind.OBSERVATION,
            text=(
                "Board of this quarter in the main waiting area, at eye height for a wheelchair "
                "user. Two patients were reading it."
            ),
            when="24 November, 13:22",
            site="St Aldhelm's",
        ),
        NoteStep(
            by="lay",
            minutes=on(25, "11:04"),
            criterion="IN-101.b",
            kind=NoteKind.INTERVIEW,
            text=(
                "“There was something on paper in spring, I think.” Did not know of the survey of "
                "October or who reads the replies."
            ),
            heard="Receptionist",
            role="Reception, imaging",
            when="25 November, 10:58",
            site="Ridge",
        ),
        NoteStep(
            by="lay",
            minutes=on(24, "17:20"),
            criterion="IN-101.c",
            kind=NoteKind.SAMPLE,
            text=(
                "One initiative followed: letters and maps. Request of the panel 4 March, first "
                "draft 9 April, second 21 May, in use 6 July, looked at again 10 August. Panel "
                "members present at each."
            ),
            heard="Communications lead",
            role="Network office",
            when="24 November, 17:05",
        ),
        SeenStep(
            by="lay",
            minutes=on(24, "17:24"),
            exhibit="complaints_log",
            seen=SeenDocument(
                number="PE-LOG-26",
                title="Log of complaints and compliments, imaging, April to October 2026",
                dated="2 November 2026",
                where="Network office, on screen",
                seen_by="Idris Penhale",
                seen_on="24 November 2026",
                showed=(
                    "61 entries, each with a date of answer; 57 within ten working days. Not "
                    "copied, because entries name people."
                ),
            ),
            links=(
                Link("IN-101.b", "entries 1 to 61", "Answers and their dates"),
                Link("IN-101.d", "column “What changed”"),
            ),
        ),
        NoteStep(
            by="lay",
            minutes=on(25, "12:48"),
            criterion="IN-101.d",
            kind=NoteKind.SAMPLE,
            text=(
                "Three initiatives looked at. Wrong door: 9 in 100 before, 4 in 100 after. Calls "
                "about results: 61 a week before, 38 after. Evening appointments: nothing "
                "measured beforehand."
            ),
            heard="Operations lead",
            role="Network office",
            when="25 November, 12:40, by telephone",
        ),
    )


def _findings() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="lay",
            minutes=on(24, "17:40"),
            finding="patients_vote",
            grade="good-practice",
            criteria=("IN-101.a",),
            requirement="The network speaks with patients and carers and listens to them.",
            evidence=(
                "Two members of the patient and carer panel vote on the board and two sit on the "
                "AI group. The minutes of 3 November show a draft that was rewritten after their "
                "votes. Both members said that papers reach them a week ahead and in plain words."
            ),
            exhibits=(
                Cited("engagement_plan", "p. 1, section 2"),
                Cited("board_minutes", "item 2"),
            ),
        ),
        FindingStep(
            by="lay",
            minutes=on(24, "17:46"),
            finding="said_and_did",
            grade="good-practice",
            criteria=("IN-101.b", "IN-101.c"),
            site="St Aldhelm's",
            requirement="Feedback from patients and carers is gathered regularly.",
            evidence=(
                "The board in the waiting area shows three comments of this autumn, each with "
                "what was changed. It is renewed every quarter and checked by the panel."
            ),
            exhibits=(Cited("noticeboard", "whole picture", "The board on 24 November"),),
        ),
        FindingStep(
            by="lay",
            minutes=on(25, "13:26"),
            finding="feedback_ridge",
            grade="recommendation",
            criteria=("IN-101.b",),
            site="Ridge",
            requirement="Feedback from patients and carers is gathered regularly.",
            evidence=(
                "On 25 November no display and no cards were found at Ridge. A receptionist did "
                "not know of the survey of October. Ridge has the fewest replies of the nine "
                "sites, 88 of 1,240."
            ),
            gap=(
                "At one of nine sites patients are not shown that they can give feedback, or what came of it."
            ),
            exhibits=(Cited("engagement_plan", "p. 2, chart", "Replies by site"),),
        ),
        FindingStep(
            by="lay",
            minutes=on(25, "13:32"),
            finding="no_measure",
            grade="recommendation",
            criteria=("IN-101.d",),
            requirement="Initiatives are checked for the outcome that was wanted.",
            evidence=(
                "Section 6 of the engagement plan gives measures for two initiatives and “none "
                "set before the start” for the evening appointments. The operations lead "
                "confirmed this on 25 November."
            ),
            gap="For one of three initiatives it cannot be told whether patients got what was wanted.",
            exhibits=(Cited("engagement_plan", "p. 3, section 6"),),
        ),
    )
