"""Standard IN-301, criteria c to f: the records that are kept of equipment."""

from __future__ import annotations

from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.visits import Stage
from qsin_desktop.example.steps import (
    AttachStep,
    CiteStep,
    Link,
    NoteStep,
    RateStep,
    SeenStep,
    Step,
    at_sites,
    on,
    on_documents,
)


def steps() -> tuple[Step, ...]:
    return (
        *_documents(),
        *_procurement(),
        *_installation(),
        *_calibration(),
        *_cleaning(),
        *_photos(),
        *_notes(),
    )


def _documents() -> tuple[Step, ...]:
    """Criterion f has no rating on documents: the cleaning schedules did not arrive in time."""
    return (
        AttachStep(
            by="peer",
            minutes=on(17, "10:20"),
            file="asset_register",
            title="Asset register of 120 pieces of equipment, 16 November 2026",
            links=(
                Link(
                    "IN-301.c", "columns “Order reference” and “Planned replacement”", "120 of 120 filled in"
                ),
                Link("IN-301.d", "column “Installed”", "EQ-073, EQ-098 and EQ-104 without a date"),
                Link("IN-301.e", "column “Next calibration due”", "Seven of 120 past their date"),
                Link(
                    "IN-301.f",
                    "column “Last infection control check”",
                    "EQ-069, EQ-070 and EQ-078 without a check",
                ),
            ),
        ),
        *on_documents(
            "peer",
            on(17, "10:40"),
            {
                "IN-301.c": ("met", "Every item has an order reference and a planned year of replacement."),
                "IN-301.d": (
                    "partly-met",
                    "Three of 120 items have no date of installation and nobody who accepted them.",
                ),
                "IN-301.e": (
                    "partly-met",
                    "Dates for all 120 items, seven of them past due on 17 November.",
                ),
            },
        ),
        RateStep(
            by="peer",
            minutes=on(17, "11:10"),
            criterion="IN-301.e",
            rating="not-met",
            reason="Four of twelve items past their date.",
            stage=Stage.DOCUMENTS,
            site="Vale",
        ),
        RateStep(
            by="peer",
            minutes=on(17, "11:12"),
            criterion="IN-301.e",
            rating="met",
            reason="All eighteen items in date.",
            stage=Stage.DOCUMENTS,
            site="Royal Wessex",
        ),
        RateStep(
            by="peer",
            minutes=on(17, "11:14"),
            criterion="IN-301.d",
            rating="partly-met",
            reason="EQ-098 and EQ-104 have no date of installation.",
            stage=Stage.DOCUMENTS,
            site="Ridge",
        ),
    )


def _procurement() -> tuple[Step, ...]:
    return at_all(
        "IN-301.c",
        18,
        {
            "Royal Wessex": ("met", "File of EQ-014 complete from need to order."),
            "Harbour CDC": ("met", "File of EQ-031 seen: need, choice with users and physics, order."),
            "Castle": ("met", ""),
            "Ridge": ("met", ""),
        },
        rest=("St Aldhelm's", "Moor", "Quay", "Vale", "Ford"),
    )


def _installation() -> tuple[Step, ...]:
    return at_all(
        "IN-301.d",
        20,
        {
            "Harbour CDC": (
                "partly-met",
                "Hand-over form of EQ-031 complete but for one line on tools that came with it.",
            ),
            "Castle": ("partly-met", "No acceptance record for EQ-073."),
            "Ridge": (
                "not-met",
                "No acceptance record for two items, one of them an X-ray room in daily use.",
            ),
            "Royal Wessex": ("met", "Two items followed from delivery to first patient."),
        },
        rest=("St Aldhelm's", "Moor", "Quay", "Vale", "Ford"),
    )


def _calibration() -> tuple[Step, ...]:
    """St Aldhelm's and Quay are left unrated: the rooms concerned were closed or in use."""
    return at_all(
        "IN-301.e",
        22,
        {
            "Royal Wessex": (
                "met",
                "CT 2 and three other rooms in date; certificates at hand or with physics.",
            ),
            "Harbour CDC": ("met", ""),
            "Castle": ("partly-met", "EQ-071, a CT scanner, 20 days and EQ-076 twelve days past their date."),
            "Vale": (
                "not-met",
                "Four of twelve items past their date, two by more than eleven weeks, all in use.",
            ),
            "Ford": (
                "partly-met",
                "Daily checks of X-ray room 2 not recorded on three of nine days; EQ-113 past its date.",
            ),
        },
        rest=("Moor", "Ridge"),
    )


def _cleaning() -> tuple[Step, ...]:
    """Quay is left unrated: its ultrasound rooms were closed on both days."""
    return at_all(
        "IN-301.f",
        24,
        {
            "Royal Wessex": ("met", "Cleaning between patients seen twice; log signed."),
            "Castle": (
                "not-met",
                "No record of checks for three ultrasound machines; audit actions of May open.",
            ),
            "Ridge": ("met", "Store tidy, stock in date, weekly list signed."),
            "Ford": ("met", ""),
        },
        rest=("St Aldhelm's", "Harbour CDC", "Moor", "Vale"),
    )


def at_all(
    criterion: str, after: int, told: dict[str, tuple[str, str]], *, rest: tuple[str, ...]
) -> tuple[RateStep, ...]:
    """The peer's ratings: those with words, and `met` without words for the rest."""
    return tuple(at_sites("peer", criterion, after, {**told, **dict.fromkeys(rest, ("met", ""))}))


def _photos() -> tuple[Step, ...]:
    return (
        AttachStep(
            by="peer",
            minutes=on(24, "11:22"),
            file="scanner_room",
            title="CT 2, Royal Wessex",
            links=(
                Link("IN-301.c", "asset label", "EQ-014 as in the register"),
                Link("IN-301.e", "asset label", "Room seen in clinical use"),
            ),
        ),
        AttachStep(
            by="peer",
            minutes=on(24, "16:28"),
            file="scanner_door",
            title="Door of MR 1, Quay",
            links=(Link("IN-301.d", "door plate", "EQ-057; signs as in the commissioning report"),),
        ),
        AttachStep(
            by="peer",
            minutes=on(25, "09:20"),
            file="hand_hygiene",
            title="Basin in ultrasound, Castle",
            links=(Link("IN-301.f", "left dispenser", "Gel nearly used up"),),
        ),
        AttachStep(
            by="peer",
            minutes=on(25, "10:09"),
            file="calibration_sticker",
            title="Calibration label of EQ-088, Vale",
            links=(Link("IN-301.e", "line “Next due”", "3 September 2026, machine in use"),),
        ),
        AttachStep(
            by="peer",
            minutes=on(25, "10:56"),
            file="storeroom",
            title="Store 3, Ridge",
            links=(Link("IN-301.f", "second and third shelf", "Covers and linen for one patient each"),),
        ),
        AttachStep(
            by="peer",
            minutes=on(25, "11:40"),
            file="checks_log",
            title="Log of daily checks, X-ray room 2, Ford",
            links=(Link("IN-301.e", "rows 16, 18 and 19 November", "Three days without entries"),),
        ),
        CiteStep(
            by="peer",
            minutes=on(25, "11:44"),
            exhibit="checks_log",
            links=(Link("IN-301.f", "column “Clean”", "Ticked on six of nine days"),),
        ),
    )


def _notes() -> tuple[Step, ...]:
    return (
        SeenStep(
            by="peer",
            minutes=on(24, "14:36"),
            exhibit="procurement_file",
            seen=SeenDocument(
                number="PF-2026-018",
                title="Procurement file of CT scanner EQ-031",
                dated="12 January to 28 September 2026",
                where="Network office, procurement",
                seen_by="Tamsin Quill",
                seen_on="24 November 2026",
                showed=(
                    "Statement of need, scoring by two radiographers, a radiologist, a physicist "
                    "and a panel member, order and delivery. Not copied, because offers are "
                    "confidential."
                ),
            ),
            links=(Link("IN-301.c", "sections 1 to 6", "From need to order"),),
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "14:38"),
            criterion="IN-301.c",
            kind=NoteKind.SAMPLE,
            text=(
                "Two purchases followed, EQ-031 and EQ-014. Users, physics and, since 2026, a "
                "member of the panel took part in the scoring."
            ),
            heard="Head of procurement",
            role="Network office",
            when="24 November, 14:33, by video",
        ),
        NoteStep(
            by="peer",
            minutes=on(17, "11:00"),
            criterion="IN-301.c",
            kind=NoteKind.DOCUMENT,
            text=(
                "Register of 16 November: 120 items, nine sites, every item with order reference "
                "and planned year of replacement."
            ),
            when="17 November",
            stage=Stage.DOCUMENTS,
        ),
        NoteStep(
            by="peer",
            minutes=on(25, "11:00"),
            criterion="IN-301.d",
            kind=NoteKind.SAMPLE,
            text=(
                "Five items drawn from the register, Ridge. Acceptance reports for three. For "
                "EQ-098 and EQ-104 none was found on paper or in the physics folder."
            ),
            heard="Superintendent radiographer",
            role="Equipment link of the site",
            when="25 November, 10:50",
            site="Ridge",
        ),
        NoteStep(
            by="peer",
            minutes=on(25, "10:12"),
            criterion="IN-301.e",
            kind=NoteKind.OBSERVATION,
            text=(
                "EQ-088 in use for a clinic; label says next due 3 September 2026. EQ-084 next "
                "door has the same date. Mobile 1 and X-ray room 2 as in the register."
            ),
            heard="Sonographer",
            role="User of the machine",
            when="25 November, 10:06",
            site="Vale",
        ),
        NoteStep(
            by="peer",
            minutes=on(25, "10:16"),
            criterion="IN-301.e",
            kind=NoteKind.INTERVIEW,
            text=(
                "Visits of physics were put off twice in the autumn for want of staff. No one had "
                "been told to stop using the machines."
            ),
            heard="Imaging service manager",
            role="Site lead",
            when="25 November, 10:13",
            site="Vale",
        ),
        NoteStep(
            by="peer",
            minutes=on(25, "11:42"),
            criterion="IN-301.e",
            kind=NoteKind.SAMPLE,
            text=(
                "Nine working days of daily checks looked at. No entry on 16, 18 and 19 November; "
                "the room was in use on all three by the worklist."
            ),
            heard="Superintendent radiographer",
            role="Keeps the log",
            when="25 November, 11:37",
            site="Ford",
        ),
        NoteStep(
            by="peer",
            minutes=on(24, "11:30"),
            criterion="IN-301.f",
            kind=NoteKind.OBSERVATION,
            text="Table and injector wiped between two patients, covers changed, log signed at once.",
            heard="Radiographers of CT 2",
            role="At work",
            when="24 November, 11:14",
            site="Royal Wessex",
        ),
        NoteStep(
            by="peer",
            minutes=on(25, "09:24"),
            criterion="IN-301.f",
            kind=NoteKind.SAMPLE,
            text=(
                "Logs of four ultrasound machines asked for. For Ultrasound 3 complete since "
                "June. For 1, 2 and 4 no log could be shown; staff say that probes are cleaned "
                "each time."
            ),
            heard="Lead sonographer",
            role="Lead for ultrasound",
            when="25 November, 09:18",
            site="Castle",
        ),
        SeenStep(
            by="peer",
            minutes=on(25, "09:30"),
            exhibit="cleaning_audit",
            seen=SeenDocument(
                number="IPC-A-2026-05",
                title="Infection control audit, imaging, Castle",
                dated="12 May 2026",
                where="Castle, office of the infection control nurse",
                seen_by="Tamsin Quill",
                seen_on="25 November 2026",
                showed=(
                    "82 %; four actions, one of them logs for ultrasound, due 31 July; three "
                    "closed, this one open. Not copied, because it covers other departments as "
                    "well."
                ),
            ),
            links=(Link("IN-301.f", "page 3, action 4", "Logs for ultrasound, open"),),
        ),
    )
