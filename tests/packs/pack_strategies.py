"""Random packs and rule sets as the reader would have made them: tidy texts, codes used once."""

from __future__ import annotations

from hypothesis import strategies as st

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
from qsin_desktop.domain.templates import ReportTemplate, Section

_characters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf"))
_words = st.sampled_from(
    ["yes", "no", "null", "~", "- a", "# b", "1.10", "0x1", "'", '"', "\\", ": ", "a:", "&a", "*a"]
)
_any_line = st.one_of(st.text(_characters, max_size=150), _words, st.lists(_words, max_size=40).map(" ".join))
lines = _any_line.map(lambda text: " ".join(text.split())).filter(bool)
texts = (
    st.lists(_any_line, max_size=4)
    .map("\n".join)
    .map(lambda text: "\n".join(line.rstrip() for line in text.strip().split("\n")))
)
_labels = lines.map(lambda text: text[:60].strip()).filter(bool)
_ids = st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)
_notes = st.lists(st.sampled_from(["document", "interview", "observation", "sample"]), unique=True).map(tuple)


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    name = draw(_ids)
    return Pack(
        id=name,
        title=draw(lines),
        edition=draw(_labels),
        publisher=draw(_labels),
        licence=draw(texts.filter(bool)),
        series=tuple(draw(_series(number)) for number in range(draw(st.integers(1, 3)))),
        outline=False,
        notice=draw(texts),
        report_texts=tuple(draw(st.dictionaries(st.just("scope"), texts.filter(bool))).items()),
        rules=tuple(
            draw(st.lists(rule_sets(), max_size=2, unique_by=lambda rules: rules.id.replace("-", "")))
        ),
        template=draw(st.none() | _templates(name)),
    )


def _templates(name: str) -> st.SearchStrategy[ReportTemplate]:
    orders = st.permutations([s.value for s in Section][:-1]).map(lambda order: (*order, "signatures"))
    return st.builds(
        ReportTemplate,
        name=st.just(name),
        body=_labels,
        contact=st.just("") | _labels,
        language=st.sampled_from(["", "cy", "en-GB"]),
        accent=st.sampled_from(["", "#6A1B5E"]),
        texts=st.dictionaries(st.sampled_from(["closing", "signing"]), texts.filter(bool)).map(
            lambda told: tuple(told.items())
        ),
        sections=st.just(()) | orders,
        heat_map=st.booleans(),
        photos=st.booleans(),
    )


@st.composite
def _series(draw: st.DrawFn, number: int) -> Series:
    standards = tuple(draw(_standards(f"IN-{number}{place:02}")) for place in range(draw(st.integers(1, 3))))
    return Series(f"{number}00", draw(lines), standards)


@st.composite
def _standards(draw: st.DrawFn, code: str) -> Standard:
    letters = "abc"[: draw(st.integers(0, 3))] or ("",)
    return Standard(
        code,
        draw(lines),
        tuple(draw(_criteria(code, letter)) for letter in letters),
        summary=draw(texts),
        outline=draw(st.booleans()),
        unconfirmed=draw(st.booleans()),
    )


@st.composite
def _criteria(draw: st.DrawFn, standard: str, letter: str) -> Criterion:
    return Criterion(
        code=f"{standard}.{letter}" if letter else standard,
        standard=standard,
        letter=letter,
        title=draw(lines),
        prompts=tuple(draw(st.lists(lines, max_size=3))),
        expected_evidence=tuple(draw(st.lists(lines, max_size=3))),
        expected_notes=draw(_notes),
        may_be_not_applicable=draw(st.booleans()),
        each_site=draw(st.booleans()),
    )


@st.composite
def rule_sets(draw: st.DrawFn) -> Rules:
    points = draw(st.integers(1, 4))
    return Rules(
        id=draw(_ids),
        title=draw(_labels),
        scale=tuple(draw(_points(number)) for number in range(points)),
        grades=tuple(draw(_grades(number)) for number in range(draw(st.integers(1, 3)))),
        roll_up=draw(st.sampled_from(RollUp)),
        recommendations=tuple((f"r{number}", draw(lines)) for number in range(draw(st.integers(0, 3)))),
    )


@st.composite
def _points(draw: st.DrawFn, number: int) -> ScalePoint:
    return ScalePoint(
        id=f"p{number}",
        label=f"Point {number}",
        key=str(number),
        tone=draw(st.sampled_from(Tone)),
        sign=draw(st.sampled_from([sign for sign in Sign if sign is not Sign.RING])),
        rank=draw(st.sampled_from([None, number])) if number else 0,
        needs_reason=draw(st.booleans()),
    )


@st.composite
def _grades(draw: st.DrawFn, number: int) -> Grade:
    praise = draw(st.booleans())
    return Grade(
        id=f"g{number}",
        label=f"Grade {number}",
        plural=draw(_labels),
        tone=draw(st.sampled_from(Tone)),
        due_weeks=None if praise else draw(st.one_of(st.none(), st.integers(1, 260))),
        blocks=not praise and draw(st.booleans()),
        praise=praise,
    )
