from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.notes import add_note
from qsin_desktop.domain.evidence import Note, NoteKind
from qsin_desktop.domain.standards import Tone
from qsin_desktop.ui.panels.note_card import NoteCard
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.widgets.chip import ChipButton
from tests.founding import opened
from tests.ui.hands import click, press, type_into, visible
from tests.ui.panels.conftest import CODE
from tests.ui.panels.laptops import Colleague

popup = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)


def cards(walk: WalkScreen) -> list[NoteCard]:
    """From the top of the timeline down."""
    return sorted(visible(walk.middle.notes, NoteCard), key=lambda card: card.y())


def notes(walk: WalkScreen) -> tuple[Note, ...]:
    return walk.desk.record.notes(CODE)


def chips(walk: WalkScreen) -> dict[str, Tone]:
    return {chip.text(): chip.face.tone for chip in visible(walk.middle.notes.head, ChipButton)}


def write(walk: WalkScreen, key: str, words: str) -> NoteCard:
    press("Escape")
    walk.take_focus()
    press(key)
    card = cards(walk)[0]
    type_into(card.text, words)
    card.flush()
    QApplication.processEvents()
    return card


def test_the_empty_state_says_what_to_do(walk: WalkScreen) -> None:
    assert walk.middle.notes._empty.isVisible()
    assert "Press N" in walk.middle.notes._empty.words


@popup
def test_n_and_a_number_begin_a_note_of_that_kind(walk: WalkScreen) -> None:
    press("N")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    press("3", menu)
    (card,) = cards(walk)
    assert card.kind is NoteKind.OBSERVATION
    assert card.text.hasFocus()
    assert notes(walk) == (), "an empty note is not recorded"


def test_a_note_is_recorded_with_its_first_words_and_as_typed(
    walk: WalkScreen, qtbot: QtBot, visit_folder: Path
) -> None:
    press("I")
    type_into(cards(walk)[0].text, "New tools go to the AI gro")
    qtbot.waitUntil(lambda: len(notes(walk)) == 1, timeout=20_000)
    with opened(visit_folder, reading=True) as other:
        assert [n.text for n in other.record.notes(CODE)] == ["New tools go to the AI gro"]
    (card,) = cards(walk)
    assert card.text.hasFocus(), "the card stays the one that is typed in"
    type_into(card.text, "up.")
    walk.flush()
    assert [n.text for n in notes(walk)] == ["New tools go to the AI group."]
    assert notes(walk)[0].kind is NoteKind.INTERVIEW


def test_all_that_was_typed_in_one_go_is_one_undo(walk: WalkScreen) -> None:
    card = write(walk, "D", "The policy names")
    for more in (" its owner", " and a yearly review"):
        type_into(card.text, more)
        card.text.flush()
    press("Escape")
    walk.desk.undo()
    assert [n.text for n in notes(walk)] == ["The policy names"]
    assert cards(walk)[0].text.text() == "The policy names"
    walk.desk.undo()
    assert notes(walk) == ()
    assert cards(walk) == []


def test_the_kinds_that_are_to_do_become_done(walk: WalkScreen) -> None:
    expected = walk.desk.visit.criterion(CODE).expected_notes
    assert set(chips(walk)) == {f"{kind.capitalize()} to do" for kind in expected}
    write(walk, "D", "Policy.")
    assert chips(walk)["Document"] is Tone.MET
    assert "Document to do" not in chips(walk)


def test_pressing_a_chip_begins_a_note_of_its_kind(walk: WalkScreen) -> None:
    chip = visible(walk.middle.notes.head, ChipButton)[0]
    click(chip)
    assert cards(walk)[0].text.hasFocus()
    assert cards(walk)[0].kind.label in chip.text()


def test_the_newest_stands_first(walk: WalkScreen) -> None:
    write(walk, "D", "first")
    write(walk, "O", "second")
    assert [card.text.text() for card in cards(walk)] == ["second", "first"]


def test_who_was_heard_is_recorded_as_typed(walk: WalkScreen) -> None:
    card = write(walk, "I", "It came with the scanner.")
    assert card.about.isVisible(), "an interview asks who was heard"
    for name, words in (("heard", "Centre manager"), ("role", "Site lead"), ("when", "14:22")):
        type_into(card.about.lines[name], words)
        card.about.lines[name].flush()
    note = notes(walk)[0]
    assert (note.heard, note.role, note.when) == ("Centre manager", "Site lead", "14:22")
    assert card._beneath.words.startswith("Centre manager, Site lead · 14:22 · You, 24 Nov")


def test_who_was_heard_may_come_before_what_was_said(walk: WalkScreen) -> None:
    press("I")
    card = cards(walk)[0]
    type_into(card.about.lines["heard"], "PACS lead")
    walk.flush()
    assert [(n.heard, n.text) for n in notes(walk)] == [("PACS lead", "")]
    type_into(card.text, "We watch it.")
    walk.flush()
    assert [(n.heard, n.text) for n in notes(walk)] == [("PACS lead", "We watch it.")]


def test_a_note_is_left_out_of_the_report_and_put_back(walk: WalkScreen) -> None:
    card = write(walk, "O", "Seen.")
    click(card.eye_button)
    assert not notes(walk)[0].shown
    assert "left out of the report" in card._beneath.words
    click(card.eye_button)
    assert notes(walk)[0].shown


def test_a_note_is_taken_back_and_undo_brings_it_again(walk: WalkScreen) -> None:
    card = write(walk, "O", "Seen.")
    click(card.back_button)
    assert notes(walk) == ()
    assert cards(walk) == []
    notice = walk.desk.messages.notices[-1]
    assert notice.action == "Undo"
    walk.desk.undo()
    assert [card.text.text() for card in cards(walk)] == ["Seen."]


def test_a_draft_that_was_left_blank_is_no_note(walk: WalkScreen) -> None:
    press("D")
    press("Escape")
    press("Down")
    press("Up")
    assert cards(walk) == []
    assert notes(walk) == ()


def test_a_colleagues_note_is_for_reading_only(walk: WalkScreen, ada: Colleague) -> None:
    add_note(ada.visit, criterion=CODE, kind=NoteKind.SAMPLE, text="All five closed.")
    ada.hand_over()
    (card,) = cards(walk)
    assert not card.text.isVisible()
    assert card._read.words == "All five closed."
    assert "Ada Assessor" in card._beneath.words
    card.setFocus()
    assert not card.back_button.isVisible()


def test_a_note_that_arrives_leaves_the_typing_alone(walk: WalkScreen, ada: Colleague) -> None:
    press("D")
    mine = cards(walk)[0]
    type_into(mine.text, "Half a wo")
    add_note(ada.visit, criterion=CODE, kind=NoteKind.SAMPLE, text="All five closed.")
    ada.hand_over()
    assert mine.text.hasFocus()
    assert mine.text.text() == "Half a wo"
    assert len(cards(walk)) == 2


def test_notes_of_other_places_say_where_and_can_be_left_out(walk: WalkScreen) -> None:
    write(walk, "D", "At the network.")
    press("Escape")
    press("Alt+Right")
    write(walk, "O", "At the site.")
    assert len(cards(walk)) == 2
    head = walk.middle.notes.head
    click(head._here)
    assert [card.text.text() for card in cards(walk)] == ["At the site."]
    click(head._here)
    press("Alt+Left")
    here = {card.text.text(): card._beneath.words for card in cards(walk)}
    assert here["At the site."].startswith("Royal Wessex")
    assert here["At the network."].startswith("You")
