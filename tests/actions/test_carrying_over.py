"""The last visit, carried over from its folder: what is taken, and that nothing is written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from qsin_desktop.actions import carrying_over, planning
from qsin_desktop.actions.carrying_over import NothingFound, TheSameVisit, carry_over, look_at_earlier
from qsin_desktop.actions.findings import raise_finding, withdraw_finding
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking
from qsin_desktop.actions.purging import purge
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.reporting import take_snapshot
from qsin_desktop.actions.sealing import seal
from qsin_desktop.actions.trail import trail_rows, verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.last_visit import LastVisit
from qsin_desktop.domain.trend import Outcome, Turn
from qsin_desktop.domain.visits import Stage
from qsin_desktop.store.keys import WrongPassphrase
from tests.founding import ME, PASSPHRASE, PEER, copy_of, found_small_visit, opened

A, B, C = "IN-301.a", "IN-301.b", "IN-301.c"


@pytest.fixture(scope="session")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = found_small_visit(tmp_path_factory.mktemp("earlier") / "Thames Estuary 2024.qsin")
    with opened(path) as visit:
        planning.confirm_device(visit, device=PEER.device, person=PEER.person)
        rate(visit, criterion=A, rating="met")
        rate(visit, criterion=B, rating="partly met", reason="Two of four")
        rate(visit, criterion=C, rating="not met", stage=Stage.DOCUMENTS, reason="No papers")
        raise_finding(visit, criteria=[B], grade="recommendation", gap="A very long gap. " * 100)
        raise_finding(visit, criteria=[A], grade="good practice")
        slip = raise_finding(visit, criteria=[A], grade="mandatory", gap="A slip")
        withdraw_finding(visit, finding=slip.entity, reason="A slip")
    return path


def look(path: Path) -> LastVisit:
    return look_at_earlier(path, identity=PEER, unlocking=Unlocking(use_keyring=False))


def tree(path: Path) -> dict[str, bytes]:
    """SQLite's own notices of a reader, `-shm` and an empty `-wal`, are nothing of the visit's."""
    files = (p for p in path.rglob("*") if p.is_file() and not p.name.endswith(("-shm", "-wal")))
    return {str(p.relative_to(path)): p.read_bytes() for p in files}


@pytest.fixture
def now(visit: OpenVisit, earlier: Path) -> OpenVisit:
    carry_over(visit, look(earlier))
    return visit


def test_what_counts_is_taken_and_nothing_is_written_there(earlier: Path) -> None:
    before = tree(earlier)
    last = look(earlier)
    assert tree(earlier) == before
    assert [(r.code, r.label, r.step, r.steps) for r in last.ratings] == [
        (A, "Met", 1, 3),
        (B, "Partly met", 2, 3),
    ]
    assert [(f.number, f.grade, f.criteria) for f in last.findings] == [("F-001", "Recommendation", (B,))]
    assert last.findings[0].words.startswith("A very long gap. A very long gap.")
    assert last.findings[0].words.endswith("A very…")
    assert (last.network, last.starts, last.final) == ("Thames Estuary Imaging Network", "2026-11-24", False)


def test_it_stands_in_the_visit_and_is_compared(now: OpenVisit) -> None:
    rate(now, criterion=A, rating="not met", reason="Gone")
    rate(now, criterion=B, rating="met")
    trend = carrying_over.trend(now.record)
    assert trend is not None
    assert (trend.of(A).turn, trend.of(B).turn, trend.of(C).turn) == (
        Turn.WORSE,
        Turn.BETTER,
        Turn.NOT_COMPARED,
    )
    assert trend.findings[0].outcome is Outcome.RESOLVED
    assert take_snapshot(now).trend == trend


def test_it_is_one_act_that_undo_takes_back(visit: OpenVisit, earlier: Path) -> None:
    change = carry_over(visit, look(earlier))
    assert change.name == "Carry the last visit over"
    History(visit).undo()
    assert visit.record.last_visit is None
    assert carrying_over.trend(visit.record) is None


def test_the_same_once_more_writes_nothing(now: OpenVisit, earlier: Path) -> None:
    entries = now.store.entry_count()
    assert carry_over(now, look(earlier)).keys == ()
    assert now.store.entry_count() == entries


def test_it_is_there_after_opening_again(folder: Path, earlier: Path) -> None:
    with opened(folder) as visit:
        carry_over(visit, look(earlier))
        kept = visit.record.last_visit
    with opened(folder) as visit:
        assert visit.record.last_visit == kept
        carrying_over.drop_last_visit(visit)
        assert visit.record.last_visit is None
        assert carrying_over.drop_last_visit(visit).keys == ()
    with opened(folder) as visit:
        assert visit.record.last_visit is None


def test_its_words_can_be_purged_and_carried_over_anew(now: OpenVisit, earlier: Path) -> None:
    entry = trail_rows(now)[-1].entry
    purge(now, what=entry, reason="A name stood in it")
    assert now.record.last_visit is None
    assert verify_trail(now).purged == 1
    assert now.store.projection_matches()
    carry_over(now, look(earlier))
    assert now.record.last_visit is not None


def test_the_trail_names_it_and_does_not_repeat_it(now: OpenVisit) -> None:
    row = trail_rows(now)[-1]
    assert "network: Thames Estuary Imaging Network" in row.after
    assert "Partly met" not in row.after


def test_a_visit_that_was_signed_off_is_told_as_final(earlier: Path, tmp_path: Path) -> None:
    path = copy_of(earlier, tmp_path)
    with opened(path) as visit:
        seal(visit, in_spite_of="A short visit")
    assert look(path).final


def test_itself_is_no_earlier_visit(visit: OpenVisit, folder: Path) -> None:
    rate(visit, criterion=A, rating="met")
    with pytest.raises(TheSameVisit, match="this visit itself"):
        carry_over(visit, look(folder))
    assert visit.record.last_visit is None


def test_a_visit_in_which_nothing_was_judged_is_refused(folder: Path) -> None:
    with pytest.raises(NothingFound, match="nothing to carry over"):
        look(folder)


def test_a_wrong_passphrase_and_a_folder_that_is_none_are_refused(earlier: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase):
        look_at_earlier(earlier, identity=ME, unlocking=Unlocking("not these words", use_keyring=False))
    assert look_at_earlier(earlier, identity=ME, unlocking=Unlocking(PASSPHRASE, use_keyring=False)).ratings
    with pytest.raises(Refusal, match="no visit"):
        look(tmp_path / "nowhere")
