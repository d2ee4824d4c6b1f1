"""The network's patient and carer engagement plan: a short PDF with a chart of survey replies."""

from __future__ import annotations

from reportlab.graphics.charts.barcharts import HorizontalBarChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.platypus import Flowable, PageBreak

from qsin_desktop.example.evidence import pdf_paper as paper
from qsin_desktop.example.evidence.places import NETWORK_NAME, SITES

REPLIES = (212, 164, 148, 121, 117, 96, 138, 88, 156)  # in the order of SITES, 1,240 in all

ACTIONS = (
    ("1", "Two panel members with a vote on the network board", "Chair of the board", "Done, January 2026"),
    (
        "2",
        "Survey at every site, twice a year, same questions",
        "Patient lead",
        "Done, April and October 2026",
    ),
    ("3", "Letters and maps rewritten with the panel", "Communications lead", "Done, July 2026"),
    ("4", "Evening appointments tried at two sites", "Operations lead", "Running since September 2026"),
    (
        "5",
        "Sessions with carers of people with dementia",
        "Patient lead",
        "First session held, 6 October 2026",
    ),
    ("6", "Interpreter booking from any site", "Operations lead", "Planned, February 2027"),
)

MEASURES = (
    ("Letters and maps", "Patients who arrive at the wrong door", "9 in 100", "4 in 100"),
    ("Evening appointments", "none set before the start", "-", "-"),
    ("Results card", "Calls that ask when results come", "61 a week", "38 a week"),
)


def make_engagement_plan() -> bytes:
    return paper.printed(
        [*_aims(), PageBreak(), *_survey(), PageBreak(), *_outcomes()],
        head=NETWORK_NAME,
        foot="Patient and carer engagement plan 2026 to 2028. Example document, invented.",
        subject="Patient and carer engagement plan 2026 to 2028",
    )


def _aims() -> list[Flowable]:
    return [
        paper.title("Patient and carer engagement plan"),
        paper.subheading("2026 to 2028, approved by the board on 20 January 2026"),
        paper.heading("1  What we want"),
        paper.numbered("1.1", "Patients and carers take part when the network decides, not afterwards."),
        paper.numbered(
            "1.2", "People who are seldom heard are asked where they are, in ways that suit them."
        ),
        paper.numbered(
            "1.3", "Every initiative names beforehand what patients will notice, and we check that they do."
        ),
        paper.heading("2  Who speaks for patients and carers"),
        paper.body(
            "The patient and carer panel has fourteen members from all nine sites. It meets every "
            "two months. Two of its members sit on the network board with a vote, two on the AI "
            "group, and one on every project that changes where or when people are seen."
        ),
        paper.heading("3  Actions"),
        paper.table(("No.", "Action", "Owner", "State, October 2026"), ACTIONS, (12, 74, 36, 44)),
    ]


def _survey() -> list[Flowable]:
    return [
        paper.heading("4  What we heard"),
        paper.body(
            f"The survey of October 2026 had {sum(REPLIES):,} replies from nine sites. The same twelve "
            "questions are asked everywhere, so that sites can be compared. Replies were read by the panel "
            "before the board."
        ),
        _chart(),
        paper.body(
            "Most often named: waiting alone after the examination, not knowing when results "
            "come, and parking."
        ),
        paper.heading("5  Those we seldom hear"),
        paper.bullet("People who do not read English: replies on paper in six languages, 74 received."),
        paper.bullet("Carers of people with dementia: one session held, two planned."),
        paper.bullet("People with a learning disability: easy-read survey at every site, 31 received."),
        paper.bullet("Young people: no separate way of asking yet."),
    ]


def _chart() -> Drawing:
    drawing = Drawing(470, 250)
    chart = HorizontalBarChart()
    chart.x, chart.y, chart.width, chart.height = 90, 22, 350, 200
    chart.data = [tuple(reversed(REPLIES))]
    chart.categoryAxis.categoryNames = list(reversed(SITES))
    chart.categoryAxis.labels.fontName = chart.valueAxis.labels.fontName = "Helvetica"
    chart.categoryAxis.labels.fontSize = chart.valueAxis.labels.fontSize = 9
    chart.valueAxis.valueMin, chart.valueAxis.valueMax, chart.valueAxis.valueStep = 0, 250, 50
    chart.bars[0].fillColor = paper.BRAND
    chart.bars[0].strokeColor = None
    chart.barLabelFormat = "%d"
    chart.barLabels.nudge = 14
    chart.barLabels.fontSize = 9
    drawing.add(chart)
    drawing.add(String(90, 234, "Replies by site, October 2026", fontName="Helvetica-Bold", fontSize=10))
    return drawing


def _outcomes() -> list[Flowable]:
    return [
        paper.heading("6  Did it work?"),
        paper.body("For each initiative the plan asks for a measure before the start and again afterwards."),
        paper.table(
            ("Initiative", "What patients would notice", "Before", "After"), MEASURES, (38, 70, 29, 29)
        ),
        paper.gap(6),
        paper.heading("7  How we answer"),
        paper.body(
            "Each site keeps a board headed “You said, we did”. It is changed every quarter, and "
            "the panel walks past it twice a year. Answers to single replies go out within ten "
            "working days."
        ),
        paper.heading("8  Review"),
        paper.body("The panel and the board review this plan each January. Next review: 19 January 2027."),
    ]
