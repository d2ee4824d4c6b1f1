from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from qsin_desktop.actions.findings import raise_finding
from qsin_desktop.actions.notes import add_note
from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.walk import WalkScreen
from tests.ui.hands import button, click

CODE = "IN-201.a"


@pytest.fixture
def walk(walk: WalkScreen) -> WalkScreen:
    """At a criterion that need not be rated at every site."""
    walk.show_criterion(CODE)
    return walk


def words(walk: WalkScreen) -> list[str]:
    QApplication.processEvents()
    return walk.right.missing.words


def rate_everything(walk: WalkScreen) -> None:
    for stage in Stage:
        walk.desk.act(
            lambda stage=stage: rate(  # type: ignore[misc]
                walk.desk.visit, criterion=CODE, rating="met", stage=stage
            )
        )


def test_what_is_missing_is_listed_by_kind(walk: WalkScreen) -> None:
    expected = walk.desk.visit.criterion(CODE).expected_notes
    notes = [f"A note: {kind}" for kind in expected]
    assert words(walk) == ["The rating on documents", "The rating", *notes]


def test_sites_are_one_line(walk: WalkScreen) -> None:
    one = walk.desk.record.sites[0].id
    walk.desk.act(lambda: rate(walk.desk.visit, criterion=CODE, rating="met", site=one))
    assert "The rating: St Aldhelm's and Harbour CDC" in words(walk)


def test_a_line_leads_to_the_stage_and_place(walk: WalkScreen) -> None:
    one = walk.desk.record.sites[0].id
    walk.desk.act(lambda: rate(walk.desk.visit, criterion=CODE, rating="met", site=one))
    words(walk)
    click(button(walk.right.missing, "The rating: St Aldhelm's and Harbour CDC"))
    assert walk.spot.site == walk.desk.record.sites[1].id
    click(button(walk.right.missing, "The rating on documents"))
    assert walk.spot.stage is Stage.DOCUMENTS


def test_a_missing_note_is_begun(walk: WalkScreen) -> None:
    words(walk)
    click(button(walk.right.missing, "A note: document"))
    assert walk.middle.notes._draft is not None
    assert walk.middle.notes._draft.kind is NoteKind.DOCUMENT


def test_a_finding_without_words_or_exhibit_is_missing_here_too(walk: WalkScreen) -> None:
    went: list[Place] = []
    walk.desk.going.connect(went.append)
    made = walk.desk.act(
        lambda: raise_finding(
            walk.desk.visit, criteria=[CODE], grade="mandatory", requirement="r", evidence="e", gap="g"
        )
    )
    assert made is not None
    assert "F-001: no exhibit" in words(walk)
    click(button(walk.right.missing, "F-001: no exhibit"))
    assert went == [Place("findings", CODE, finding=made.entity, part="cited")]


def test_nothing_missing_is_said(walk: WalkScreen) -> None:
    rate_everything(walk)
    for kind in walk.desk.visit.criterion(CODE).expected_notes:
        walk.desk.act(
            lambda kind=kind: add_note(  # type: ignore[misc]
                walk.desk.visit, criterion=CODE, kind=NoteKind(kind), text="Seen."
            )
        )
    assert words(walk) == []
    assert walk.right.missing._title.text() == "Nothing is missing here"
