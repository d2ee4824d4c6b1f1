from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLineEdit, QTextEdit, QWidget

from qsin_desktop.actions.evidence import Target, add_seen
from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.notes import add_note
from qsin_desktop.actions.planning import assign
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.sealing import reopen, seal
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.walk import WalkScreen
from qsin_desktop.ui.theme import Theme
from tests.founding import opened
from tests.ui.hands import press, type_into, visible

CODE = "IN-301.b"


@pytest.fixture
def walk(desk: Desk, show: Callable[[QWidget], QWidget]) -> WalkScreen:
    screen = WalkScreen(desk)
    screen.show_place(Place("walk", CODE, Stage.SITE))
    show(screen)
    screen.take_focus()
    return screen


# ---- where it begins and goes -----------------------------------------------------------------------


def test_it_begins_at_the_first_of_mine_that_is_not_rated(desk: Desk) -> None:
    desk.act(lambda: assign(desk.visit, standard="IN-201", person=desk.visit.me))
    desk.act(lambda: rate(desk.visit, criterion="IN-201.a", rating="met"))
    screen = WalkScreen(desk)
    screen.show_place(Place("walk"))
    assert screen.spot == RatingKey("IN-201.b", Stage.SITE)


def test_a_place_that_names_nothing_leaves_it_as_it_was(walk: WalkScreen) -> None:
    walk.show_place(Place("walk"))
    assert walk.spot == RatingKey(CODE, Stage.SITE)


def test_a_place_without_a_stage_keeps_stage_and_site(walk: WalkScreen) -> None:
    site = walk.desk.record.sites[1].id
    walk.show_place(Place("walk", CODE, Stage.DOCUMENTS, site))
    walk.show_place(Place("walk", "IN-101.a"))
    assert walk.spot == RatingKey("IN-101.a", Stage.DOCUMENTS, site)


def test_a_site_that_is_gone_falls_back_to_the_network(walk: WalkScreen) -> None:
    walk.show_place(Place("walk", CODE, Stage.SITE, "gone"))
    assert walk.spot.site == NETWORK


def test_going_on_from_a_text_box_leaves_the_plain_keys_to_act(walk: WalkScreen) -> None:
    type_into(walk.middle.rating.reason.box, "Half a wo")
    press("Ctrl+Down")
    assert QApplication.focusWidget() is walk.left.tree
    press("1")
    assert walk.desk.record.rating(walk.spot).rating == "met"


def test_a_whole_standard_is_judged_by_keys_alone(walk: WalkScreen) -> None:
    codes = [c.code for c in walk.desk.record.pack.standard("IN-301").criteria]
    walk.show_criterion(codes[0])
    for number in range(len(codes)):
        press("2" if number % 2 else "1")
        if number % 2:
            type_into(walk.middle.rating.reason.box, f"Reason {number}")
        press("Ctrl+Down")
    rated = [walk.desk.record.rating(RatingKey(code, Stage.SITE)) for code in codes]
    assert [cell.rating for cell in rated] == ["met", "partly-met"] * (len(codes) // 2) + ["met"] * (
        len(codes) % 2
    )
    assert [cell.reason for cell in rated] == [
        f"Reason {number}" if number % 2 else "" for number in range(len(codes))
    ]


def test_the_foot_tells_keys_and_progress(walk: WalkScreen) -> None:
    QApplication.processEvents()
    assert [hint.words for hint in walk.key_hints] == [
        "criterion",
        "rate",
        "note",
        "evidence",
        "finding",
        "flag",
    ]
    assert walk.key_hints[1].keys == ("1", "\u2013", "4")
    assert walk.foot_words == f"0 of {len(walk.desk.record.pack.criteria)} rated"


# ---- hidden, closed, undone -------------------------------------------------------------------------


def test_what_changed_while_it_was_hidden_is_shown_afterwards(walk: WalkScreen) -> None:
    walk.hide()
    walk.desk.act(lambda: rate(walk.desk.visit, criterion=CODE, rating="met"))
    walk.desk.act(lambda: add_note(walk.desk.visit, criterion=CODE, kind=NoteKind.SAMPLE, text="Five."))
    walk.show()
    QApplication.processEvents()
    assert walk.middle.rating.row.value == "met"
    assert walk.left.marks.of(CODE).rating == "Met"
    assert [card.text.text() for card in walk.middle.notes._cards if card.isVisible()] == ["Five."]


def test_leaving_the_screen_records_what_is_typed(walk: WalkScreen, visit_folder: Path) -> None:
    press("1")
    type_into(walk.middle.rating.reason.box, "Half a wo")
    walk.hide()
    with opened(visit_folder, reading=True) as other:
        assert other.record.rating(RatingKey(CODE, Stage.SITE)).reason == "Half a wo"


def test_leaving_the_screen_with_a_pending_rating_is_told(walk: WalkScreen) -> None:
    press("2")
    walk.hide()
    assert "because its reason is missing" in walk.desk.messages.texts[0]


def test_undo_reaches_every_panel(walk: WalkScreen) -> None:
    press("1")
    press("G")
    press("Escape")
    press("W")
    for _ in range(3):
        walk.desk.undo()
    assert walk.middle.rating.row.value is None
    assert not walk.middle.head.flag.isVisible()
    assert walk.middle.head.state.button.text() == "Not started"


# ---- only read --------------------------------------------------------------------------------------


def enabled_controls(walk: WalkScreen) -> list[str]:
    """What could still change something, by its name."""
    middle, right = walk.middle, walk.right
    controls = [
        *middle.rating.row.findChildren(QAbstractButton),
        middle.head.state.button,
        middle.head.flag.button,
        *(c for c in middle.notes.head._chips.values() if c.isVisible()),
    ]
    named = [c.accessibleName() for c in controls if c.isEnabled()]
    boxes: list[QTextEdit | QLineEdit] = [*visible(walk, QTextEdit), *visible(walk, QLineEdit)]
    named += [box.accessibleName() for box in boxes if not box.isReadOnly()]
    hidden = (right.exhibits.drop, right.exhibits.more_button, middle.notes.head.add_button)
    return named + [widget.accessibleName() for widget in hidden if widget.isVisible()]


def test_a_sealed_visit_is_read_and_says_why_once(walk: WalkScreen) -> None:
    press("1")
    assert enabled_controls(walk)
    walk.desk.act(lambda: seal(walk.desk.visit, in_spite_of="Tried on a young visit"))
    assert enabled_controls(walk) == []
    assert walk.middle.notice.isVisible()
    before = len(walk.desk.visit.store.entries())
    for key in ("1", "3", "0", "D", "G", "W", "F", "S", "C"):
        press(key, walk.left.tree)
    assert QApplication.activeModalWidget() is None
    assert len(walk.desk.visit.store.entries()) == before
    assert walk.desk.messages.texts == []
    press("Down")
    assert walk.spot.criterion != CODE
    walk.desk.act(lambda: reopen(walk.desk.visit, reason="A late note."))
    assert enabled_controls(walk)
    assert not walk.middle.notice.isVisible()


def test_a_visit_opened_for_reading_shows_everything(
    theme: Theme,
    visit_folder: Path,
    messages: Messages,
    jobs: Jobs,
    show: Callable[[QWidget], QWidget],
) -> None:
    with opened(visit_folder) as visit:
        rate(visit, criterion=CODE, rating="partly-met", reason="Six of nine.")
        add_note(visit, criterion=CODE, kind=NoteKind.SAMPLE, text="Five.")
    with opened(visit_folder, reading=True) as visit:
        screen = WalkScreen(Desk(visit, messages, jobs))
        screen.show_place(Place("walk", CODE, Stage.SITE))
        show(screen)
        assert screen.middle.rating.row.value == "partly-met"
        assert screen.middle.rating.reason.text == "Six of nine."
        assert enabled_controls(screen) == []
        assert "it was opened for reading" in screen.middle.notice._text.words
        screen.close()


# ---- room and names ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "factor", "folds"),
    [
        ((1291, 712), 1.0, False),
        ((1845, 1024), 1.0, False),
        ((1025, 620), 1.0, True),
        ((1232, 640), 2.0, True),
    ],
)
def test_nothing_is_pushed_out_of_the_window(
    walk: WalkScreen, theme: Theme, size: tuple[int, int], factor: float, folds: bool
) -> None:
    theme.apply("light", factor)
    walk.resize(*size)
    QApplication.processEvents()
    assert walk.middle.fold.isVisible() == folds
    assert walk.width() == size[0], "no column asks for more than there is"
    for unfolded in (False, True) if folds else (False,):
        walk.middle.fold.setChecked(unfolded)
        QApplication.processEvents()
        assert walk.right.isVisible() == (unfolded or not folds)
        for part in (walk.left, walk.middle, walk.right):
            if part.isVisible():
                assert walk.rect().contains(part.geometry())
        page = walk.middle._scroll.widget()
        assert page is not None
        assert page.width() <= walk.middle._scroll.viewport().width(), "it scrolls downwards only"


def test_where_the_tree_is_folded_away_the_focus_is_not_lost(walk: WalkScreen) -> None:
    walk.resize(1025, 620)
    walk.middle.fold.setChecked(True)
    assert walk.left.isHidden()
    assert QApplication.focusWidget() is walk.middle.fold
    press("1")
    assert walk.desk.record.rating(walk.spot).rating == "met"


def test_everything_that_takes_the_focus_has_a_name(walk: WalkScreen) -> None:
    press("G")
    press("F")
    press("I")
    QApplication.processEvents()
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QAbstractSpinBox)
    nameless = []
    for kind in kinds:
        for widget in visible(walk, kind):
            told = QAccessible.queryAccessibleInterface(widget)
            assert told is not None
            if not told.text(QAccessible.Text.Name).strip():
                nameless.append(type(widget).__name__)
    assert nameless == []


def test_tab_goes_from_the_switches_down_the_middle_to_the_right(walk: WalkScreen) -> None:
    visit = walk.desk.visit
    walk.desk.act(lambda: add_note(visit, criterion=CODE, kind=NoteKind.SAMPLE, text="Five."))
    walk.desk.act(lambda: add_seen(visit, SeenDocument(title="Log"), [Target(criterion=CODE)]))
    walk.desk.act(lambda: raise_finding(visit, criteria=[CODE], grade="mandatory", gap="None."))
    QApplication.processEvents()
    walk.left.tree.setFocus()
    order: list[QWidget] = []
    for _ in range(40):
        press("Tab")
        focused = QApplication.focusWidget()
        assert focused is not None
        order.append(focused)
    middle, right = walk.middle, walk.right
    stops: list[QWidget | None] = [
        next(b for b in middle.places.stages._segments if b.isChecked()),
        middle.rating.row.button("met"),
        middle.rating.reason.box,
        middle.notes.head.add_button,
        middle.notes._cards[0].text,
        right.exhibits.more_button,
        right.exhibits.tiles.stops[0],
        right.exhibits.drop,
        right.findings.raise_button,
        right.findings.cards[0].focusProxy(),
        visible(right.missing, QAbstractButton)[0],
    ]
    places = [order.index(stop) for stop in stops if stop is not None]
    assert len(places) == len(stops)
    assert places == sorted(places)
