"""Standards IN-602 and IN-603: capacity and demand, and the plan for development and improvement."""

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
    SettleStep,
    StateStep,
    Step,
    at_sites,
    on,
    on_documents,
)


def steps() -> tuple[Step, ...]:
    return (*_documents(), *_settled(), *_capacity(), *_plan(), *_findings())


def _documents() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="peer",
            minutes=on(11, "09:00"),
            file="capacity_model",
            title="Capacity and demand model, version 1.4",
            links=(
                Link("IN-602.a", "sheets Demand, Capacity and Balance", "Nine sites; CT, MR and X-ray"),
                Link("IN-602.b", "sheet Consultation", "Seven of nine site leads agreed"),
                Link("IN-203.a", "sheet Balance, row Network", "What the workforce plan rests on"),
            ),
        ),
        *on_documents(
            "peer",
            on(11, "09:20"),
            {
                "IN-602.a": (
                    "partly-met",
                    (
                        "One model and one plan for CT, MR and X-ray. Ultrasound, which is in the "
                        "scope, is not in it."
                    ),
                )
            },
        ),
        NoteStep(
            by="peer",
            minutes=on(11, "09:27"),
            criterion="IN-602.a",
            kind=NoteKind.DOCUMENT,
            text=(
                "Figures of October 2025 to September 2026, formulas traced in three cells. MR is "
                "short by twelve examinations a week across the network; the shortfall lies at "
                "Harbour CDC, Castle and Ridge."
            ),
            when="11 November",
            stage=Stage.DOCUMENTS,
        ),
        NoteStep(
            by="peer",
            minutes=on(11, "09:33"),
            criterion="IN-602.b",
            kind=NoteKind.DOCUMENT,
            text=(
                "Sheet Consultation: asked on 5 October; seven answers between 12 and 19 October. "
                "No date for Castle and for Ridge."
            ),
            when="11 November",
            stage=Stage.DOCUMENTS,
        ),
    )


def _settled() -> tuple[Step, ...]:
    """A disagreement on documents that the lead settled before the visit."""
    return (
        RateStep(
            by="lay",
            minutes=on(12, "10:10"),
            criterion="IN-602.b",
            rating="not-met",
            reason="“Everyone” is nine sites, and two have not agreed.",
            stage=Stage.DOCUMENTS,
        ),
        RateStep(
            by="peer",
            minutes=on(12, "10:14"),
            criterion="IN-602.b",
            rating="partly-met",
            reason="All nine were asked, seven agreed, two are still open.",
            stage=Stage.DOCUMENTS,
            apart=True,
        ),
        SettleStep(
            by="lead",
            minutes=on(13, "14:30"),
            criterion="IN-602.b",
            rating="partly-met",
            reason=(
                "Settled at the team meeting of 13 November: consultation took place at all nine "
                "sites and is recorded; agreement is missing at two. Part of what is asked is "
                "there."
            ),
            stage=Stage.DOCUMENTS,
        ),
        RateStep(
            by="lead",
            minutes=on(12, "11:00"),
            criterion="IN-603.a",
            rating="met",
            reason="One plan with aims, owners, money and dates; progress at each meeting of the board.",
            stage=Stage.DOCUMENTS,
        ),
    )


def _capacity() -> tuple[Step, ...]:
    return (
        NoteStep(
            by="peer",
            minutes=on(24, "17:26"),
            criterion="IN-602.a",
            kind=NoteKind.INTERVIEW,
            text=(
                "The evening hours at Harbour CDC were decided from the Balance sheet. Ultrasound "
                "waits for one way of coding; no date yet."
            ),
            heard="Operations lead",
            role="Owner of the model",
            when="24 November, 17:15",
        ),
        NoteStep(
            by="peer",
            minutes=on(25, "09:44"),
            criterion="IN-602.b",
            kind=NoteKind.INTERVIEW,
            text=(
                "“I saw the sheet and did not answer. Our demand is higher than it says since the "
                "clinic moved in.”"
            ),
            heard="Imaging service manager",
            role="Site lead",
            when="25 November, 09:40",
            site="Castle",
        ),
        NoteStep(
            by="peer",
            minutes=on(25, "11:20"),
            criterion="IN-602.b",
            kind=NoteKind.INTERVIEW,
            text="Asked for demand of October to be counted before agreeing. Has had no reply.",
            heard="Site lead",
            role="Imaging service manager",
            when="25 November, 11:16",
            site="Ridge",
        ),
        *at_sites(
            "peer",
            "IN-602.b",
            32,
            {
                "Royal Wessex": ("met", ""),
                "St Aldhelm's": ("met", ""),
                "Harbour CDC": ("met", "Opening hours were corrected when the site asked."),
                "Quay": ("met", ""),
                "Castle": ("not-met", "The site lead has not agreed and holds the demand to be higher."),
                "Vale": ("met", ""),
                "Ridge": ("partly-met", "Answered with a question that has not been replied to."),
                "Ford": ("met", ""),
            },
        ),
        RateStep(
            by="peer",
            minutes=on(25, "13:48"),
            criterion="IN-602.a",
            rating="partly-met",
            reason=(
                "In use and trusted for CT, MR and X-ray; decisions can be traced to it. "
                "Ultrasound is not covered and has no date."
            ),
        ),
        RateStep(
            by="peer",
            minutes=on(25, "13:51"),
            criterion="IN-602.b",
            rating="partly-met",
            reason=(
                "All nine sites were consulted and seven agree. Castle disputes its figures and "
                "Ridge waits for a reply."
            ),
        ),
        StateStep(by="peer", minutes=on(25, "13:53"), criterion="IN-602.a", state="done"),
        StateStep(by="peer", minutes=on(25, "13:54"), criterion="IN-602.b", state="done"),
    )


def _plan() -> tuple[Step, ...]:
    return (
        SeenStep(
            by="lead",
            minutes=on(24, "17:42"),
            exhibit="progress_log",
            seen=SeenDocument(
                number="NET-SDIP-LOG",
                title="Progress log of the development and improvement plan",
                dated="20 November 2026",
                where="Network office, on screen",
                seen_by="Rowan Alder",
                seen_on="24 November 2026",
                showed=(
                    "Fourteen actions; eleven on time; actions 6, 9 and 12 have an owner and no "
                    "date. Not copied: it is a live record that is open to the board only."
                ),
            ),
            links=(Link("IN-603.a", "actions 1 to 14", "Progress by action"),),
        ),
        NoteStep(
            by="lead",
            minutes=on(24, "17:48"),
            criterion="IN-603.a",
            kind=NoteKind.INTERVIEW,
            text=(
                "The three actions without a date wait for a decision of one trust. The board "
                "sent them back on 3 November."
            ),
            heard="Network director",
            role="Owner of the plan",
            when="24 November, 17:36",
        ),
        NoteStep(
            by="lead",
            minutes=on(12, "11:04"),
            criterion="IN-603.a",
            kind=NoteKind.DOCUMENT,
            text=(
                "Plan of 2025 to 2028: nine aims, fourteen actions, money for eleven of them. "
                "Item 1 of the minutes of 3 November reports progress."
            ),
            when="12 November",
            stage=Stage.DOCUMENTS,
        ),
        *at_sites(
            "lead",
            "IN-603.a",
            30,
            {
                "Royal Wessex": ("met", ""),
                "Moor": ("met", ""),
                "Quay": ("met", ""),
                "Vale": ("met", "Staff named two aims of the plan that touch them."),
                "Ridge": ("partly-met", "Staff had not heard of the plan."),
                "Ford": ("met", ""),
            },
        ),
        RateStep(
            by="lead",
            minutes=on(25, "13:56"),
            criterion="IN-603.a",
            rating="partly-met",
            reason=(
                "The plan is in use and its progress is read by the board. Three of fourteen "
                "actions have no date."
            ),
        ),
        StateStep(by="lead", minutes=on(25, "13:57"), criterion="IN-603.a", state="done"),
    )


def _findings() -> tuple[Step, ...]:
    """The last one has no exhibit yet: the report's list of missing parts shows it."""
    return (
        FindingStep(
            by="peer",
            minutes=on(25, "13:50"),
            finding="ultrasound",
            grade="recommendation",
            criteria=("IN-602.a",),
            requirement="There is one agreed plan for capacity and demand across the network.",
            evidence=(
                "The model covers CT, MR and X-ray. Its first sheet says that ultrasound is "
                "planned for version 2. The board asked for a date on 3 November; the operations "
                "lead had none on 24 November."
            ),
            gap="The plan does not cover one of the services in scope, and no date is set for it.",
            exhibits=(Cited("capacity_model", "sheet Read me"), Cited("board_minutes", "item 3")),
        ),
        FindingStep(
            by="peer",
            minutes=on(25, "13:52"),
            finding="agreement",
            grade="recommendation",
            criteria=("IN-602.b",),
            requirement="Everyone concerned was consulted and agrees with the evaluation.",
            evidence=(
                "Seven of nine site leads agreed between 12 and 19 October. The lead at Castle "
                "holds the demand to be higher; the lead at Ridge asked for later figures and has "
                "had no reply. Version 1.4 was adopted on 3 November."
            ),
            gap="The evaluation was adopted without the agreement of two of nine sites.",
            exhibits=(
                Cited("capacity_model", "sheet Consultation, rows Castle and Ridge"),
                Cited("board_minutes", "item 3"),
            ),
        ),
        FindingStep(
            by="lead",
            minutes=on(25, "13:58"),
            finding="no_dates",
            grade="recommendation",
            criteria=("IN-603.a",),
            requirement="A development and improvement plan for the whole network is in use.",
            evidence=(
                "Actions 6, 9 and 12 of fourteen have an owner and no date. The board sent them "
                "back on 3 November."
            ),
            gap="For three actions it cannot be told whether the plan is on time.",
        ),
    )
