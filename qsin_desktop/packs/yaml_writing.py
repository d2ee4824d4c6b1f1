"""Write a pack as a readable, commented YAML file that reads back as the very same pack."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from qsin_desktop.domain.standards import Criterion, Grade, Pack, Rules, ScalePoint, Series, Standard
from qsin_desktop.domain.templates import SHOWN, ReportTemplate

_PLAIN = re.compile(r"[A-Za-z“][A-Za-z0-9 ,.“”()/_-]*")
_WORDS = frozenset({"true", "false", "yes", "no", "null", "on", "off", "y", "n"})
_WIDTH = 100


def pack_to_yaml(pack: Pack, heading: str = "") -> str:
    """`heading` becomes a comment at the top."""
    lines = [*(f"# {line}".rstrip() for line in heading.splitlines()), *_pack(pack)]
    return "\n".join(lines) + "\n"


def _pack(pack: Pack) -> Iterator[str]:
    yield "format: 1"
    for name in ("id", "title", "edition", "publisher", "licence"):
        yield from _field(name, getattr(pack, name), 0)
    yield from _flag("outline", on=pack.outline, indent=0)
    for name in ("notice", "logo"):
        if getattr(pack, name):
            yield from _field(name, getattr(pack, name), 0)
    if pack.report_texts:
        yield from ("", "# Texts for the report, by name", "report_texts:")
        for name, text in pack.report_texts:
            yield from _field(name, text, 2)
    if pack.template is not None:
        yield from ("", "# How the report looks", "template:")
        yield from _template(pack.template)
    yield from ("", "series:")
    for series in pack.series:
        yield from _series(series)
    if pack.rules:
        yield from ("", "rules:")
        for rules in pack.rules:
            yield from _rules(rules)


def _template(template: ReportTemplate) -> Iterator[str]:
    for name in ("body", "contact", "language", "logo"):
        if getattr(template, name):
            yield from _field(name, getattr(template, name), 2)
    if template.accent:
        yield from ("  colours:", f'    accent: "{template.accent}"')
    if template.texts:
        yield "  texts:"
        for name, text in template.texts:
            yield from _field(name, text, 4)
    if template.sections:
        yield f"  sections: [{', '.join(template.sections)}]"
    hidden = [name for name in SHOWN if not getattr(template, name)]
    if hidden:
        yield f"  show: {{{', '.join(f'{name}: false' for name in hidden)}}}"


def _series(series: Series) -> Iterator[str]:
    yield f"  # {'-' * 60} {series.code}"
    yield from _item("code", series.code, 2)
    yield from _field("title", series.title, 4)
    yield "    standards:"
    for standard in series.standards:
        yield from _standard(standard)


def _standard(standard: Standard) -> Iterator[str]:
    yield from _item("code", standard.code, 6)
    yield from _field("title", standard.title, 8)
    if standard.summary:
        yield from _field("summary", standard.summary, 8)
    yield from _flag("outline", on=standard.outline, indent=8)
    yield from _flag("unconfirmed", on=standard.unconfirmed, indent=8)
    yield "        criteria:"
    for criterion in standard.criteria:
        yield from _criterion(criterion)


def _criterion(criterion: Criterion) -> Iterator[str]:
    if criterion.letter:
        yield from _item("letter", criterion.letter, 10)
        yield from _field("title", criterion.title, 12)
    else:
        yield from _item("title", criterion.title, 10)
    for name in ("prompts", "expected_evidence"):
        lines = getattr(criterion, name)
        if lines:
            yield f"            {name}:"
            yield from (f"              - {_quoted(line)}" for line in lines)
    if criterion.expected_notes:
        yield f"            expected_notes: [{', '.join(criterion.expected_notes)}]"
    if not criterion.may_be_not_applicable:
        yield "            may_be_not_applicable: false"
    yield from _flag("each_site", on=criterion.each_site, indent=12)


def _rules(rules: Rules) -> Iterator[str]:
    yield from _item("id", rules.id, 2)
    yield from _field("title", rules.title, 4)
    yield "    scale:"
    for point in rules.scale:
        yield from _point(point)
    yield "    grades:"
    for grade in rules.grades:
        yield from _grade(grade)
    yield f"    roll_up: {rules.roll_up}"
    if rules.recommendations:
        yield "    recommendations:"
        for name, label in rules.recommendations:
            yield from _item("id", name, 6)
            yield from _field("label", label, 8)


def _point(point: ScalePoint) -> Iterator[str]:
    yield from _item("id", point.id, 6)
    for name in ("label", "key", "tone", "sign"):
        yield from _field(name, getattr(point, name), 8)
    yield (
        "        rank: null  # stands outside the scale"
        if point.rank is None
        else f"        rank: {point.rank}"
    )
    yield from _flag("needs_reason", on=point.needs_reason, indent=8)


def _grade(grade: Grade) -> Iterator[str]:
    yield from _item("id", grade.id, 6)
    for name in ("label", "plural", "tone"):
        yield from _field(name, getattr(grade, name), 8)
    if grade.due_weeks is not None:
        yield f"        due_weeks: {grade.due_weeks}"
    yield from _flag("blocks", on=grade.blocks, indent=8)
    yield from _flag("praise", on=grade.praise, indent=8)


def _item(name: str, text: str, indent: int) -> Iterator[str]:
    """The first field of a list item."""
    yield f"{' ' * indent}- {name}: {_quoted(text)}"


def _field(name: str, text: str, indent: int) -> Iterator[str]:
    head = f"{' ' * indent}{name}:"
    if "\n" in text and _shows_as_block(text):
        yield f"{head} |-"
        yield from (f"{' ' * (indent + 2)}{line}".rstrip() for line in text.split("\n"))
    elif len(text) > _WIDTH and _folds(text):
        yield f"{head} >-"
        yield from textwrap.wrap(text, _WIDTH, initial_indent=" " * (indent + 2),
                                 subsequent_indent=" " * (indent + 2), break_long_words=False,
                                 break_on_hyphens=False)  # fmt: skip
    else:
        yield f"{head} {_quoted(text)}"


def _flag(name: str, *, on: bool, indent: int) -> Iterator[str]:
    if on:
        yield f"{' ' * indent}{name}: true"


def _shows_as_block(text: str) -> bool:
    lines = text.split("\n")
    return all(_printable(line) and line == line.strip() for line in lines) and bool(lines[0] and lines[-1])


def _folds(text: str) -> bool:
    """Whether breaking the text at single blanks and joining it again changes nothing."""
    return " ".join(text.split(" ")).split() == text.split(" ") and _printable(text)


def _printable(text: str) -> bool:
    return all(ch.isprintable() for ch in text)


def _quoted(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _WORDS
    return text if plain else f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
