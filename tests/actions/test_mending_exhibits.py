"""Files of exhibits damaged, swapped, renamed and removed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from qsin_desktop.actions.checking import check_visit, mend_exhibits
from qsin_desktop.actions.evidence import Target, attach
from tests.actions.worked import B, Worked, flip, in_damaged
from tests.founding import opened


def pieces(path: Path) -> list[Path]:
    found = [p for p in (path / "exhibits").rglob("*") if p.is_file()]
    return sorted(found, key=lambda p: p.stat().st_mtime_ns)


def test_exhibits_swapped_renamed_damaged_and_removed(worked: Worked) -> None:
    first, second, third = pieces(worked.path)
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)
    third.rename(third.with_name(f"{third.name} (1)"))
    with opened(worked.path) as visit:
        assert [fault.state for fault in check_visit(visit).faults] == ["damaged", "damaged", "missing"]
        mended, wanted = mend_exhibits(visit)
        assert (len(mended), wanted) == (3, ())
        assert check_visit(visit).sound


def test_a_damaged_exhibit_is_kept_and_no_exhibit_any_more(worked: Worked) -> None:
    first, second, _ = pieces(worked.path)
    flip(first, 1, random.Random(1))
    second.unlink()
    content = first.read_bytes()
    with opened(worked.path) as visit:
        mended, wanted = mend_exhibits(visit)
        assert (mended, len(wanted)) == ((), 2)
        assert [fault.state for fault in check_visit(visit).faults] == ["missing", "missing"]
        attach(visit, worked_file(worked, wanted[0].name), [Target(criterion=B)])
        assert len(check_visit(visit).faults) == 1
    assert in_damaged(worked.path, content)


def worked_file(worked: Worked, name: str) -> Path:
    path = worked.path.parent / name
    path.write_bytes(name.encode() * 30_000)
    return path


def test_a_lost_exhibits_folder(worked: Worked) -> None:
    shutil.rmtree(worked.path / "exhibits")
    with opened(worked.path) as visit:
        assert len(check_visit(visit).faults) == 3
        assert len(mend_exhibits(visit)[1]) == 3
