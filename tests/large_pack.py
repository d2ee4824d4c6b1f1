"""A standards pack as large as a real one may be, made of invented words, the same every time."""

from __future__ import annotations

from qsin_desktop.domain.standards import Criterion, Pack, Series, Standard

KINDS = ("document", "interview", "observation", "sample")


def large_pack(criteria: int = 300, standards: int = 60, series: int = 6) -> Pack:
    """`criteria` spread evenly over `standards`, these over `series`; codes `LP-101.a`, `LP-101.b`, …"""
    made = tuple(_standard(number, *_shares(criteria, standards, number)) for number in range(standards))
    per_series = -(-standards // series)
    return Pack(
        id="large-pack",
        title="Large pack",
        edition="1",
        publisher="Nobody",
        licence="Invented for tests",
        series=tuple(
            Series(str(100 * (at + 1)), f"Series {at + 1}", made[at * per_series : (at + 1) * per_series])
            for at in range(series)
        ),
        outline=True,
        notice="Invented for tests.",
    )


def _shares(criteria: int, standards: int, number: int) -> tuple[int, int]:
    """The first criterion of a standard and how many it has."""
    first, after = number * criteria // standards, (number + 1) * criteria // standards
    return first, after - first


def _standard(number: int, first: int, count: int) -> Standard:
    code = f"LP-{number + 101}"
    return Standard(
        code,
        f"Standard {number + 1} of the large pack",
        tuple(_criterion(code, first + at, _letter(at)) for at in range(count)),
        summary=f"What standard {number + 1} asks of the network.",
        outline=True,
    )


def _criterion(standard: str, number: int, letter: str) -> Criterion:
    return Criterion(
        code=f"{standard}.{letter}",
        standard=standard,
        letter=letter,
        title=f"Criterion {number + 1}: the network does what it says it does in matter {number + 1}",
        prompts=(
            f"Who answers for matter {number + 1}",
            "How it is known at each site",
            "What happened the last time it went wrong",
        ),
        expected_evidence=(f"Policy on matter {number + 1}", "Records of the last twelve months"),
        expected_notes=KINDS[: 1 + number % len(KINDS)],
        may_be_not_applicable=number % 5 != 0,
        each_site=number % 3 == 0,
    )


def _letter(at: int) -> str:
    """a to z, then aa, ab, …"""
    return chr(97 + at) if at < 26 else _letter(at // 26 - 1) + chr(97 + at % 26)
