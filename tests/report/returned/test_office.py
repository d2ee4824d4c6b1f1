"""A workbook that was filled in and saved by LibreOffice comes home like any other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qsin_desktop.domain.responses import Response
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.returned.outcome import CannotReadReturn, Return
from qsin_desktop.report.returned.reader import read_return
from tests.report.returned.returning import FIRST, after_sending, answered, filled_in, sent, small_visit, told
from tests.report.workbook.test_office import converted, needs_office


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Filled in, with a formula, and saved again as .xlsx, .xls and .ods."""
    folder = tmp_path_factory.mktemp("returned")
    path = sent(_visit(), folder)
    with filled_in(path) as (_, findings):
        findings[FIRST, Response.ROOT_CAUSE] = "No owner since June\nand no deputy"
        findings[FIRST, Response.PLANNED] = date(2027, 3, 31)
        findings[FIRST, Response.EVIDENCE] = "'=not a formula"
        findings[FIRST + 2, Response.OWNER] = '=CONCATENATE("R. ";"Patel")'.replace(";", ",")
        findings.sheet[findings.place(FIRST + 2, Response.OWNER)].number_format = "General"
    for kind in ("xlsx", "xls", "ods"):
        converted(path, kind, folder / kind)
    return folder


def _visit() -> VisitSnapshot:
    return answered(small_visit(), "F-003", extent="Several places", done_date="2027-01-05")


@pytest.fixture(scope="module")
def back(home: Path) -> Return:
    return read_return(home / "xlsx" / "findings.xlsx", after_sending(_visit()))


@needs_office
def test_its_answers_are_read(back: Return) -> None:
    assert [(d.number, d.column, d.after) for d in back.differences] == [
        ("F-001", Response.ROOT_CAUSE, "No owner since June\nand no deputy"),
        ("F-001", Response.PLANNED, "2027-03-31"),
        ("F-001", Response.EVIDENCE, "'=not a formula"),
        ("F-003", Response.OWNER, "R. Patel"),
    ]


@needs_office
def test_nothing_it_does_by_itself_is_an_alteration(back: Return) -> None:
    assert back.alterations == ()
    assert told(back) == ""
    assert (back.round, back.rows) == (2, 4)


@needs_office
def test_the_result_of_a_formula_is_read_and_told(back: Return) -> None:
    assert back.differences[-1].remark == "The cell is the result of a formula."


@needs_office
@pytest.mark.parametrize(("kind", "reason"), [("xls", r"\.xls"), ("ods", r"OpenDocument sheet \(\.ods\)")])
def test_its_other_formats_are_refused_even_when_renamed(home: Path, kind: str, reason: str) -> None:
    renamed = home / f"{kind}-renamed.xlsx"
    renamed.write_bytes((home / kind / f"findings.{kind}").read_bytes())
    with pytest.raises(CannotReadReturn, match=reason):
        read_return(renamed, _visit())
