"""A body's own template for the report: name, logo, colour, fixed texts, and which sections in what order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

READABLE = 4.5  # contrast that WCAG asks of text against its ground


class Section(StrEnum):
    """The report's numbered sections, in the order that a report has without a template."""

    ABOUT = "about_this_report"
    SUMMARY = "summary"
    VISIT = "visit"
    STANDARDS = "standards"
    FINDINGS = "findings"
    GOOD_PRACTICE = "good_practice"
    DISAGREEMENTS = "disagreements"
    NOT_COVERED = "not_covered"
    EXHIBITS = "exhibits"
    CONCLUSION = "conclusion"
    SIGNATURES = "signatures"

    @property
    def heading(self) -> str:
        return _TITLES[self]


_TITLES = {
    Section.ABOUT: "About this report",
    Section.SUMMARY: "Summary",
    Section.VISIT: "The visit",
    Section.STANDARDS: "Standards and criteria",
    Section.FINDINGS: "Findings",
    Section.GOOD_PRACTICE: "Good practice",
    Section.DISAGREEMENTS: "Disagreements not resolved",
    Section.NOT_COVERED: "Not covered",
    Section.EXHIBITS: "Exhibits",
    Section.CONCLUSION: "Conclusion and recommendation",
    Section.SIGNATURES: "Signatures",
}
OPTIONAL = frozenset({Section.ABOUT, Section.SUMMARY, Section.GOOD_PRACTICE})
NEEDED = tuple(section for section in Section if section not in OPTIONAL)

TEXTS = {
    "title": "the kind of document, above the network’s name on the cover",
    "cover_line": "one line under the body’s name on the cover",
    "disclaimer": "small print at the foot of the cover",
    "before_summary": "at the head of the summary",
    "about_this_report": "a section of its own",
    "about_the_standard": "under “Criteria used”",
    "sampling": "what a sample can show",
    "closing": "after the conclusion",
    "signing": "above the signatures",
    "how_to_check": "how the report is checked, at its end",
}


SHOWN = ("heat_map", "series_bars", "people_heard", "photos")  # parts that may be left out


@dataclass(frozen=True)
class ReportTemplate:
    """`accent` is `#RRGGBB`, `logo` a data address, `language` that of the texts; each may be empty."""

    name: str
    body: str = ""
    contact: str = ""
    language: str = ""
    accent: str = ""
    logo: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    sections: tuple[str, ...] = ()
    heat_map: bool = True
    series_bars: bool = True
    people_heard: bool = True
    photos: bool = True

    def text(self, name: str) -> str | None:
        return dict(self.texts).get(name)


PLAIN = ReportTemplate("")


def is_colour(text: str) -> bool:
    """Whether it is written `#RRGGBB`."""
    return len(text) == 7 and text[0] == "#" and all(ch in "0123456789abcdefABCDEF" for ch in text[1:])


def contrast(one: str, other: str = "#FFFFFF") -> float:
    """WCAG contrast of two colours, 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def ground_of(accent: str) -> str:
    """The pale ground on which the accent writes."""
    return mixed(accent, "#FFFFFF", 0.9)


def is_readable(accent: str) -> bool:
    """Whether it can be read as text on white and on its own pale ground."""
    return min(contrast(accent), contrast(accent, ground_of(accent))) >= READABLE


def made_readable(accent: str) -> str:
    """The nearest darker shade that can be read."""
    shades = (mixed(accent, "#000000", step / 50) for step in range(51))
    return next(shade for shade in shades if is_readable(shade))


def mixed(one: str, other: str, share: float) -> str:
    """`share` 0 gives `one`, 1 gives `other`."""
    parts = (round(a + (b - a) * share) for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
