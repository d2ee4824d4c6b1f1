"""What was taken back or withdrawn is still to be read at its criterion."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from qsin_desktop.actions.evidence import Target, add_seen, withdraw_exhibit
from qsin_desktop.actions.notes import add_note, take_back_note
from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.ui.panels.quiet_link import QuietLink
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.widgets.label import StruckParagraph
from tests.ui.hands import button, click, visible
from tests.ui.panels.conftest import CODE
from tests.ui.panels.laptops import Colleague


def test_a_note_taken_back_is_read_under_a_line_and_brought_back_by_its_author(
    walk: WalkScreen, ada: Colleague
) -> None:
    desk, gone = walk.desk, walk.middle.notes.withdrawn
    assert not gone.isVisible()
    mine = add_note(desk.visit, criterion=CODE, kind=NoteKind.OBSERVATION, text="The door stood open").entity
    desk.act(lambda: take_back_note(desk.visit, note=mine))
    theirs = add_note(ada.visit, criterion=CODE, kind=NoteKind.SAMPLE, text="Three of nine").entity
    take_back_note(ada.visit, note=theirs, reason="Counted twice")
    ada.hand_over()
    assert gone.link.text() == "Show 2 notes that were taken back"
    assert not visible(gone, StruckParagraph)
    click(gone.link)
    assert {label.words for label in visible(gone, StruckParagraph)} == {
        "The door stood open",
        "Three of nine",
    }
    assert any(
        ": Counted twice" in label.words for label in gone.findChildren(type(walk.middle.notes._empty))
    )
    assert [link.text() for link in visible(gone, QuietLink)].count("Bring it back") == 1
    click(button(gone, "Bring it back"))
    assert [note.text for note in desk.record.notes(CODE)] == ["The door stood open"]
    assert gone.link.text() == "Hide 1 note that was taken back"


def test_a_withdrawn_exhibit_is_named_where_it_was_cited(walk: WalkScreen) -> None:
    desk = walk.desk
    seen = add_seen(desk.visit, SeenDocument(title="Rota"), [Target(criterion=CODE)]).entity
    desk.act(lambda: withdraw_exhibit(desk.visit, exhibit=seen, reason="Of last year"))
    QApplication.processEvents()
    (link,) = visible(walk.right.exhibits.withdrawn, QuietLink)
    assert link.text() == "E-001 withdrawn"
    assert "Of last year" in link.toolTip()
    assert walk.right.exhibits.cited == []
