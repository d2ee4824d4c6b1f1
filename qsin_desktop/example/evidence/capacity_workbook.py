"""The network's capacity and demand model: a workbook of seven sheets with formulas and a chart."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from qsin_desktop.example.evidence.places import SITES
from qsin_desktop.example.evidence.sheet_paper import Book, head_row, mark_input, rows_below, sheet_title

MODALITIES = ("CT", "MR", "X-ray")
ROOMS = ((3, 2, 5), (1, 1, 3), (1, 1, 2), (2, 1, 3), (1, 1, 2), (2, 1, 4), (1, 1, 2), (1, 1, 3), (1, 0, 2))
HOURS = (72, 60, 66, 54, 56, 60, 50, 54, 50)  # a week, by site
MINUTES = (18, 32, 9)  # per examination, by modality
REFERRALS = (
    (612, 228, 1480),
    (166, 92, 760),
    (204, 118, 520),
    (288, 84, 705),
    (148, 86, 470),
    (362, 104, 1045),
    (136, 78, 428),
    (171, 96, 684),
    (129, 0, 455),
)  # a week, by site and modality
GROWTH = (0.06, 0.07, 0.02)
UPTIME = 0.92
CONSULTED = (
    ("Royal Wessex", "Imaging service manager", "12 October 2026", "Figures recognised"),
    ("St Aldhelm's", "Imaging service manager", "13 October 2026", "Figures recognised"),
    ("Harbour CDC", "Centre manager", "13 October 2026", "Opening hours corrected"),
    ("Moor", "Imaging service manager", "14 October 2026", "Figures recognised"),
    ("Quay", "Centre manager", "14 October 2026", "Figures recognised"),
    ("Castle", "Imaging service manager", "", "Sent 5 October; no reply held"),
    ("Vale", "Imaging service manager", "19 October 2026", "Figures recognised"),
    ("Ridge", "Imaging service manager", "", "Sent 5 October; asks for later demand figures"),
    ("Ford", "Imaging service manager", "16 October 2026", "Figures recognised"),
)
_COLUMNS = "BCD"
_FIRST, _LAST = 5, 13  # the rows of the nine sites


def capacity(site: int, modality: int) -> int:
    """Examinations a week that can be done, as the sheet's formula rounds it."""
    return int(ROOMS[site][modality] * HOURS[site] * 60 / MINUTES[modality] * UPTIME)


def demand(site: int, modality: int) -> int:
    return round(REFERRALS[site][modality] * (1 + GROWTH[modality]) + 1e-9)


def make_capacity_model() -> bytes:
    book = Book("Capacity and demand model, version 1.4")
    _read_me(book)
    _sites(book)
    _demand(book)
    _capacity(book)
    _balance(book)
    _scenarios(book)
    _consultation(book)
    return book.saved()


def _read_me(book: Book) -> None:
    sheet = book.sheet("Read me", (22, 90))
    sheet_title(
        sheet,
        "Capacity and demand model",
        "Thames Estuary Imaging Network. Example workbook, invented figures.",
    )
    rows_below(
        sheet,
        4,
        (
            ("Version", "1.4 of 21 October 2026"),
            ("Owner", "Network operations lead"),
            ("Covers", "CT, MR and X-ray at nine sites"),
            ("Not covered", "Ultrasound: activity is not coded alike at all sites. Planned for version 2."),
            ("Demand from", "Referrals received, weekly mean of October 2025 to September 2026"),
            ("Yellow cells", "Filled in by the sites; everything else is calculated"),
            ("Agreed by", "See sheet Consultation"),
        ),
    )


def _sites(book: Book) -> None:
    sheet = book.sheet("Sites", (18, 9, 9, 9, 14))
    sheet_title(sheet, "Rooms and hours", "Rooms in use on 1 October 2026; hours open in a week")
    head_row(sheet, 4, ("Site", *MODALITIES, "Hours a week"))
    rows_below(sheet, _FIRST, [(site, *ROOMS[i], HOURS[i]) for i, site in enumerate(SITES)])
    mark_input(sheet, f"B{_FIRST}:E{_LAST}")
    sheet["A15"], sheet["B15"] = "Share of hours usable", UPTIME
    rows_below(sheet, 16, [(f"Minutes an examination, {m}", MINUTES[i]) for i, m in enumerate(MODALITIES)])
    rows_below(sheet, 19, [(f"Growth a year, {m}", GROWTH[i]) for i, m in enumerate(MODALITIES)])
    mark_input(sheet, "B15:B21")
    sheet.column_dimensions["A"].width = 30


def _by_site(book: Book, name: str, under: str) -> Worksheet:
    sheet = book.sheet(name, (18, 12, 12, 12))
    sheet_title(sheet, name, under)
    head_row(sheet, 4, ("Site", *MODALITIES))
    rows_below(sheet, _FIRST, [(site,) for site in SITES])
    return sheet


def _demand(book: Book) -> None:
    sheet = _by_site(book, "Demand", "Examinations a week: referrals of the last year, and with growth")
    head_row(sheet, 4, ("Site", *MODALITIES, *(f"{m} next year" for m in MODALITIES)))
    rows_below(sheet, _FIRST, [(site, *REFERRALS[i]) for i, site in enumerate(SITES)])
    mark_input(sheet, f"B{_FIRST}:D{_LAST}")
    for i in range(len(SITES)):
        for m, column in enumerate("EFG"):
            row, source = _FIRST + i, _COLUMNS[m]
            formula = f"=ROUND({source}{row}*(1+Sites!$B${19 + m}),0)"
            book.formula(sheet, f"{column}{row}", formula, demand(i, m))
    sheet["A14"] = "Network"
    for m, column in enumerate("EFG"):
        total = sum(demand(i, m) for i in range(len(SITES)))
        book.formula(sheet, f"{column}14", f"=SUM({column}{_FIRST}:{column}{_LAST})", total)


def _capacity(book: Book) -> None:
    sheet = _by_site(book, "Capacity", "Examinations a week that the rooms and hours allow")
    for i in range(len(SITES)):
        for m, column in enumerate(_COLUMNS):
            row = _FIRST + i
            formula = f"=INT(Sites!{column}{row}*Sites!$E{row}*60/Sites!$B${16 + m}*Sites!$B$15)"
            book.formula(sheet, f"{column}{row}", formula, capacity(i, m))
    sheet["A14"] = "Network"
    for m, column in enumerate(_COLUMNS):
        total = sum(capacity(i, m) for i in range(len(SITES)))
        book.formula(sheet, f"{column}14", f"=SUM({column}{_FIRST}:{column}{_LAST})", total)


def _balance(book: Book) -> None:
    sheet = _by_site(
        book, "Balance", "Capacity less demand of next year; below zero means too little capacity"
    )
    for i in range(len(SITES)):
        for m, column in enumerate(_COLUMNS):
            row = _FIRST + i
            formula = f"=Capacity!{column}{row}-Demand!{'EFG'[m]}{row}"
            book.formula(sheet, f"{column}{row}", formula, capacity(i, m) - demand(i, m), "#,##0;[Red]-#,##0")
    sheet["A14"] = "Network"
    for m, column in enumerate(_COLUMNS):
        total = sum(capacity(i, m) - demand(i, m) for i in range(len(SITES)))
        formula = f"=SUM({column}{_FIRST}:{column}{_LAST})"
        book.formula(sheet, f"{column}14", formula, total, "#,##0;[Red]-#,##0")
    chart = BarChart()
    chart.title = "Capacity less demand, examinations a week"
    chart.height, chart.width = 9, 20
    chart.add_data(Reference(sheet, min_col=2, max_col=4, min_row=4, max_row=_LAST), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=_FIRST, max_row=_LAST))
    sheet.add_chart(chart, "F4")


def _scenarios(book: Book) -> None:
    sheet = book.sheet("Scenarios", (26, 14, 14, 14))
    sheet_title(sheet, "CT in three scenarios", "Demand of the network in examinations a week after a year")
    head_row(sheet, 4, ("Scenario", "Growth", "Demand", "Use of capacity"))
    base, room = sum(r[0] for r in REFERRALS), sum(capacity(i, 0) for i in range(len(SITES)))
    for row, (name, growth) in enumerate((("Low", 0.03), ("Expected", 0.06), ("High", 0.09)), start=5):
        rows_below(sheet, row, [(name, growth)])
        sheet[f"B{row}"].number_format = "0 %"
        wanted = base * (1 + growth)
        book.formula(sheet, f"C{row}", f"=SUM(Demand!$B${_FIRST}:$B${_LAST})*(1+B{row})", wanted)
        book.formula(sheet, f"D{row}", f"=C{row}/Capacity!$B$14", wanted / room, "0.0 %")


def _consultation(book: Book) -> None:
    sheet = book.sheet("Consultation", (18, 28, 20, 44))
    sheet_title(
        sheet,
        "Who has agreed",
        "Site leads were asked on 5 October 2026 whether they recognise their figures",
    )
    head_row(sheet, 4, ("Site", "Role", "Agreed on", "Comment"))
    rows_below(sheet, 5, CONSULTED)
