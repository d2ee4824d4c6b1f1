"""Import a standards pack from an Excel sheet made after the template."""

from __future__ import annotations

import re
from pathlib import Path

from qsin_desktop.domain.standards import Pack
from qsin_desktop.packs.reading import check_value, read_pack
from qsin_desktop.packs.refusals import PackError, SheetRefused, cut_short
from qsin_desktop.packs.sheet_cells import Workbook
from qsin_desktop.packs.sheet_columns import ABOUT, CRITERIA, CRITERIA_COLUMNS
from qsin_desktop.packs.sheet_rows import SheetPack, add_about, add_criteria
from qsin_desktop.packs.sheet_template import write_template
from qsin_desktop.packs.shipped import PACKS
from qsin_desktop.packs.text_files import FileRefused
from qsin_desktop.packs.whole_files import refuse_taken, write_whole
from qsin_desktop.packs.yaml_writing import pack_to_yaml

__all__ = ["check_sheet", "import_sheet", "write_template"]

_HEADINGS = {column.field: column.heading for column in CRITERIA_COLUMNS if column.field != "title"}
_HEADING = """Made from the Excel sheet “{name}”.
Change the sheet and import it again, or edit this file and check it."""


def import_sheet(sheet: Path, out: Path, *, overwrite: bool = False) -> Pack:
    """Write the YAML pack `out`; raises `SheetRefused` with every error, `FileInTheWay` or `CannotWrite`."""
    refuse_taken(out, overwrite=overwrite)
    pack = read_sheet(sheet)
    text = pack_to_yaml(pack, _HEADING.format(name=cut_short(sheet.name)))
    if read_pack(text) != pack:
        raise AssertionError("the pack was not written as it was read")
    write_whole(out, text, overwrite=overwrite)
    return pack


def read_sheet(sheet: Path) -> Pack:
    """Raises `SheetRefused` with every error, each naming its sheet and row."""
    pack, errors = _checked(sheet)
    if pack is None:
        raise SheetRefused(f"The sheet “{cut_short(sheet.name)}”", errors)
    return pack


def check_sheet(sheet: Path) -> tuple[PackError, ...]:
    return _checked(sheet)[1]


def _checked(sheet: Path) -> tuple[Pack | None, tuple[PackError, ...]]:
    try:
        rows = _rows(sheet)
    except FileRefused as refused:
        return None, (refused.error,)
    found = check_value(PACKS, rows.located())
    # a row with a cell that could not be read has been told; what else it lacks would only confuse
    told = [error for error in found.errors if not error.reason.startswith(tuple(rows.unread))]
    errors = [*rows.errors, *map(_in_columns, told)]
    if errors:
        return None, tuple(sorted(dict.fromkeys(errors), key=_place_in_book))
    return found.pack, ()


def _rows(sheet: Path) -> SheetPack:
    book, pack = Workbook(sheet), SheetPack()
    try:
        names = {name.casefold().strip(): name for name in reversed(book.sheets)}
        for title, add in ((ABOUT, add_about), (CRITERIA, add_criteria)):
            if title.casefold() not in names:
                listed = ", ".join(f"“{cut_short(name)}”" for name in book.sheets[:10])
                raise FileRefused(
                    f"it has no sheet “{title}”; its sheets are {listed}. Start from the template."
                )
            add(pack, book.rows(names[title.casefold()]))
    finally:
        book.close()
    return pack


def _in_columns(error: PackError) -> PackError:
    """Fields are called as the sheet's columns are."""
    return PackError(
        None, re.sub(r"“(\w+)”", lambda found: f"“{_HEADINGS.get(found[1], found[1])}”", error.reason)
    )


def _place_in_book(error: PackError) -> tuple[bool, int]:
    found = re.match(r"\w+ row (\d+)", error.reason)
    return error.reason.startswith(CRITERIA), int(found[1]) if found else 0
