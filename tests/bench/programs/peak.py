"""Does one thing and prints its peak memory in MiB, one JSON number.

python -m tests.bench.programs.peak attach VISIT FILE      attach the file to the first criterion
python -m tests.bench.programs.peak copy FILE TARGET       read, hash and write it instead
python -m tests.bench.programs.peak report SIZE PLACE      draw the report of a made snapshot
python -m tests.bench.programs.peak bare_report SIZE PLACE the same words by ReportLab alone
python -m tests.bench.programs.peak photos SIZE PLACE      draw the report of a visit with many photos
python -m tests.bench.programs.peak bare_photos SIZE PLACE the same words and photos by ReportLab alone
python -m tests.bench.programs.peak workbook SIZE PLACE    write the workbook
python -m tests.bench.programs.peak bare_workbook CELLS.json PLACE   the same values by openpyxl alone
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.peak_memory import peak_mib
from tests.bench.size import FULL, SMALL, Size


def _attach(visit: str, file: str) -> None:
    from tests.bench.attach import attach_to_first
    from tests.bench.visit_growing import opened

    with opened(Path(visit)) as open_visit:
        attach_to_first(open_visit, Path(file))


def _copy(file: str, target: str) -> None:
    from tests.bench.files import hashed_copy

    hashed_copy(Path(file), Path(target))


def _report(size: str, place: str) -> None:
    from qsin_desktop.report.pdf import draw_report
    from tests.bench.documents import snapshot_for

    draw_report(snapshot_for(_size(size)), Path(place) / "report.pdf")


def _bare_report(size: str, place: str) -> None:
    from tests.bench.bare_documents import bare_report, write_photos
    from tests.bench.documents import snapshot_for

    snapshot = snapshot_for(_size(size))
    bare_report(snapshot, write_photos(snapshot, Path(place)), Path(place) / "bare.pdf")


def _photos(size: str, place: str) -> None:
    from qsin_desktop.report.pdf import draw_report
    from tests.report.make_snapshot import make_snapshot

    draw_report(make_snapshot(photos=_size(size).many_photos), Path(place) / "photos.pdf")


def _bare_photos(size: str, place: str) -> None:
    from tests.bench.bare_documents import bare_report, write_photos
    from tests.report.make_snapshot import make_snapshot

    snapshot = make_snapshot(photos=_size(size).many_photos)
    bare_report(snapshot, write_photos(snapshot, Path(place)), Path(place) / "bare.pdf")


def _workbook(size: str, place: str) -> None:
    from qsin_desktop.report.workbook.writing import write_workbook
    from tests.bench.documents import snapshot_for

    write_workbook(snapshot_for(_size(size)), Path(place) / "findings.xlsx")


def _bare_workbook(cells: str, place: str) -> None:
    from tests.bench.bare_documents import bare_workbook

    bare_workbook(json.loads(Path(cells).read_text(encoding="utf-8")), Path(place) / "bare.xlsx")


def _size(name: str) -> Size:
    return SMALL if name == SMALL.name else FULL


_TASKS: dict[str, Callable[[str, str], None]] = {
    "attach": _attach,
    "copy": _copy,
    "report": _report,
    "bare_report": _bare_report,
    "photos": _photos,
    "bare_photos": _bare_photos,
    "workbook": _workbook,
    "bare_workbook": _bare_workbook,
}

if __name__ == "__main__":
    _TASKS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(peak_mib()))
