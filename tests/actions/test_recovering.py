"""Words that were being typed when the program was cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from qsin_desktop.actions import findings, notes, planning
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import reopen, seal
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.store.faults import DiskFull
from tests.founding import ME, PEER, copy_of, found_small_visit, opened

CODE = "IN-101.a"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = found_small_visit(tmp_path_factory.mktemp("founded") / "Thames Estuary 2026.qsin")
    with opened(path) as visit:
        planning.confirm_device(visit, device=PEER.device, person=PEER.person)
        findings.raise_finding(visit, criteria=[CODE], grade="recommendation", gap="None at one")
    return path


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    return copy_of(founded, tmp_path)


def type_on(visit: OpenVisit, text: str, *, finding: str = "") -> None:
    with visit.drafting():
        findings.write_finding(
            visit, finding=finding or visit.record.findings()[0].id, part="gap", text=text, typing=True
        )


def gap_of(visit: OpenVisit) -> str:
    return visit.record.findings()[0].gap


def test_words_in_the_middle_of_typing_are_kept_and_come_back(folder: Path) -> None:
    with opened(folder) as visit:
        before = visit.store.entry_count()
        for words in ("None at", "None at two", "None at two of the sites"):
            type_on(visit, words)
        assert visit.store.entry_count() == before, "the journal does not swell by every word"
        assert gap_of(visit) == "None at one"
    with opened(folder) as visit:
        assert (visit.recovered, gap_of(visit)) == (1, "None at two of the sites")
        assert visit.store.entry_count() == before + 1
        assert verify_trail(visit).intact
        assert visit.store.projection_matches()
        History(visit).undo()
        assert gap_of(visit) == "None at one", "and can be undone like any other typing"
    with opened(folder) as visit:
        assert visit.recovered == 0


def test_what_the_journal_has_is_kept_no_longer(folder: Path) -> None:
    with opened(folder) as visit:
        finding = visit.record.findings()[0].id
        type_on(visit, "None at two")
        findings.write_finding(visit, finding=finding, part="gap", text="None at three", typing=True)
        assert visit.store.kept_words.drafts() == ()
        type_on(visit, "None at three, or")
        visit.store.kept_words.drop_drafts([FieldKey("finding", finding, "gap")])  # taken back in the box
    with opened(folder) as visit:
        assert (visit.recovered, gap_of(visit)) == (0, "None at three")


def test_an_act_that_changes_who_counts_lets_go_of_no_other_words(folder: Path) -> None:
    with opened(folder) as visit:
        type_on(visit, "None at two")
        planning.confirm_device(visit, device=PEER.device, person=ME.person)
        assert len(visit.store.kept_words.drafts()) == 1
    with opened(folder) as visit:
        assert (visit.recovered, gap_of(visit)) == (1, "None at two")


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten_unseen(
    folder: Path, founded: Path, tmp_path: Path
) -> None:
    with opened(folder) as mine, opened(copy_of(founded, tmp_path / "peer"), PEER) as theirs:
        type_on(mine, "None at mine")
        finding = theirs.record.findings()[0].id
        findings.write_finding(theirs, finding=finding, part="gap", text="None at theirs")
        take_from(mine, theirs)
    with opened(folder) as visit:
        key = FieldKey("finding", finding, "gap")
        assert {s.value for s in visit.record.standing(key)} == {"None at mine", "None at theirs"}
        assert visit.record.conflict(key) is not None


def test_a_sealed_visit_keeps_them_until_it_is_open_again(folder: Path) -> None:
    with opened(folder) as visit:
        type_on(visit, "None at two")
        seal(visit, in_spite_of="to be gone on with")
    with opened(folder) as visit:
        assert (visit.recovered, gap_of(visit)) == (0, "None at one")
        reopen(visit, reason="more to say")
    with opened(folder) as visit:
        assert (visit.recovered, gap_of(visit)) == (1, "None at two")


def test_they_wait_for_the_person_who_wrote_them(folder: Path) -> None:
    with opened(folder) as visit:
        type_on(visit, "None at two")
    with opened(folder, PEER) as visit:
        assert (visit.recovered, gap_of(visit)) == (0, "None at one")
    with opened(folder, reading=True) as visit:
        assert (visit.recovered, gap_of(visit)) == (0, "None at one")
    with opened(folder, ME) as visit:
        assert (visit.recovered, gap_of(visit)) == (1, "None at two")


def test_other_acts_are_done_as_ever_while_somebody_types(folder: Path) -> None:
    with opened(folder) as visit, visit.drafting() as kept:
        notes.add_note(visit, criterion=CODE, kind=NoteKind.DOCUMENT, text="The plan")
        assert kept == []
        assert [note.text for note in visit.record.notes(CODE)] == ["The plan"]


def test_words_that_no_entry_can_hold_yet_are_kept_by_name(folder: Path) -> None:
    with opened(folder) as visit:
        visit.store.kept_words.keep_loose("rating|IN-101.a", "a reason")
        visit.store.kept_words.keep_loose("seen|walk", "x")
        visit.store.kept_words.keep_loose("seen|walk", "")
    with opened(folder) as visit:
        assert visit.store.kept_words.loose() == {"rating|IN-101.a": "a reason"}
        assert visit.store.projection_matches()


def test_words_a_full_disk_refused_are_written_when_it_has_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DiskFull("The disk is full.")

    with opened(folder) as visit:
        finding = visit.record.findings()[0].id
        with monkeypatch.context() as patch:
            patch.setattr(visit.store, "append", refuse)
            for words in ("None at two", "None at two of them"):
                with pytest.raises(DiskFull):
                    findings.write_finding(visit, finding=finding, part="gap", text=words, typing=True)
            with pytest.raises(DiskFull):
                visit.write_unwritten()
            assert visit.unwritten_words() == ["None at two of them"]
        visit.write_unwritten()
        assert (gap_of(visit), visit.unwritten_words()) == ("None at two of them", [])
