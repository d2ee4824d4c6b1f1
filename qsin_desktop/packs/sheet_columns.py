"""The sheets and columns of the Excel form of a pack: one table for the reader, the template and the help."""

from __future__ import annotations

from dataclasses import dataclass

ABOUT = "About"
CRITERIA = "Criteria"
HOW_TO = "How to fill this in"


@dataclass(frozen=True)
class Column:
    """One column of Criteria, or one row of About. `field` is its name in a pack's YAML."""

    heading: str
    field: str
    needed: bool
    width: int
    about: str  # what to write, for the person who fills it in


ABOUT_ROWS = (
    Column("id", "id", True, 0, "A short name for files and commands: lower-case letters, digits, hyphens."),
    Column("title", "title", True, 0, "The name of the standard, as shown in the program and the report."),
    Column("edition", "edition", True, 0, "The edition, as it is cited in the report."),
    Column("publisher", "publisher", True, 0, "Who publishes the standard."),
    Column("licence", "licence", True, 0, "Who may use the words and on what terms."),
    Column("notice", "notice", False, 0, "Shown wherever the pack is named. May be left empty."),
)

CRITERIA_COLUMNS = (
    Column("series code", "series_code", True, 12, "Such as 300. Empty: as in the row above."),
    Column("series title", "series_title", True, 24, "Such as Support services. Empty: as above."),
    Column("standard code", "standard_code", True, 14, "Such as IN-301. Empty: as in the row above."),
    Column("standard title", "standard_title", True, 32, "The standard's title. Empty: as above."),
    Column(
        "criterion letter",
        "letter",
        False,
        16,
        "Such as a. May be left empty where the standard has one criterion only.",
    ),
    Column("criterion title", "title", True, 48, "What is judged, in one sentence."),
    Column("prompts", "prompts", False, 44, "What to look for, one a line (Alt+Enter starts a new line)."),
    Column("expected evidence", "expected_evidence", False, 40, "What could show it, one a line."),
    Column(
        "note kinds",
        "expected_notes",
        False,
        24,
        "Notes that should be there: document, interview, observation, sample, with commas between.",
    ),
    Column("may be not applicable", "may_be_not_applicable", False, 20, "yes or no. Empty: yes."),
    Column("each site", "each_site", False, 12, "yes if every site needs a rating of its own. Empty: no."),
)
