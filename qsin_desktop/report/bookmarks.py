"""The bookmarks beside the pages: sections, standards, criteria and findings."""

from __future__ import annotations

from collections.abc import Sequence

from qsin_desktop.report.composing import Heading
from qsin_desktop.report.pdf_syntax import number, pdf_text, reference
from qsin_desktop.report.printing import Printing
from qsin_desktop.report.sheet import HEIGHT


def write_bookmarks(printing: Printing, headings: Sequence[Heading]) -> int:
    """Answers the outline's object number. Levels below the first start closed."""
    root = printing.file.reserve()
    ends = _write_level(printing, headings, 1, root)
    count = len([h for h in headings if h.level == 1])
    printing.file.write(f"<</Type/Outlines{ends}{f'/Count {count}' if count else ''}>>", root)
    return root


def _write_level(printing: Printing, headings: Sequence[Heading], level: int, parent: int) -> str:
    """Write the entries of one level with all below them; answers the parent's First and Last."""
    starts = [place for place, heading in enumerate(headings) if place == 0 or heading.level <= level]
    if not starts:
        return ""
    numbers = [printing.file.reserve() for _ in starts]
    for nth, start in enumerate(starts):
        end = starts[nth + 1] if nth + 1 < len(starts) else len(headings)
        around = f"/Prev {reference(numbers[nth - 1])}" if nth else ""
        around += f"/Next {reference(numbers[nth + 1])}" if nth + 1 < len(numbers) else ""
        _write_entry(
            printing, headings[start:end], level, numbers[nth], f"/Parent {reference(parent)}{around}"
        )
    return f"/First {reference(numbers[0])}/Last {reference(numbers[-1])}"


def _write_entry(
    printing: Printing, headings: Sequence[Heading], level: int, object_number: int, relations: str
) -> None:
    heading, below = headings[0], headings[1:]
    ends = _write_level(printing, below, level + 1, object_number)
    direct = len([h for place, h in enumerate(below) if place == 0 or h.level <= level + 1])
    target = printing.anchors[heading.anchor]
    printing.file.write(
        f"<</Title {pdf_text(heading.title)}{relations}{ends}{f'/Count -{direct}' if direct else ''}"
        f"/Dest[{reference(target.page)}/XYZ 0 {number(HEIGHT - target.top)} null]>>",
        object_number,
    )
