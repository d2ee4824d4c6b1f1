from __future__ import annotations

import pytest

from qsin_desktop.actions.notes import add_note, write_note
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import ReasonNeeded
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.places import Place

KEY = RatingKey("IN-101.a", Stage.SITE)


class Ear:
    def __init__(self, desk: Desk) -> None:
        self.changes: list[tuple[Change, object]] = []
        self.saved: list[object] = []
        self.unsaved: list[str] = []
        desk.feed.changed.connect(lambda change, origin: self.changes.append((change, origin)))
        desk.saved.connect(self.saved.append)
        desk.unsaved.connect(self.unsaved.append)


def rate_met(desk: Desk) -> Change:
    return rate(desk.visit, criterion="IN-101.a", rating="met")


def test_an_act_is_told_to_every_screen_with_who_asked(desk: Desk) -> None:
    ear = Ear(desk)
    change = desk.act(lambda: rate_met(desk), origin=desk)
    assert change is not None
    assert ear.changes == [(change, desk)]
    assert [f"{at:%H:%M}" for at in ear.saved] == ["10:42"]
    assert desk.record.rating(KEY).rating == "met"


def test_a_refusal_is_shown_and_changes_nothing(desk: Desk) -> None:
    ear = Ear(desk)
    assert desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="not-met")) is None
    assert desk.messages.texts == ["Not met needs a reason. Write it and the rating is recorded."]
    assert ear.changes == []
    assert ear.unsaved == []


def test_a_panel_may_show_the_refusal_itself(desk: Desk) -> None:
    with pytest.raises(ReasonNeeded):
        desk.act(lambda: rate(desk.visit, criterion="IN-101.a", rating="not-met"), show=False)
    assert desk.messages.texts == []


def test_words_that_could_not_be_kept_are_told_as_not_saved(desk: Desk) -> None:
    note = add_note(desk.visit, criterion="IN-101.a", kind=NoteKind.DOCUMENT).entity
    ear = Ear(desk)
    desk.act(lambda: write_note(desk.visit, note=note, text="x" * 100_001, typing=True))
    assert len(ear.unsaved) == 1
    assert "attach it as a file" in ear.unsaved[0]


def test_undo_and_redo_say_what_they_took(desk: Desk) -> None:
    desk.act(lambda: rate_met(desk))
    ear = Ear(desk)
    desk.undo()
    assert desk.record.rating(KEY).rating is None
    desk.redo()
    assert desk.record.rating(KEY).rating == "met"
    assert desk.messages.texts == ["Undone: Rate IN-101 a: Met.", "Done again: Rate IN-101 a: Met."]
    assert len(ear.changes) == 2


def test_nothing_to_undo_is_said_and_is_no_loss(desk: Desk) -> None:
    ear = Ear(desk)
    desk.undo()
    assert desk.messages.texts == ["There is nothing to undo."]
    assert ear.unsaved == []


def test_going_somewhere_is_told_with_the_place(desk: Desk) -> None:
    went: list[Place] = []
    desk.going.connect(went.append)
    desk.go(Place("walk", "IN-101.a", Stage.SITE))
    assert went == [Place("walk", "IN-101.a", Stage.SITE)]
