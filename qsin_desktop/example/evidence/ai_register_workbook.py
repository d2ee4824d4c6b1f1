"""The network's register of AI tools: three sheets, tools, approvals and incidents."""

from __future__ import annotations

from qsin_desktop.example.evidence.sheet_paper import Book, head_row, rows_below, sheet_title

TOOLS = (
    (
        "T-01",
        "Fracture Prompt 2.4",
        "Royal Wessex",
        "X-ray, emergency",
        "AG-2024-03",
        "14 May 2024",
        "20 May 2024",
    ),
    (
        "T-02",
        "Fracture Prompt 2.4",
        "St Aldhelm's",
        "X-ray, emergency",
        "AG-2024-04",
        "11 June 2024",
        "24 June 2024",
    ),
    (
        "T-03",
        "Nodule Count 5.0",
        "Royal Wessex",
        "CT chest",
        "AG-2025-01",
        "14 January 2025",
        "27 January 2025",
    ),
    ("T-04", "Nodule Count 5.0", "Moor", "CT chest", "AG-2025-02", "11 February 2025", "3 March 2025"),
    ("T-05", "Quiet Recon 1.2", "Quay", "MR, all", "AG-2025-05", "8 July 2025", "14 July 2025"),
    ("T-06", "Prostate Outline 3.1", "Quay", "MR pelvis", "AG-2025-07", "14 October 2025", "20 October 2025"),
    ("T-07", "Slot Planner 1.0", "Ford", "Scheduling", "AG-2026-01", "13 January 2026", "19 January 2026"),
    (
        "T-08",
        "Fracture Prompt 2.5",
        "Moor",
        "X-ray, emergency",
        "AG-2026-02",
        "14 April 2026",
        "27 April 2026",
    ),
    ("T-09", "Nodule Count 5.1", "Vale", "CT chest", "AG-2026-03", "9 June 2026", ""),
    (
        "T-10",
        "Fracture Prompt 2.5",
        "Ford",
        "X-ray, emergency",
        "AG-2026-04",
        "8 September 2026",
        "14 September 2026",
    ),
)

_LATE_OPENED = ("6 February", "19 February", "12 March", "2 April", "23 April", "11 May")
_THEN_OPENED = ("4 June", "7 July", "30 July", "27 August", "24 September", "15 October")
INCIDENTS = tuple(
    (f"I-{number:02}", f"{opened} 2026", tool, what, f"{days}", "closed")
    for number, (opened, tool, what, days) in enumerate(
        zip(
            _LATE_OPENED + _THEN_OPENED,
            ("T-01", "T-03", "T-01", "T-02", "T-08", "T-03", "T-06", "T-08", "T-04", "T-01", "T-07", "T-10"),
            (
                "Output shown late",
                "Old version after update",
                "Missed finding, seen by reader",
                "Output on wrong series",
                "Missed finding, seen by reader",
                "Count differs from reader",
                "Outline cut short",
                "False prompts in children",
                "Output not shown",
                "Missed finding, seen by reader",
                "Double booking proposed",
                "Output shown late",
            ),
            (12, 9, 18, 6, 15, 11, 7, 19, 5, 16, 8, 13),
            strict=True,
        ),
        start=1,
    )
)


def make_ai_register() -> bytes:
    book = Book("Register of AI tools, 4 November 2026")
    tools = book.sheet("Tools", (8, 24, 16, 20, 14, 20, 20))
    sheet_title(
        tools,
        "Tools in clinical use",
        "All sites. Kept by the PACS manager. Listed 4 November 2026. Example.",
    )
    head_row(
        tools, 4, ("No.", "Tool and version", "Site", "Use", "Approval", "Approved on", "Users taught on")
    )
    rows_below(tools, 5, TOOLS)
    tools["A16"] = "Sites without a tool: Harbour CDC, Castle, Ridge"
    tools.freeze_panes = "A5"
    tools.auto_filter.ref = f"A4:G{4 + len(TOOLS)}"
    approvals = book.sheet("Approvals", (14, 20, 24, 18))
    sheet_title(approvals, "Decisions of the AI group", "From the approval log. Example.")
    head_row(approvals, 4, ("Entry", "Date", "Tool", "Decision"))
    rows_below(approvals, 5, [(tool[4], tool[5], tool[1], "Approved") for tool in TOOLS])
    incidents = book.sheet("Incidents", (8, 20, 8, 34, 16, 10))
    sheet_title(
        incidents,
        "Incidents of 2026",
        "Limit for closing: twenty working days. No patient is named. Example.",
    )
    head_row(incidents, 4, ("No.", "Opened", "Tool", "What happened", "Working days to close", "State"))
    rows_below(incidents, 5, INCIDENTS)
    return book.saved()
