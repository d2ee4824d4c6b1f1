from __future__ import annotations

from collections.abc import Callable

import pytest

from qsin_desktop.actions import notes
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NotFound, TextMissing, TextTooLong, UnknownSite
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.visits import Stage

B = "IN-301.b"


def added(visit: OpenVisit, text: str = "They know the policy") -> str:
    return notes.add_note(visit, criterion=B, kind=NoteKind.INTERVIEW, text=text).entity


def test_a_note_says_who_in_what_role_when_and_where(visit: OpenVisit) -> None:
    change = notes.add_note(
        visit,
        criterion="in-301 b",
        kind=NoteKind.SAMPLE,
        text=" Five records ",
        heard="Superintendent  of CT",
        role="radiographer",
        when="24 Nov, 10:40",
        site="Harbour CDC",
        stage=Stage.DOCUMENTS,
    )
    (note,) = visit.record.notes(B)
    assert (note.id, note.kind, note.text, note.by) == (
        change.entity,
        NoteKind.SAMPLE,
        "Five records",
        visit.me,
    )
    assert (note.heard, note.role, note.when) == ("Superintendent of CT", "radiographer", "24 Nov, 10:40")
    assert (visit.record.site_name(note.site), note.stage, note.shown) == (
        "Harbour CDC",
        Stage.DOCUMENTS,
        True,
    )
    assert note.at.startswith("2026-11-24T")


def test_a_note_may_begin_empty_and_be_written_while_one_listens(visit: OpenVisit) -> None:
    note = notes.add_note(visit, criterion=B, kind=NoteKind.OBSERVATION).entity
    for text in ("A", "A b", "A bit"):
        notes.write_note(visit, note=note, text=text, typing=True)
    assert visit.record.notes()[0].text == "A bit"
    assert History(visit).undo_name == "Write a note on IN-301 b"
    History(visit).undo()
    assert visit.record.notes()[0].text == ""


def test_everything_about_my_note_can_change(visit: OpenVisit) -> None:
    note = added(visit)
    notes.write_note(visit, note=note, text="They do not know it")
    notes.change_note_kind(visit, note=note, kind=NoteKind.DOCUMENT)
    notes.tell_about_note(visit, note=note, heard="Ann", role="", when="")
    notes.show_note(visit, note=note, shown=False)
    (now,) = visit.record.notes()
    assert (now.text, now.kind, now.heard, now.shown) == (
        "They do not know it",
        NoteKind.DOCUMENT,
        "Ann",
        False,
    )
    notes.take_back_note(visit, note=note)
    assert visit.record.notes() == ()
    History(visit).undo()
    assert visit.record.notes() == (now,)


def test_a_note_is_its_authors_and_the_lead_writes_beside_it(visit: OpenVisit, colleague: OpenVisit) -> None:
    note = added(colleague)
    take_from(visit, colleague)
    before = visit.store.entry_count()
    acts: list[Callable[[], object]] = [
        lambda: notes.write_note(visit, note=note, text="x"),
        lambda: notes.take_back_note(visit, note=note),
        lambda: notes.show_note(visit, note=note, shown=False),
        lambda: notes.change_note_kind(visit, note=note, kind=NoteKind.SAMPLE),
        lambda: notes.tell_about_note(visit, note=note, heard="", role="", when=""),
    ]
    for act in acts:
        with pytest.raises(notes.NotYourNote, match="Ada Assessor's"):
            act()
    assert visit.store.entry_count() == before
    added(visit)
    assert [n.by for n in visit.record.notes()] == [colleague.me, visit.me]


def test_what_is_no_note_is_refused(visit: OpenVisit) -> None:
    before = visit.store.entry_count()
    with pytest.raises(TextMissing):
        added(visit, " \n ")
    with pytest.raises(TextTooLong):
        added(visit, "x" * 100_001)
    with pytest.raises(UnknownSite):
        notes.add_note(visit, criterion=B, kind=NoteKind.SAMPLE, text="x", site="Atlantis")
    with pytest.raises(NotFound):
        notes.write_note(visit, note="n", text="x")
    with pytest.raises(notes.UnknownNoteKind, match="document, interview, observation, sample"):
        notes.note_kind("dream")
    assert notes.note_kind(" Interview ") is NoteKind.INTERVIEW
    assert visit.store.entry_count() == before


def test_the_longest_text_there_may_be_is_kept_whole(visit: OpenVisit) -> None:
    text = "\U0001f600" * 99_999 + "\n"
    note = notes.add_note(visit, criterion=B, kind=NoteKind.INTERVIEW).entity
    notes.write_note(visit, note=note, text=text)
    assert visit.record.notes()[0].text == text
