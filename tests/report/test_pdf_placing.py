"""A report is written whole or not at all, and a refusal says why in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import Exhibit
from qsin_desktop.domain.snapshot import VisitSnapshot
from qsin_desktop.report.pdf import draw_report
from qsin_desktop.report.placing import DocumentNotWritten, DocumentStopped
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_reading import text_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def visit() -> VisitSnapshot:
    return make_snapshot(findings=2, photos=2)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Path]:
    """A report that is there already and must be there afterwards, and nothing else."""
    out = tmp_path / "report.pdf"
    out.write_bytes(b"the old one")
    yield out
    assert out.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("patience", [0, 1, 5, 12, 17, 25, 30])
def test_cancel_leaves_the_old_file(visit: VisitSnapshot, old: Path, patience: int) -> None:
    asked = iter(range(10_000))
    with pytest.raises(DocumentStopped, match="you cancelled it"):
        draw_report(visit, old, cancelled=lambda: next(asked) >= patience)


def test_a_bug_on_the_way_leaves_the_old_file(visit: VisitSnapshot, old: Path) -> None:
    def broken(_exhibit: Exhibit) -> bytes | None:
        raise KeyError("a fault of ours")

    with pytest.raises(KeyError):
        draw_report(replace(visit, picture=broken), old)


def test_a_photo_that_cannot_be_read_is_told_in_its_place(visit: VisitSnapshot, tmp_path: Path) -> None:
    def refusing(exhibit: Exhibit) -> bytes | None:
        if exhibit.number == "E-006":
            raise Refusal("Exhibit E-006 is damaged on disk.")
        return visit.picture(exhibit)[:-400] if exhibit.number == "E-007" else None  # type: ignore[index]

    out = tmp_path / "r.pdf"
    draw_report(replace(visit, picture=refusing), out)
    words = text_of(out)
    assert "Exhibit E-006 is damaged on disk." in words
    assert "No picture could be made of this file." in words


def test_replaces_an_older_report(visit: VisitSnapshot, tmp_path: Path) -> None:
    out = tmp_path / "report ŵ (3).pdf"
    out.write_bytes(b"old")
    draw_report(visit, out)
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert list(tmp_path.iterdir()) == [out]


def test_missing_folder(visit: VisitSnapshot, tmp_path: Path) -> None:
    with pytest.raises(DocumentNotWritten, match="there is no folder"):
        draw_report(visit, tmp_path / "nowhere" / "report.pdf")


def test_a_folder_of_that_name(visit: VisitSnapshot, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(DocumentNotWritten, match="a folder has this name"):
        draw_report(visit, tmp_path / "report.pdf")


def test_too_long_a_name(visit: VisitSnapshot, tmp_path: Path) -> None:
    with pytest.raises(DocumentNotWritten, match=r"name is too long|the system said"):
        draw_report(visit, tmp_path / ("r" * 300 + ".pdf"))
    assert list(tmp_path.iterdir()) == []


def test_a_device(visit: VisitSnapshot) -> None:
    with pytest.raises(DocumentNotWritten):
        draw_report(visit, Path(os.devnull))


_DRAW = """
import os, sys
from pathlib import Path
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.report.pdf import draw_report
from tests.report.make_snapshot import make_snapshot
visit = make_snapshot(findings=2, photos=2)
{limit}
try:
    draw_report(visit, Path(sys.argv[1]))
except Refusal as refusal:
    print(refusal)
"""
_SMALL_FILES = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
"""
_NO_ROOT = "if os.geteuid() == 0: os.setuid(65534)"


def _told(out: Path, limit: str) -> str:
    """What a process of its own is told, so that its limits touch nothing here."""
    done = subprocess.run(
        [sys.executable, "-c", _DRAW.format(limit=limit), str(out)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    if "Permission denied" in done.stderr:
        pytest.skip("another user may not read this checkout")
    return done.stdout.strip() or done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a limit on file sizes needs a POSIX system")
def test_full_disk(old: Path) -> None:
    said = _told(old, _SMALL_FILES)
    assert said.startswith("The report “report.pdf” was not made: the disk is full. The visit is safe")


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.name == "nt", reason="folders without write permission need a POSIX system")
def test_a_folder_that_takes_no_files(shared: Path) -> None:
    shared.chmod(0o555)
    said = _told(shared / "report.pdf", _NO_ROOT)
    shared.chmod(0o755)
    assert "this folder takes no files from you" in said
    assert list(shared.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="files without write permission need a POSIX system")
def test_a_file_that_may_not_be_replaced(shared: Path) -> None:
    out = shared / "report.pdf"
    out.write_bytes(b"locked")
    out.chmod(0o444)
    shared.chmod(0o777)
    said = _told(out, _NO_ROOT)
    assert "the file is open in another program, or may not be replaced" in said
    assert out.read_bytes() == b"locked"
