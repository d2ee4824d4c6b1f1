"""The network's education and development programme: a Word document with modules and a summary by site."""

from __future__ import annotations

from qsin_desktop.example.evidence.attendance_csv import ELIGIBLE, MODULES, attended
from qsin_desktop.example.evidence.docx_paper import add_table, paper, saved
from qsin_desktop.example.evidence.places import NETWORK_NAME, SITES

NEEDS = (
    "Radiographers: image exchange, radiation protection update, cross-site induction.",
    "Assistants and clerical staff: communication, booking across sites.",
    "Reporters: approved AI tools, shared worklist.",
    "Medical physics and engineers: acceptance of equipment, information for users.",
)


def overall(site: str) -> int:
    """Attendance over all modules in percent, as the programme's summary states it."""
    total = sum(attended(site, number) for number in range(len(MODULES)))
    return round(100 * total / (ELIGIBLE[site] * len(MODULES)))


def make_programme() -> bytes:
    document = paper(
        "Education and development programme 2026", "Programme 2026, version 3. Example document, invented."
    )
    document.add_paragraph(
        f"{NETWORK_NAME}. Agreed by the education group on 15 January 2026, revised 9 October 2026."
    )
    document.add_heading("1  How needs were found", 1)
    document.add_paragraph(
        "Each site sent its needs by profession in November 2025. The education group joined them "
        "with the results of appraisals, incidents and the patient survey."
    )
    for need in NEEDS:
        document.add_paragraph(need, style="List Bullet")
    document.add_heading("2  Modules", 1)
    forms = (
        "Half day, every month",
        "On line, one hour",
        "Day, twice a year",
        "Half day, quarterly",
        "On line, with test",
    )
    add_table(document, ("Module", "Form"), list(zip(MODULES, forms, strict=True)))
    document.add_heading("3  Competence", 1)
    document.add_paragraph(
        "Modules 2, 3 and 5 end with a test. Competence is signed off by the site's education "
        "link and entered in the person's portfolio. Staff who move between sites show the "
        "portfolio at the other site."
    )
    document.add_heading("4  Attendance, January to October 2026", 1)
    document.add_paragraph("As told by the sites. Signed lists are kept at each site.")
    add_table(
        document,
        ("Site", "Eligible staff", "Attendance, all modules"),
        [(site, str(ELIGIBLE[site]), f"{overall(site)} %") for site in SITES],
    )
    document.add_heading("5  Review", 1)
    document.add_paragraph("The education group reviews the programme each October and reports to the board.")
    return saved(document)
