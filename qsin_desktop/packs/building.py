"""Make the domain's packs and rule sets of a checked value, with every text tidied."""

from __future__ import annotations

from typing import Any

from qsin_desktop.domain.standards import (
    Criterion,
    Grade,
    Pack,
    RollUp,
    Rules,
    ScalePoint,
    Series,
    Sign,
    Standard,
    Tone,
)
from qsin_desktop.domain.templates import SHOWN, ReportTemplate
from qsin_desktop.packs.pack_check import criterion_code

Fields = dict[str, Any]


def pack_from(value: Fields, logo: str, template_logo: str = "") -> Pack:
    """`value` has passed every check; each logo is a data address or empty."""
    texts: dict[str, str] = value.get("report_texts", {})
    return Pack(
        id=value["id"],
        title=_line(value["title"]),
        edition=_line(value["edition"]),
        publisher=_line(value["publisher"]),
        licence=_text(value["licence"]),
        series=tuple(_series(fields) for fields in value["series"]),
        outline=value.get("outline", False),
        notice=_text(value.get("notice", "")),
        report_texts=tuple((name, _text(text)) for name, text in texts.items()),
        logo=logo,
        rules=tuple(rules_from(fields) for fields in value.get("rules", ())),
        template=template_from(value["id"], value["template"], template_logo)
        if "template" in value
        else None,
    )


def template_from(name: str, value: Fields, logo: str) -> ReportTemplate:
    """`value` has passed every check; `logo` is a data address or empty."""
    shown = value.get("show", {})
    return ReportTemplate(
        name=name,
        body=_line(value["body"]),
        contact=_line(value.get("contact", "")),
        language=value.get("language", ""),
        accent=value.get("colours", {}).get("accent", "").upper(),
        logo=logo,
        texts=tuple((name, text.strip()) for name, text in value.get("texts", {}).items()),
        sections=tuple(value.get("sections", ())),
        **{part: shown.get(part, True) for part in SHOWN},
    )


def rules_from(value: Fields) -> Rules:
    """`value` has passed every check."""
    return Rules(
        id=value["id"],
        title=_line(value["title"]),
        scale=tuple(_point(fields) for fields in value["scale"]),
        grades=tuple(_grade(fields) for fields in value["grades"]),
        roll_up=RollUp(value.get("roll_up", RollUp.WORST)),
        recommendations=tuple(
            (fields["id"], _line(fields["label"])) for fields in value.get("recommendations", ())
        ),
    )


def _series(fields: Fields) -> Series:
    return Series(
        code=fields["code"],
        title=_line(fields["title"]),
        standards=tuple(_standard(standard) for standard in fields["standards"]),
    )


def _standard(fields: Fields) -> Standard:
    return Standard(
        code=fields["code"],
        title=_line(fields["title"]),
        criteria=tuple(_criterion(fields["code"], criterion) for criterion in fields["criteria"]),
        summary=_text(fields.get("summary", "")),
        outline=fields.get("outline", False),
        unconfirmed=fields.get("unconfirmed", False),
    )


def _criterion(standard: str, fields: Fields) -> Criterion:
    letter = fields.get("letter", "")
    return Criterion(
        code=criterion_code(standard, letter),
        standard=standard,
        letter=letter,
        title=_line(fields["title"]),
        prompts=_lines(fields.get("prompts", ())),
        expected_evidence=_lines(fields.get("expected_evidence", ())),
        expected_notes=tuple(fields.get("expected_notes", ())),
        may_be_not_applicable=fields.get("may_be_not_applicable", True),
        each_site=fields.get("each_site", False),
    )


def _point(fields: Fields) -> ScalePoint:
    return ScalePoint(
        id=fields["id"],
        label=_line(fields["label"]),
        key=fields["key"],
        tone=Tone(fields["tone"]),
        sign=Sign(fields["sign"]),
        rank=None if fields["rank"] is None else int(fields["rank"]),
        needs_reason=fields.get("needs_reason", False),
    )


def _grade(fields: Fields) -> Grade:
    weeks = fields.get("due_weeks")
    return Grade(
        id=fields["id"],
        label=_line(fields["label"]),
        plural=_line(fields["plural"]),
        tone=Tone(fields["tone"]),
        due_weeks=None if weeks is None else int(weeks),
        blocks=fields.get("blocks", False),
        praise=fields.get("praise", False),
    )


def _line(text: str) -> str:
    """A text of one line: titles and prompts may be broken over lines in the file."""
    return " ".join(text.split())


def _text(text: str) -> str:
    """A text of several lines: no blanks at the ends of lines, no empty lines around it."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _lines(texts: Any) -> tuple[str, ...]:
    return tuple(_line(text) for text in texts)
