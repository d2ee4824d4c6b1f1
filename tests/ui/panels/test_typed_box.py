from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.store.faults import DiskFull
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.ui.hands import press, type_into
from tests.ui.panels.conftest import CODE

KEY = RatingKey(CODE, Stage.SITE)
FULL = "The disk is full. Free some space and try again."


@pytest.fixture
def full_disk(walk: WalkScreen, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Until the patch is undone nothing can be recorded."""

    def refuse(*_: object, **__: object) -> None:
        raise DiskFull(FULL)

    monkeypatch.setattr(walk.desk.visit.store, "append", refuse)
    return monkeypatch


def test_a_note_that_could_not_be_kept_stays_in_the_box_and_is_tried_again(
    walk: WalkScreen, full_disk: pytest.MonkeyPatch
) -> None:
    unsaved: list[str] = []
    walk.desk.unsaved.connect(unsaved.append)
    press("D")
    card = walk.middle.notes._cards[0]
    type_into(card.text, "The policy names its owner.")
    walk.flush()
    assert unsaved
    assert walk.desk.messages.texts[-1] == FULL
    assert card.text.text() == "The policy names its owner."
    full_disk.undo()
    walk.flush()
    assert [n.text for n in walk.desk.record.notes(CODE)] == ["The policy names its owner."]


def test_a_rating_that_could_not_be_kept_is_pending_and_recorded_later(
    walk: WalkScreen, full_disk: pytest.MonkeyPatch
) -> None:
    press("1")
    panel = walk.middle.rating
    shown = [panel.row.pending]
    assert panel.reason.said == FULL
    full_disk.undo()
    walk.flush()
    assert walk.desk.record.rating(KEY).rating == "met"
    shown.append(panel.row.pending)
    assert shown == ["met", None]
    assert (panel.row.value, panel.reason.said) == ("met", "")


def test_a_rating_refused_by_the_disk_is_recorded_when_one_has_gone_on(
    walk: WalkScreen, full_disk: pytest.MonkeyPatch
) -> None:
    press("1")
    press("Down")
    assert "could not be recorded yet" in walk.desk.messages.texts[-1]
    full_disk.undo()
    press("Down")
    assert walk.desk.record.rating(KEY).rating == "met"
    assert walk.unfinished == ()


def test_a_changed_reason_is_tried_again_by_itself(walk: WalkScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    press("1")
    typed = walk.middle.rating.reason.typed

    def refuse(*_: object, **__: object) -> None:
        raise DiskFull(FULL)

    with monkeypatch.context() as patch:
        patch.setattr(walk.desk.visit.store, "append", refuse)
        type_into(typed.box, "All nine sites.")
        typed.box.flush()
        assert typed.unrecorded
    walk.desk.unsaved_words._clock.timeout.emit()
    assert walk.desk.record.rating(KEY).reason == "All nine sites."
    assert not typed.unrecorded


def test_a_reason_that_is_too_long_is_said_beside_the_box_and_kept_there(walk: WalkScreen) -> None:
    press("1")
    reason = walk.middle.rating.reason
    reason.box.setPlainText("x" * 100_001)
    reason.box.flush()
    assert "attach it as a file instead" in reason.said
    assert len(reason.text) == 100_001
    assert walk.desk.record.rating(KEY).reason == ""


def test_each_stay_in_a_box_is_an_undo_of_its_own(walk: WalkScreen) -> None:
    press("1")
    box = walk.middle.rating.reason.box
    for words in ("First. ", "Second."):
        type_into(box, words)
        press("Escape")
    assert walk.desk.record.rating(KEY).reason == "First. Second."
    walk.desk.undo()
    assert walk.desk.record.rating(KEY).reason == "First."


def test_an_undo_is_shown_in_a_box_that_has_the_focus(walk: WalkScreen) -> None:
    press("1")
    box = walk.middle.rating.reason.box
    type_into(box, "First.")
    box.flush()
    walk.desk.undo()
    assert QApplication.focusWidget() is box
    assert box.text() == ""
