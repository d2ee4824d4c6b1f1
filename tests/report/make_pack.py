"""An outline-like pack of any size and a set of rules, for report tests."""

from __future__ import annotations

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

_SERIES = (
    ("100", "Patients and carers"),
    ("200", "Workforce"),
    ("300", "Support services"),
    ("600", "Organisation of the network"),
    ("700", "Governance"),
)

# Code, title, unconfirmed, criteria: our own words, as an outline has them.
_OUTLINE: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    (
        "IN-101",
        "Patients and carers in the network's work",
        False,
        ("Patients and carers are listened to and told what came of it",),
    ),
    (
        "IN-201",
        "Network leadership",
        True,
        ("Leadership roles are written down and have time agreed for them",),
    ),
    (
        "IN-202",
        "Education and development",
        True,
        (
            "An education and development programme serves every site",
            "Attendance and competence are recorded",
        ),
    ),
    ("IN-203", "Workforce strategy", True, ("Staff can move around the network to meet peaks and gaps",)),
    (
        "IN-301",
        "Equipment and procurement",
        False,
        (
            "IT systems are streamlined so that services can work together",
            "AI is developed and managed under aligned policies and procedures",
            "Equipment records cover procurement, installation, calibration and infection control",
        ),
    ),
    ("IN-602", "Capacity and demand", False, ("Everyone consulted agrees with the evaluation of capacity",)),
    ("IN-603", "Service development and improvement plan", False, ("One plan covers the whole network",)),
    ("IN-702", "Audit of the action plans", False, ("Action plans are audited and audited again",)),
    ("IN-703", "Research within the network", False, ("Research is planned and registered across sites",)),
)


def make_rules() -> Rules:
    """The shape of the accreditation rule set."""
    return Rules(
        id="accreditation",
        title="Accreditation",
        scale=(
            ScalePoint("met", "Met", "1", Tone.MET, Sign.TICK, 0),
            ScalePoint("partly", "Partly met", "2", Tone.PARTLY, Sign.HALF, 1, needs_reason=True),
            ScalePoint("not-met", "Not met", "3", Tone.NOT_MET, Sign.CROSS, 2, needs_reason=True),
            ScalePoint("na", "Not applicable", "4", Tone.NOT_APPLICABLE, Sign.DASH, None, needs_reason=True),
        ),
        grades=(
            Grade("mandatory", "Mandatory finding", "mandatory findings", Tone.NOT_MET, 12, blocks=True),
            Grade("recommendation", "Recommendation", "recommendations", Tone.PARTLY, 26),
            Grade("good", "Good practice", "good practice", Tone.MET, praise=True),
        ),
        roll_up=RollUp.WORST,
        recommendations=(
            ("grant", "Grant accreditation"),
            ("defer", "Defer the decision"),
            ("refuse", "Refuse"),
        ),
    )


def make_pack(criteria: int = 12) -> Pack:
    """The outline's nine standards when 12 are asked for, else five criteria a standard over five series."""
    standards = _outline() if criteria == 12 else _invented(criteria)
    series = tuple(
        Series(code, title, tuple(s for s in standards if s.code[3] == code[0])) for code, title in _SERIES
    )
    return Pack(
        id="qsin-outline",
        title="Quality Standard for Imaging Networks",
        edition="2022",
        publisher="The Royal College of Radiologists and the College of Radiographers",
        licence="Our own outline; the standard's wording belongs to its publishers.",
        series=tuple(s for s in series if s.standards),
        outline=True,
        notice="This pack is an outline in our own words. It is not the Colleges' wording of the standard.",
    )


def _outline() -> list[Standard]:
    return [
        Standard(code, title, _criteria(code, titles), outline=True, unconfirmed=unconfirmed)
        for code, title, unconfirmed, titles in _OUTLINE
    ]


def _criteria(code: str, titles: tuple[str, ...]) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            code=f"{code}.{letter}",
            standard=code,
            letter=letter if len(titles) > 1 else "",
            title=title,
            prompts=("Ask who decides, and look for where it is written.",),
            expected_evidence=("A dated and owned document",),
            each_site=code == "IN-301",
        )
        for letter, title in zip("abcdefghijklmnopqrstuvwxyz", titles, strict=False)
    )


def _invented(criteria: int) -> list[Standard]:
    each = min(5, criteria)
    standards = []
    for number in range(-(-criteria // each)):
        series = _SERIES[number % len(_SERIES)][0]
        code = f"IN-{int(series) + number // len(_SERIES) + 1}"
        left = min(each, criteria - number * each)
        titles = tuple(
            f"Expectation {number + 1}.{place + 1} is planned, agreed, carried out and looked at again"
            for place in range(left)
        )
        title = f"Standard number {number + 1} of the whole network"
        standards.append(Standard(code, title, _criteria(code, titles), outline=True))
    return sorted(standards, key=lambda s: s.code)
