"""What the team concluded on the equipment records: the network's ratings and the findings."""

from __future__ import annotations

from qsin_desktop.example.steps import (
    Cited,
    FindingStep,
    FlagStep,
    RateStep,
    StateStep,
    Step,
    WithdrawFindingStep,
    on,
)


def steps() -> tuple[Step, ...]:
    return (*_network(), *_work(), *_mandatory(), *_withdrawn(), *_others())


def _network() -> tuple[Step, ...]:
    reasons = {
        "IN-301.c": ("met", "Complete in the register and in both files followed."),
        "IN-301.d": (
            "partly-met",
            (
                "Kept for 117 of 120 items. Two of the three without a record are at Ridge. The "
                "hand-over form of the newest scanner has one line without an entry."
            ),
        ),
        "IN-301.e": (
            "partly-met",
            (
                "Kept for every item and in date at most sites seen. Seven items are past their "
                "date, four of them at Vale, and two sites were not rated."
            ),
        ),
        "IN-301.f": (
            "partly-met",
            (
                "Kept and signed at seven of the eight sites rated. At Castle three ultrasound "
                "machines have no record and an audit action of May is open."
            ),
        ),
    }
    return tuple(
        RateStep(by="peer", minutes=on(25, "13:18") + 4 * i, criterion=code, rating=rating, reason=reason)
        for i, (code, (rating, reason)) in enumerate(reasons.items())
    )


def _work() -> tuple[Step, ...]:
    return (
        *(
            StateStep(by="peer", minutes=on(25, "13:36") + i, criterion=f"IN-301.{letter}", state=state)
            for i, (letter, state) in enumerate(
                zip("cdef", ("done", "done", "in review", "in review"), strict=True)
            )
        ),
        FlagStep(
            by="peer",
            minutes=on(24, "16:50"),
            criterion="IN-301.e",
            words="Quay and St Aldhelm's: rooms not free today. Try again on Wednesday.",
        ),
        FlagStep(
            by="peer",
            minutes=on(25, "09:34"),
            criterion="IN-301.f",
            words="Speak with the lead about Castle.",
        ),
        FlagStep(by="peer", minutes=on(25, "12:30"), criterion="IN-301.f", words="", flagged=False),
    )


def _mandatory() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="peer",
            minutes=on(25, "10:24"),
            finding="calibration_vale",
            grade="mandatory",
            criteria=("IN-301.e",),
            site="Vale",
            requirement="Records of equipment calibration are kept.",
            evidence=(
                "The register shows four of twelve items at Vale past the date of calibration: "
                "EQ-084 and EQ-088 since 3 September, EQ-090 since 1 October, EQ-093 since 24 "
                "October. EQ-088 was in use for a clinic on 25 November with the label of 2025."
            ),
            gap="For four items in clinical use there is no record of a calibration in date.",
            exhibits=(
                Cited("calibration_sticker", "line “Next due”", "Label of EQ-088 on 25 November"),
                Cited("asset_register", "rows EQ-084, EQ-088, EQ-090, EQ-093"),
            ),
        ),
        FindingStep(
            by="peer",
            minutes=on(25, "09:38"),
            finding="cleaning_castle",
            grade="mandatory",
            criteria=("IN-301.f",),
            site="Castle",
            requirement="Records of infection control for equipment are kept.",
            evidence=(
                "No log could be shown for Ultrasound 1, 2 and 4 (EQ-069, EQ-070, EQ-078), and "
                "the register has no check for them. The audit of 12 May 2026 asked for these "
                "logs by 31 July; the action is open. The gel beside the basin in the same room "
                "was nearly used up."
            ),
            gap="For three of four ultrasound machines at Castle no records of infection control are kept.",
            exhibits=(
                Cited("asset_register", "rows EQ-069, EQ-070, EQ-078"),
                Cited("cleaning_audit", "page 3, action 4"),
                Cited("hand_hygiene", "left dispenser", "Basin in ultrasound on 25 November"),
            ),
        ),
    )


def _withdrawn() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="peer",
            minutes=on(24, "11:34"),
            finding="certificate",
            grade="mandatory",
            criteria=("IN-301.e",),
            site="Royal Wessex",
            requirement="Records of equipment calibration are kept.",
            evidence=(
                "No certificate of calibration for CT 2 (EQ-014) was found in the control room on "
                "24 November."
            ),
            gap="No record of the last calibration of EQ-014 could be shown.",
            exhibits=(Cited("scanner_room", "asset label"),),
        ),
        WithdrawFindingStep(
            by="peer",
            minutes=on(24, "17:02"),
            finding="certificate",
            reason=(
                "Medical physics showed the certificate of 8 May 2026 in its own system at 16:50 "
                "on the same day. The record is kept; it is held by physics and not in the room."
            ),
        ),
    )


def _others() -> tuple[Step, ...]:
    return (
        FindingStep(
            by="peer",
            minutes=on(25, "11:50"),
            finding="daily_checks",
            grade="recommendation",
            criteria=("IN-301.e",),
            site="Ford",
            requirement="Records of equipment calibration are kept.",
            evidence=(
                "The log of X-ray room 2 has no entries on 16, 18 and 19 November, days on which "
                "the worklist shows examinations in that room."
            ),
            gap="For three of nine working days it cannot be shown that the daily checks were made.",
            exhibits=(Cited("checks_log", "rows 16, 18 and 19 November", "The log on 25 November"),),
        ),
        FindingStep(
            by="peer",
            minutes=on(25, "11:08"),
            finding="installation",
            grade="recommendation",
            criteria=("IN-301.d",),
            requirement="Records of equipment installation are kept.",
            evidence=(
                "EQ-073 at Castle and EQ-098 and EQ-104 at Ridge have neither a date of "
                "installation nor an acceptance in the register. At Ridge no report was found for "
                "either item."
            ),
            gap="For three of 120 items the network cannot show when and by whom they were accepted.",
            exhibits=(Cited("asset_register", "rows EQ-073, EQ-098, EQ-104, column “Installed”"),),
        ),
        FindingStep(
            by="peer",
            minutes=on(24, "16:58"),
            finding="panel_scores",
            grade="good-practice",
            criteria=("IN-301.c", "IN-101.c"),
            requirement="Records of equipment procurement are kept.",
            evidence=(
                "The file of EQ-031 runs without a gap from the statement of need to delivery. A "
                "member of the patient and carer panel scored the offers with the users; the "
                "scores and what came of them are on file."
            ),
            exhibits=(Cited("procurement_file", "sections 3 and 4"), Cited("asset_register", "row EQ-031")),
        ),
    )
