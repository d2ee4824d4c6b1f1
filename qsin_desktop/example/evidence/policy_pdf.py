"""The network's policy on artificial intelligence: a PDF of many pages with numbered clauses."""

from __future__ import annotations

from reportlab.platypus import Flowable, PageBreak

from qsin_desktop.example.evidence import pdf_paper as paper
from qsin_desktop.example.evidence import policy_text as text
from qsin_desktop.example.evidence.places import NETWORK_NAME

NAME = "Artificial intelligence in imaging: network policy"


def make_policy() -> bytes:
    story = [*_cover(), PageBreak()]
    for section in text.SECTIONS:
        if section.new_page and section.number > 1:
            story.append(PageBreak())
        story += _section(section)
    story += [PageBreak(), *_appendices()]
    return paper.printed(
        story,
        head=NETWORK_NAME,
        foot=f"AI policy, version {text.VERSION}. Example document, invented.",
        subject=NAME,
    )


def _cover() -> list[Flowable]:
    contents = [(str(s.number), s.title) for s in text.SECTIONS]
    contents += [
        ("A", "Request for a tool"),
        ("B", "What the register holds"),
        ("C", "History of this document"),
    ]
    return [
        paper.gap(18),
        paper.title("Artificial intelligence in imaging"),
        paper.subheading(f"Policy of the {NETWORK_NAME} for all nine sites"),
        paper.gap(6),
        paper.table(
            ("Document", "NET-POL-014"),
            (
                ("Version", f"{text.VERSION}, final"),
                ("Approved", f"Network board, {text.APPROVED}"),
                ("Owner", "Network clinical lead for AI"),
                ("Review", "Once a year; see appendix C"),
                ("Replaces", "Version 1.1 of 18 February 2025"),
            ),
            (40, 126),
        ),
        paper.gap(8),
        paper.subheading("Contents"),
        paper.table(("Section", "Title"), contents, (22, 144)),
    ]


def _section(section: text.Section) -> list[Flowable]:
    story = [paper.heading(f"{section.number}  {section.title}")]
    clause = 0
    for words in section.clauses:
        if words.startswith("- "):
            story.append(paper.bullet(words[2:]))
            continue
        clause += 1
        story.append(paper.numbered(f"{section.number}.{clause}", words))
    if section.number == 9:
        story += [paper.gap(2), paper.table(("Role", "Part"), text.ROLES, (52, 114))]
    return story


def _appendices() -> list[Flowable]:
    return [
        paper.heading("Appendix A  Request for a tool"),
        paper.body("The site lead fills in every row and sends the form to the chair of the AI group."),
        paper.table(("No.", "What is asked"), text.FORM, (16, 150)),
        PageBreak(),
        paper.heading("Appendix B  What the register holds"),
        paper.table(("Field", "Meaning"), text.REGISTER_FIELDS, (56, 110)),
        paper.gap(8),
        paper.heading("Appendix C  History of this document"),
        paper.table(("Version", "Change", "Approved", "Reviewed"), text.HISTORY, (18, 66, 48, 34)),
    ]
