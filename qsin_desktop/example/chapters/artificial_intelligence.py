"""Standard IN-301, criterion b: artificial intelligence under aligned policies."""

from __future__ import annotations

from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.visits import Stage
from qsin_desktop.example.steps import (
    AttachStep,
    Cited,
    FindingStep,
    FlagStep,
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

_REQUIREMENT = "AI is developed and managed under aligned policies and procedures across the network."


def steps() -> tuple[Step, ...]:
    return (*_documents(), *_sites(), *_evidence(), *_notes(), *_network(), *_findings())


def _documents() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="peer",
            minutes=on(10, "09:10"),
            file="ai_policy",
            title="AI policy NET-POL-014, version 2.0",
            links=(
                Link("IN-301.b", "p. 3, section 3", "Approval of a new tool"),
                Link("IN-702.a", "p. 7, section 10", "Audit of the policy"),
            ),
        ),
        AttachStep(
            by="peer",
            minutes=on(10, "09:16"),
            file="ai_register",
            title="Register of AI tools, 4 November 2026",
            links=(Link("IN-301.b", "sheet Tools", "Ten tools at six sites"),),
        ),
        *on_documents(
            "peer",
            on(10, "09:30"),
            {
                "IN-301.a": (
                    "met",
                    "Shared worklist and image exchange at all sites; plan for one RIS by 2028.",
                ),
                "IN-301.b": (
                    "partly-met",
                    (
                        "One policy for nine sites and a register. The review of 2026 is not "
                        "dated, and the register has no date of teaching for one tool."
                    ),
                ),
            },
        ),
        NoteStep(
            by="peer",
            minutes=on(10, "09:41"),
            criterion="IN-301.b",
            kind=NoteKind.DOCUMENT,
            text=(
                "The policy names its owner and a yearly review; in the history of the document "
                "the review of 2026 is not dated (p. 9, appendix C). Section 3.3 covers tools "
                "that arrive with equipment."
            ),
            when="10 November",
            stage=Stage.DOCUMENTS,
        ),
    )


def _sites() -> tuple[Step, ...]:
    """Ridge is left unrated: the triage of time on the second day did not reach it."""
    return (
        *at_sites(
            "peer",
            "IN-301.b",
            16,
            {
                "Royal Wessex": (
                    "met",
                    "Two tools, both in the register with approval and date of teaching.",
                ),
                "St Aldhelm's": ("met", "One tool, as registered; notice beside the workstation."),
                "Harbour CDC": (
                    "not-met",
                    (
                        "A triage tool was active on two workstations. It is not in the register "
                        "and the AI group has not seen it."
                    ),
                ),
                "Moor": ("met", "Two tools; monthly measures shown for October."),
                "Quay": ("met", "Two tools; one paused for a week in June, as the policy asks."),
                "Castle": (
                    "not-applicable",
                    (
                        "No tool is in use at Castle: the register shows none and none was found "
                        "on the six workstations looked at."
                    ),
                ),
                "Vale": (
                    "partly-met",
                    "Tool approved in June and in use since July; no date of teaching for its users.",
                ),
                "Ford": ("met", "Scheduling and fracture tools, both as registered."),
            },
        ),
        RateStep(
            by="peer",
            minutes=on(10, "09:52"),
            criterion="IN-301.b",
            rating="partly-met",
            reason="Register: no date of teaching for T-09.",
            stage=Stage.DOCUMENTS,
            site="Vale",
        ),
        RateStep(
            by="peer",
            minutes=on(10, "09:50"),
            criterion="IN-301.b",
            rating="met",
            reason="Both tools complete in the register.",
            stage=Stage.DOCUMENTS,
            site="Royal Wessex",
        ),
    )


def _evidence() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="peer",
            minutes=on(24, "14:16"),
            file="triage_screen",
            title="Workstation WS-07, Harbour CDC",
            links=(Link("IN-301.b", "lower right panel", "Active for all CT heads since 2 October"),),
        ),
        AttachStep(
            by="peer",
            minutes=on(24, "11:46"),
            file="interview_audio",
            title="Spoken note after the interview with the PACS manager",
            links=(
                Link("IN-301.a", "from 0:01", "Two RIS products and the broker"),
                Link("IN-301.b", "from 0:05", "How a tool comes into the register"),
            ),
        ),
        SeenStep(
            by="peer",
            minutes=on(24, "11:50"),
            exhibit="approval_log",
            seen=SeenDocument(
                number="AG-LOG-2026",
                title="Approval log of the AI group",
                dated="8 September 2026, last entry",
                where="Royal Wessex, office of the PACS manager",
                seen_by="Tamsin Quill",
                seen_on="24 November 2026",
                showed=(
                    "Four approvals in 2026, AG-2026-01 to AG-2026-04, each with reasons under "
                    "five heads. No entry for Harbour CDC. Not copied, because it names members "
                    "of staff."
                ),
            ),
            links=(Link("IN-301.b", "entries AG-2026-01 to 04", "Approvals of this year"),),
        ),
        SeenStep(
            by="peer",
            minutes=on(24, "14:30"),
            exhibit="handover_form",
            seen=SeenDocument(
                number="MP-HO-2026-031",
                title="Hand-over form of CT scanner EQ-031",
                dated="1 October 2026",
                where="Harbour CDC, control room",
                seen_by="Tamsin Quill",
                seen_on="24 November 2026",
                showed=(
                    "Complete and signed, but the line “AI tools that came with the equipment are "
                    "off” has no entry. Not copied, because it carries the maker's prices."
                ),
            ),
            links=(
                Link("IN-301.b", "page 2, line 14", "Line without an entry"),
                Link("IN-301.d", "pages 1 to 4", "Acceptance and hand-over of the newest scanner"),
            ),
        ),
    )


def _notes() -> tuple[Step, ...]:
    return (
        NoteStep(
            by="peer",
            minutes=on(24, "11:36"),
            criterion="IN-301.b",
            kind=NoteKind.INTERVIEW,
            text=(
                "New tools go to the AI group; minutes seen for four approvals this year. “If it "
                "is not in my register I do not switch it on.” Tools that a maker switches on are "
                "not visible to the PACS manager."
            ),
            heard="PACS manager",
            role="Keeps the register",
            when="24 November, 11:31",
            site="Royal Wessex",
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "14:20"),
            criterion="IN-301.b",
            kind=NoteKind.OBSERVATION,
            text=(
                "Rapid Triage 3.1 sorts the list of CT heads on WS-07 and WS-08. A reporter used "
                "the order shown while we watched. No notice beside either workstation."
            ),
            heard="Reporting radiographer",
            role="User of the list",
            when="24 November, 14:12",
            site="Harbour CDC",
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "14:26"),
            criterion="IN-301.b",
            kind=NoteKind.INTERVIEW,
            text=(
                "“It came with the scanner. I took it that somebody had looked at it.” Had not "
                "heard of section 3.3 of the policy."
            ),
            heard="Centre manager",
            role="Site lead",
            when="24 November, 14:22",
            site="Harbour CDC",
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "12:10"),
            criterion="IN-301.b",
            kind=NoteKind.SAMPLE,
            text=(
                "Five of twelve incident records of 2026 looked at (I-03, I-05, I-08, I-10, "
                "I-12). All five closed within the policy's limit of twenty working days."
            ),
            heard="Clinical lead for AI",
            role="Chair of the AI group",
            when="24 November, 11:58",
        ),
    )


def _network() -> tuple[Step, ...]:
    return (
        RateStep(
            by="peer",
            minutes=on(25, "13:10"),
            criterion="IN-301.b",
            rating="partly-met",
            reason=(
                "One policy, one register and a working group, followed at the six sites with "
                "registered tools. Harbour CDC runs a triage tool outside them all, and at Vale "
                "users of a tool were not taught."
            ),
        ),
        FlagStep(
            by="peer",
            minutes=on(24, "14:34"),
            criterion="IN-301.b",
            words="Ridge still to be looked at: list of tools on its workstations.",
        ),
        StateStep(by="peer", minutes=on(25, "13:12"), criterion="IN-301.b", state="in review"),
    )


def _findings() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="peer",
            minutes=on(24, "14:40"),
            finding="triage_tool",
            grade="mandatory",
            criteria=("IN-301.b",),
            site="Harbour CDC",
            requirement=_REQUIREMENT,
            evidence=(
                "On 24 November a triage tool sorted CT heads on two workstations at Harbour CDC, "
                "since 2 October by its own screen. It is not in the network's register (sheet "
                "Tools) and the approval log has no entry for it. The centre manager said that it "
                "came with the scanner."
            ),
            gap=(
                "A tool is in clinical use that the network has not assessed, approved or "
                "registered under its own policy (section 3.2 and 3.3)."
            ),
            exhibits=(
                Cited("triage_screen", "lower right panel", "Active for all CT heads since 2 October"),
                Cited("ai_register", "sheet Tools, last row", "Harbour CDC listed without a tool"),
                Cited("ai_policy", "p. 3, clauses 3.2 and 3.3"),
                Cited("handover_form", "page 2, line 14"),
                Cited("approval_log", "entries of 2026"),
            ),
        ),
        FindingStep(
            by="peer",
            minutes=on(25, "13:16"),
            finding="policy_review",
            grade="recommendation",
            criteria=("IN-301.b",),
            requirement=_REQUIREMENT,
            evidence=(
                "Clause 10.1 of the policy asks for a review once a year. Appendix C has “2026: "
                "not dated”, and item 4 of the minutes of 3 November says that no date is "
                "entered. The register has no date of teaching for T-09 at Vale, in use since "
                "July."
            ),
            gap=(
                "The network cannot show that its policy was reviewed in 2026, nor that clause "
                "5.1 on teaching was followed at Vale."
            ),
            exhibits=(
                Cited("ai_policy", "p. 9, appendix C"),
                Cited("board_minutes", "item 4"),
                Cited("ai_register", "sheet Tools, row T-09"),
            ),
        ),
    )
