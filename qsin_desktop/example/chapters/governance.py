"""Standards IN-702 and IN-703: audit of action plans, and research."""

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
)


def steps() -> tuple[Step, ...]:
    return (*_audit(), *_research(), *_findings())


def _audit() -> tuple[Step, ...]:
    return (
        RateStep(
            by="lead",
            minutes=on(12, "15:00"),
            criterion="IN-702.a",
            rating="partly-met",
            reason="Programme for 2026 with six plans; reports of four seen, no repeat audit among them.",
            stage=Stage.DOCUMENTS,
        ),
        NoteStep(
            by="lead",
            minutes=on(12, "15:06"),
            criterion="IN-702.a",
            kind=NoteKind.DOCUMENT,
            text=(
                "Audit programme 2026, version 2: six plans, two auditors each, from another "
                "site. Reports of four are dated March to September."
            ),
            when="12 November",
            stage=Stage.DOCUMENTS,
        ),
        SeenStep(
            by="lead",
            minutes=on(24, "18:02"),
            exhibit="audit_reports",
            seen=SeenDocument(
                number="NET-AUD-26-01 to 04",
                title="Audit reports of four action plans",
                dated="20 March to 18 September 2026",
                where="Network office",
                seen_by="Rowan Alder",
                seen_on="24 November 2026",
                showed=(
                    "Nineteen actions audited: fourteen carried out, five not. Repeat audit due "
                    "after three months for two plans and not entered for either. Not copied, "
                    "because two reports name staff."
                ),
            ),
            links=(Link("IN-702.a", "four reports, last page of each", "Result and date of the repeat"),),
        ),
        NoteStep(
            by="lead",
            minutes=on(24, "18:08"),
            criterion="IN-702.a",
            kind=NoteKind.SAMPLE,
            text=(
                "One action followed from plan to proof: interpreters bookable from any site. "
                "Planned 2025, audited in June as not carried out, still planned for February "
                "2027."
            ),
            heard="Governance lead",
            role="Keeps the audit programme",
            when="24 November, 17:55",
        ),
        NoteStep(
            by="lead",
            minutes=on(25, "12:20"),
            criterion="IN-702.a",
            kind=NoteKind.INTERVIEW,
            text=(
                "Auditors come from another site and are given a day. Repeat audits slipped when "
                "the second auditor left in August."
            ),
            heard="Governance lead",
            role="Keeps the audit programme",
            when="25 November, 12:15, by telephone",
        ),
        *at_sites(
            "lead",
            "IN-702.a",
            33,
            {
                "Royal Wessex": ("met", ""),
                "Moor": ("met", ""),
                "Quay": ("partly-met", "Audited in March; the repeat of June did not take place."),
                "Vale": ("partly-met", "Repeat audit due in August not made."),
            },
        ),
        RateStep(
            by="lead",
            minutes=on(25, "14:00"),
            criterion="IN-702.a",
            rating="partly-met",
            reason=(
                "Plans are audited by people from other sites and the reports are clear. Two "
                "repeat audits that were due have not been made."
            ),
        ),
        StateStep(by="lead", minutes=on(25, "14:01"), criterion="IN-702.a", state="done"),
    )


def _research() -> tuple[Step, ...]:
    return (
        RateStep(
            by="lay",
            minutes=on(13, "09:30"),
            criterion="IN-703.a",
            rating="met",
            reason="Strategy to 2029 and a register of fourteen studies at five sites.",
            stage=Stage.DOCUMENTS,
        ),
        NoteStep(
            by="lay",
            minutes=on(13, "09:36"),
            criterion="IN-703.a",
            kind=NoteKind.DOCUMENT,
            text=(
                "Register of studies of 1 November: fourteen open, five sites, two that invite "
                "patients from every site."
            ),
            when="13 November",
            stage=Stage.DOCUMENTS,
        ),
        NoteStep(
            by="lay",
            minutes=on(24, "16:58"),
            criterion="IN-703.a",
            kind=NoteKind.INTERVIEW,
            text=(
                "Any member of staff can bring an idea to the monthly hour. Two studies were "
                "begun by radiographers."
            ),
            heard="Research lead",
            role="Radiographer with research duties",
            when="24 November, 16:50, by video",
        ),
        CiteStep(
            by="lay",
            minutes=on(24, "17:00"),
            exhibit="board_minutes",
            links=(Link("IN-703.a", "item 7", "Strategy and studies presented to the board"),),
        ),
        *at_sites(
            "lay",
            "IN-703.a",
            36,
            {
                "Royal Wessex": ("met", "Nine of the fourteen studies are open here."),
                "St Aldhelm's": ("met", ""),
                "Harbour CDC": ("partly-met", "Staff did not know how a patient could take part."),
                "Moor": ("met", ""),
                "Ford": ("met", ""),
            },
        ),
        RateStep(
            by="lay",
            minutes=on(25, "14:02"),
            criterion="IN-703.a",
            rating="met",
            reason=(
                "Led, overseen and open to staff of every profession. Two studies invite patients "
                "from all nine sites; at one site staff could not say how."
            ),
        ),
        StateStep(by="lay", minutes=on(25, "14:03"), criterion="IN-703.a", state="done"),
    )


def _findings() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="lead",
            minutes=on(25, "14:06"),
            finding="repeat_audits",
            grade="recommendation",
            criteria=("IN-702.a",),
            requirement="The network's action plans are audited.",
            evidence=(
                "Of four audit reports of 2026 two ask for a repeat after three months, due in "
                "June at Quay and in August at Vale. Neither is entered in the programme and the "
                "governance lead confirmed that neither was made."
            ),
            gap="For two audited plans it is not known whether the actions have since been carried out.",
            exhibits=(Cited("audit_reports", "reports 01 and 03, last page"),),
        ),
        FindingStep(
            by="lay",
            minutes=on(25, "14:08"),
            finding="ideas_hour",
            grade="good-practice",
            criteria=("IN-703.a",),
            requirement="Research is supported and overseen within the network.",
            evidence=(
                "A monthly hour is open to all staff with an idea for a study. Two of the "
                "fourteen open studies were begun by radiographers in this way, and two invite "
                "patients from every site."
            ),
            exhibits=(Cited("board_minutes", "item 7"),),
        ),
        AttachStep(
            by="lead",
            minutes=on(24, "09:34"),
            file="opening_notes",
            title="Notes of the opening meeting",
            links=(Link("IN-201.a", "lines “Present” and item 2", "Who was there; scope confirmed"),),
        ),
    )
