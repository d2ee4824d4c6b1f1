"""The log and the problem report hold nothing of a visit, also at debug level while everything fails."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, findings, notes, purging, rating
from qsin_desktop.actions.checking import back_up, check_visit
from qsin_desktop.actions.deleting import look_to_delete
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.exchanging import exchange_with, receive, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.outside import CannotWriteThere
from qsin_desktop.actions.pictures import picture_of
from qsin_desktop.actions.problem_report import Surroundings, problem_report, write_report
from qsin_desktop.crashes import CRASH_NAME, note_crashes, stop_noting
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.logs import LOG_NAME, start_log, stop_log
from qsin_desktop.settings import Settings, SettingsFile
from qsin_desktop.store import durable, visit_file
from qsin_desktop.store.identity import Identity
from tests.founding import ME

MARK = "Quillfeather"
A = "IN-301.a"
pytestmark = pytest.mark.logs_warnings


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """With the log open, and everything in it down to the finest."""
    place = tmp_path / "home"
    start_log(place)
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    for handler in root.handlers:
        if handler.get_name() == "qsin_desktop":
            handler.setLevel(logging.DEBUG)
    yield place
    root.setLevel(before)
    stop_log()


def _failing(visit: OpenVisit, place: Path) -> list[Callable[[], object]]:
    missing = place / f"{MARK}.jpg"
    (place / f"{MARK} false.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture of " + MARK.encode())
    (place / f"{MARK}.qsinx").write_bytes(b"PK\x03\x04" + MARK.encode() * 9)
    return [
        lambda: evidence.attach(visit, missing, [Target(criterion=A)], caption=MARK),
        lambda: evidence.attach(visit, place / f"{MARK} false.jpg", [Target(criterion=A)], caption=MARK),
        lambda: [picture_of(visit)(exhibit) for exhibit in visit.record.exhibits()],
        lambda: notes.add_note(visit, criterion=A, kind=NoteKind.SAMPLE, text=MARK),
        lambda: notes.add_note(visit, criterion=MARK, kind=NoteKind.SAMPLE, text=MARK),
        lambda: rating.rate(visit, criterion=A, rating="not-met", site="", reason=MARK),
        lambda: rating.rate(visit, criterion=A, rating=MARK, site=MARK),
        lambda: findings.raise_finding(visit, criteria=[A], grade=MARK, requirement=MARK, gap=MARK),
        lambda: receive(visit, place / f"{MARK}.qsinx"),
        lambda: exchange_with(visit, place / MARK),
        lambda: write_bundle(visit, place / MARK / "out.qsinx"),
        lambda: purging.purge(visit, MARK, reason=MARK),
        lambda: back_up(visit),
        lambda: check_visit(visit),
        lambda: open_visit(place / MARK, identity=ME, unlocking=Unlocking(MARK)),
        lambda: open_visit(visit.folder.path, identity=ME, unlocking=Unlocking(f"{MARK} {MARK}")),
        lambda: look_to_delete(place / MARK, identity=ME, unlocking=Unlocking(MARK)),
        lambda: write_report(MARK, place / MARK / "x"),
        lambda: Identity.load_or_create(place / f"{MARK} false.jpg", MARK),
        lambda: SettingsFile(place / MARK).save(Settings(library=MARK)),
    ]


def test_nothing_of_a_visit_comes_into_the_log(
    visit: OpenVisit, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "attached"
    place.mkdir()
    log = logging.getLogger("qsin_desktop.trial")

    def full(*_given: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), f"/home/{MARK}/x")

    for spoil in (None, "flush_to_disk", "put_in_place", "open_new"):
        with monkeypatch.context() as patch:
            if spoil:
                patch.setattr(durable, spoil, full)
                patch.setattr(visit_file, "CACHE_KIB", 1)
            for act in _failing(visit, place):
                try:
                    act()
                except Exception:
                    log.exception("it failed")
    with suppress(ValueError):
        raise ValueError(MARK)
    text = (home / LOG_NAME).read_text(encoding="utf-8")
    assert text.count("it failed") > 30, "it was tried, and most of it failed"
    assert MARK not in text
    assert "Thames Estuary" not in text
    assert MARK not in problem_report(Surroundings(home, LOG_NAME, CRASH_NAME), visit)


def test_the_report_names_nobody(
    visit: OpenVisit, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/quillfeather"))
    monkeypatch.setattr("getpass.getuser", lambda: "quillfeather")
    monkeypatch.setattr("platform.node", lambda: "QUILL-LAPTOP")
    SettingsFile(home).save(
        Settings(library="/home/quillfeather/visits", theme="dark").with_recent(Path("/x/Quillfeather.qsin"))
    )
    logging.getLogger("qsin_desktop").warning("in /home/quillfeather/x on QUILL-LAPTOP of Quillfeather")
    notes.add_note(visit, criterion=A, kind=NoteKind.SAMPLE, text=MARK)
    text = problem_report(
        Surroundings(home, LOG_NAME, CRASH_NAME, lines=["Screen 1"]), visit, check_visit(visit)
    )
    folded = text.casefold()
    assert "quill" not in folded
    assert "thames" not in folded
    assert "lena" not in folded
    assert str(visit.folder.path) not in text
    for said in ("Nothing is sent by the program", "theme: dark", "recent_visits: 1 kept", "library: set"):
        assert said in text
    assert "Trail intact" in text
    assert "Screen 1" in text
    out = tmp_path / "report.txt"
    write_report(text, out)
    assert out.read_text(encoding="utf-8") == text
    with pytest.raises(CannotWriteThere):
        write_report(text, visit.folder.path / "report.txt")


def test_a_report_without_a_home_is_made_all_the_same(tmp_path: Path) -> None:
    text = problem_report(Surroundings(tmp_path / "none", LOG_NAME, CRASH_NAME))
    assert "as they come" in text
    (tmp_path / "settings.json").write_bytes(b"\xff{")
    assert "not readable" in problem_report(Surroundings(tmp_path, LOG_NAME, CRASH_NAME))


def test_a_crash_notes_places_and_no_values(tmp_path: Path) -> None:
    import faulthandler

    path = note_crashes(tmp_path / "home")
    assert path is not None
    secret = f"{MARK} in a local"
    with path.open("a", encoding="utf-8") as out:
        faulthandler.dump_traceback(out)
    stop_noting()
    text = path.read_text(encoding="utf-8")
    assert "test_discreet_logs.py" in text
    assert secret not in text
    if sys.platform != "win32":
        import resource

        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    (tmp_path / "file").write_bytes(b"")
    assert note_crashes(tmp_path / "file") is None
    with path.open("rb") as kept:
        assert kept.read(1)
