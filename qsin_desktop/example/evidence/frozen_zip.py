"""Office files are zips that remember the clock; here they forget it, and formulas learn their results."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

SAVED = "2026-11-04T09:00:00Z"
_ZIP_DATE = (2026, 11, 4, 9, 0, 0)
_CORE = "docProps/core.xml"

Results = Mapping[str, Mapping[str, float]]  # part name -> cell -> what its formula gives


def frozen(archive: bytes, results: Results | None = None) -> bytes:
    """The same parts in the same order with one fixed date, so that equal content is equal bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == _CORE:
                part = _undated(part)
            if results and name in results:
                part = with_results(part, results[name])
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part, compresslevel=6)
    return out.getvalue()


def _undated(core: bytes) -> bytes:
    for tag in (b"created", b"modified"):
        pattern = rb"(<dcterms:" + tag + rb"[^>]*>)[^<]*(</dcterms:" + tag + rb">)"
        core = re.sub(pattern, rb"\g<1>" + SAVED.encode() + rb"\g<2>", core)
    return core


def with_results(sheet: bytes, results: Mapping[str, float]) -> bytes:
    """Write each formula's result beside it, as a spreadsheet program would have saved it.

    Raises `KeyError` for a formula whose result is not given: a preview would show an empty cell.
    """

    def answered(match: re.Match[bytes]) -> bytes:
        cell = match.group("cell").decode()
        return match.group("head") + b"<v>" + f"{results[cell]:.10g}".encode() + b"</v></c>"

    return re.sub(
        rb'(?P<head><c r="(?P<cell>[A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)</c>', answered, sheet
    )
