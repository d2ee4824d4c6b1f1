from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from qsin_desktop.actions import evidence, findings, notes, purging
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.gone_numbers import gone_findings, gone_numbers
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.reporting import DocumentKind, draw, take_snapshot
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.withdrawals import PURGED_WORDS
from qsin_desktop.journal.entry import Draft
from tests.report.pdf_reading import squeezed, text_of

A = "IN-301.a"


@pytest.fixture
def exhibit(visit: OpenVisit, tmp_path: Path) -> str:
    path = tmp_path / "rota.txt"
    path.write_text("rota", encoding="utf-8")
    return evidence.attach(visit, path, [Target(criterion=A)]).entity


def meet(*visits: OpenVisit) -> None:
    for one in visits:
        for other in visits:
            if one is not other:
                take_from(one, other)


def test_who_when_and_why_stay_with_number_and_citations(visit: OpenVisit, exhibit: str) -> None:
    evidence.withdraw_exhibit(visit, exhibit="e-001", reason=" Another trust\n")
    assert (visit.record.exhibits(), visit.record.links()) == ((), ())
    (shown,) = visit.record.exhibits(withdrawn=True)
    assert shown.withdrawal is not None
    assert (shown.number, shown.withdrawal.by, shown.withdrawal.why) == ("E-001", visit.me, "Another trust")
    assert [link.criterion for link in visit.record.links(exhibit=exhibit, withdrawn=True)] == [A]
    assert visit.store.projection_matches()
    evidence.reinstate_exhibit(visit, exhibit="E-001")
    assert [link.criterion for link in visit.record.links()] == [A]
    assert visit.record.exhibits() == (visit.record.exhibit(exhibit),)


def test_withdrawn_by_two_for_two_reasons_is_agreed_and_both_see_it(
    visit: OpenVisit, colleague: OpenVisit, tmp_path: Path
) -> None:
    seen = evidence.add_seen(colleague, SeenDocument(title="Log")).entity
    meet(visit, colleague)
    evidence.withdraw_exhibit(visit, exhibit=seen, reason="Not of this visit")
    evidence.withdraw_exhibit(colleague, exhibit=seen, reason="Seen twice")
    meet(visit, colleague)
    assert visit.record.conflicts == ()
    shown = [one.record.exhibit(seen) for one in (visit, colleague)]
    assert shown[0] == shown[1]
    assert shown[0] is not None
    assert shown[0].withdrawal is not None
    assert not shown[0].disputed
    evidence.reinstate_exhibit(visit, exhibit=seen)
    meet(visit, colleague)
    assert [e.id for e in colleague.record.exhibits()] == [seen]


def test_cited_on_another_laptop_meanwhile_it_is_withdrawn_there_too_and_the_citation_comes_back(
    visit: OpenVisit, colleague: OpenVisit, exhibit: str
) -> None:
    meet(visit, colleague)
    evidence.withdraw_exhibit(visit, exhibit=exhibit, reason="Blurred")
    evidence.cite(colleague, exhibit=exhibit, target=Target(criterion="IN-301.b"))
    meet(visit, colleague)
    for one in (visit, colleague):
        assert one.record.links() == ()
    evidence.reinstate_exhibit(visit, exhibit=exhibit)
    assert sorted(link.criterion for link in visit.record.links()) == [A, "IN-301.b"]


def test_the_same_file_attached_again_is_reinstated_under_its_number(
    visit: OpenVisit, exhibit: str, tmp_path: Path
) -> None:
    evidence.withdraw_exhibit(visit, exhibit=exhibit, reason="By mistake")
    evidence.attach(visit, tmp_path / "rota.txt", [Target(criterion="IN-301.b")])
    assert [e.number for e in visit.record.exhibits()] == ["E-001"]
    assert sorted(link.criterion for link in visit.record.links()) == [A, "IN-301.b"]


def test_a_colleagues_number_keeps_its_letter_when_the_first_of_two_is_withdrawn(
    visit: OpenVisit, colleague: OpenVisit, exhibit: str
) -> None:
    evidence.add_seen(colleague, SeenDocument(title="Log"))
    meet(visit, colleague)
    before = {e.id: e.number for e in visit.record.exhibits()}
    assert sorted(before.values()) == ["E-001", "E-001b"]
    first = next(ident for ident, number in before.items() if number == "E-001")
    evidence.withdraw_exhibit(visit, exhibit=first, reason="Blurred")
    assert {e.id: e.number for e in visit.record.exhibits(withdrawn=True)} == before


def test_a_note_that_was_taken_back_is_still_to_be_read_and_is_its_authors_to_bring_back(
    visit: OpenVisit, colleague: OpenVisit
) -> None:
    made = notes.add_note(colleague, criterion=A, kind=NoteKind.INTERVIEW, text="He did not know").entity
    notes.take_back_note(colleague, note=made, reason="Another person's words")
    meet(visit, colleague)
    assert visit.record.notes() == ()
    (shown,) = visit.record.notes(A, withdrawn=True)
    assert shown.withdrawal is not None
    assert (shown.text, shown.withdrawal.why) == ("He did not know", "Another person's words")
    with pytest.raises(notes.NotYourNote):
        notes.reinstate_note(visit, note=made)
    with pytest.raises(notes.NoteTakenBack):
        notes.write_note(colleague, note=made, text="more")
    notes.reinstate_note(colleague, note=made)
    assert [n.text for n in colleague.record.notes()] == ["He did not know"]


def test_a_purge_of_the_words_does_not_bring_a_withdrawn_thing_back(visit: OpenVisit) -> None:
    raised = findings.raise_finding(visit, criteria=[A], grade="mandatory", gap="Mr Smith").entity
    findings.withdraw_finding(visit, finding=raised, reason="Mr Smith was right")
    made = notes.add_note(visit, criterion=A, kind=NoteKind.INTERVIEW, text="Mr Smith").entity
    notes.take_back_note(visit, note=made)
    purging.purge(visit, "F-001", reason="A name")
    purging.purge(visit, made, reason="A name")
    (finding,) = visit.record.findings()
    assert finding.withdrawn == PURGED_WORDS
    assert visit.record.notes() == ()
    findings.reinstate_finding(visit, finding=raised)
    notes.reinstate_note(visit, note=made)
    assert visit.record.findings(withdrawn=False) != ()
    assert [n.text for n in visit.record.notes()] == [PURGED_WORDS]


def test_a_number_that_was_taken_back_is_told_with_who(visit: OpenVisit, exhibit: str) -> None:
    evidence.withdraw_exhibit(visit, exhibit=exhibit, reason="Another trust")
    evidence.add_seen(visit, SeenDocument(title="Log"))
    History(visit).undo()
    third = evidence.add_seen(visit, SeenDocument(title="Letter")).entity
    key = FieldKey("exhibit", third, "made")  # as earlier versions withdrew
    adds = tuple(s.entry for s in visit.record.standing(key))
    visit.write("Withdraw E-003", [Draft(key, None, over=adds)])
    evidence.add_seen(visit, SeenDocument(title="Last"))
    findings.raise_finding(visit, criteria=[A], grade="mandatory", gap="None")
    History(visit).undo()
    findings.raise_finding(visit, criteria=[A], grade="mandatory", gap="None")
    (lost,) = gone_findings(visit, visit.record)
    assert (lost.number, lost.by) == ("F-001", "Lena Lead")
    gone = gone_numbers(visit, visit.record)
    assert [(g.number, g.by) for g in gone] == [("E-002", "Lena Lead"), ("E-003", "Lena Lead")]
    assert [e.number for e in visit.record.exhibits(withdrawn=True)] == ["E-001", "E-004"]


def test_report_and_workbook_tell_of_a_findings_number_that_is_gone(visit: OpenVisit, tmp_path: Path) -> None:
    findings.raise_finding(visit, criteria=[A], grade="mandatory", gap="Gone again")
    History(visit).undo()
    snapshot = take_snapshot(visit)
    draw(snapshot, DocumentKind.REPORT, tmp_path / "r.pdf")
    draw(snapshot, DocumentKind.WORKBOOK, tmp_path / "w.xlsx")
    told = "F-001: taken back by Lena Lead, 24 November 2026"
    assert squeezed(told) in squeezed(text_of(tmp_path / "r.pdf"))
    sheets = load_workbook(tmp_path / "w.xlsx").worksheets
    cells = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(cell.startswith(told) for cell in cells)
    assert not any("Gone again" in cell for cell in cells)
