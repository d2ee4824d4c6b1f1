"""What a schema cannot say of a report template: a readable colour, the sections that a report needs."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.domain.templates import (
    NEEDED,
    Section,
    contrast,
    is_colour,
    is_readable,
    made_readable,
)
from qsin_desktop.packs.located import Located, Path, listed
from qsin_desktop.packs.refusals import PackError


def template_errors(located: Located, template: object, path: Path = ()) -> list[PackError]:
    """`template` is the report template that stands at `path` of `located`."""
    return [*_colour_errors(located, template, path), *_section_errors(located, template, path)]


def _colour_errors(located: Located, template: object, path: Path) -> Iterator[PackError]:
    colours = template.get("colours") if isinstance(template, dict) else None
    accent = colours.get("accent") if isinstance(colours, dict) else None
    if isinstance(accent, str) and is_colour(accent) and not is_readable(accent):
        yield located.error(
            (*path, "colours", "accent"),
            f"The colour {accent} is too pale to be read: its contrast on white is {contrast(accent):.1f} to "
            f"1, and text needs more than 4.5. A darker shade of it is {made_readable(accent)}.",
        )


def _section_errors(located: Located, template: object, path: Path) -> Iterator[PackError]:
    given = listed(template, "sections")
    for section in NEEDED if given else ():
        if section.value not in given:
            yield located.error(
                (*path, "sections"),
                f"The section “{section.value}” cannot be left out: {_WHY.get(section, _EVERY_REPORT)}",
            )
    if Section.SIGNATURES.value in given[:-1]:
        place = given.index(Section.SIGNATURES.value)
        yield located.error(
            (*path, "sections", place),
            "The signatures come last: they are made over all that stands before them.",
        )


_EVERY_REPORT = "every assessment report has it."
_WHY = {
    Section.DISAGREEMENTS: "a report says what its assessors did not agree about.",
    Section.NOT_COVERED: "a report says what was not looked at.",
    Section.EXHIBITS: "the list of exhibits with their fingerprints is what the report rests on.",
    Section.SIGNATURES: "the report is signed there.",
}
