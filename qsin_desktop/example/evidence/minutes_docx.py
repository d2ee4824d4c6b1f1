"""Minutes of the network board: a Word document with items and a table of actions."""

from __future__ import annotations

from qsin_desktop.example.evidence.docx_paper import add_table, paper, saved
from qsin_desktop.example.evidence.places import NETWORK_NAME

PRESENT = (
    ("Chair of the board", "present"),
    ("Medical directors' deputies of the four trusts", "three present, one apology"),
    ("Network director", "present"),
    ("Network clinical lead", "present"),
    ("Network clinical lead for AI", "present"),
    ("Lead radiographer", "present"),
    ("Operations lead", "present"),
    ("Two members of the patient and carer panel, with a vote", "both present"),
)

ITEMS = (
    (
        "1  Minutes and actions of 6 October 2026",
        (
            (
                "The minutes were agreed. Eleven of fourteen actions of the improvement plan are "
                "on time; three carry no date and were sent back to their owners."
            ),
        ),
    ),
    (
        "2  Patients and carers",
        (
            (
                "The panel reported on the autumn survey: 1,240 replies from all nine sites. The "
                "board agreed the three changes that the panel had asked for and noted that two "
                "are already in place."
            ),
            (
                "The panel's members voted against the first draft of the evening appointments "
                "leaflet; it was rewritten."
            ),
        ),
    ),
    (
        "3  Capacity and demand",
        (
            (
                "Version 1.4 of the model was adopted for CT, MR and X-ray. Seven of nine site "
                "leads have confirmed their figures. Castle and Ridge have not; the chair asked "
                "for both replies before the next meeting."
            ),
            "Ultrasound is not in the model. The board noted the reason and asked for a date.",
        ),
    ),
    (
        "4  Artificial intelligence",
        (
            (
                "The AI group has approved four tools this year. All incidents of the year to "
                "date are closed within the limit. The yearly review of the policy was discussed "
                "by the group; no date of review is entered yet."
            ),
        ),
    ),
    (
        "5  Workforce",
        (
            (
                "The strategy's action plan was reviewed line by line. Staff moved between sites "
                "on 37 occasions in the last quarter. 41 of 68 staff passport agreements are "
                "signed."
            ),
            "The post of deputy lead radiographer has been vacant since July.",
        ),
    ),
    (
        "6  Equipment",
        (
            (
                "The replacement plan to 2031 was agreed. The new CT scanner at Harbour CDC came "
                "into use on 2 October. The board asked for a list of equipment that is past its "
                "date for calibration."
            ),
        ),
    ),
    (
        "7  Research",
        (
            (
                "Fourteen studies are open at five sites. The research lead presented the "
                "strategy to 2029. Two studies invite patients from every site."
            ),
        ),
    ),
)

ACTIONS = (
    ("1", "Replies of Castle and Ridge on the model", "Operations lead", "1 December 2026"),
    ("2", "Date for ultrasound in the model", "Operations lead", "1 December 2026"),
    ("3", "List of equipment past its calibration date", "Lead radiographer", "17 November 2026"),
    ("4", "Dates for three actions of the improvement plan", "Network director", "no date given"),
    ("5", "Advertise the deputy's post", "Network director", "15 December 2026"),
)


def make_minutes() -> bytes:
    document = paper(
        "Minutes of the network board", "Board minutes, 3 November 2026. Example document, invented."
    )
    document.add_paragraph(
        f"{NETWORK_NAME}. Tuesday 3 November 2026, 14:00 to 16:10, network office and by video."
    )
    document.add_heading("Present", 1)
    add_table(document, ("Role", "Attendance"), PRESENT)
    for heading, paragraphs in ITEMS:
        document.add_heading(heading, 1)
        for text in paragraphs:
            document.add_paragraph(text)
    document.add_heading("Actions", 1)
    add_table(document, ("No.", "Action", "Owner", "By"), ACTIONS)
    document.add_paragraph("Next meeting: Tuesday 1 December 2026, 14:00.")
    return saved(document)
