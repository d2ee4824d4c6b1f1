"""What three people differ about, shown with its base and ended where it stands; on every laptop the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.findings import grade_finding, raise_finding, write_finding
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.sealing import reopen, seal
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.places import Place
from qsin_desktop.ui.screens.findings import FindingsScreen
from qsin_desktop.ui.screens.heat_cells import cell_of
from qsin_desktop.ui.screens.report import ReportScreen
from qsin_desktop.ui.screens.team import TeamScreen
from qsin_desktop.ui.screens.team_conflict import ConflictCard
from qsin_desktop.ui.screens.team_settling import TextSettling
from qsin_desktop.ui.widgets.compared_text import ComparedText
from qsin_desktop.ui.widgets.label import Paragraph
from tests.ui.exchange.conftest import Laptop
from tests.ui.hands import button, click, type_into, visible

KEY = RatingKey("IN-202.a", Stage.SITE)
WAS = "No certificate was found for CT 2. The register names none."


@pytest.fixture
def finding(lead: Laptop, peer: Laptop, stick: Path) -> str:
    """F-001, known to both."""
    raised = raise_finding(lead.visit, criteria=["IN-301.a"], grade="mandatory", gap=WAS)
    for laptop in (lead, peer, lead):
        laptop.meet(stick)
    return raised.entity


def only_card(team: TeamScreen) -> ConflictCard:
    (card,) = team.cards.values()
    return card


def both_meet(lead: Laptop, peer: Laptop, stick: Path) -> None:
    for laptop in (peer, lead, peer):
        laptop.meet(stick)


def texts_apart(lead: Laptop, peer: Laptop, stick: Path, finding: str) -> None:
    lead.desk.act(
        lambda: write_finding(
            lead.visit,
            finding=finding,
            part="gap",
            text="No certificate was found for CT 2 on 24 November. The register names none.",
        )
    )
    peer.desk.act(
        lambda: write_finding(
            peer.visit,
            finding=finding,
            part="gap",
            text="No certificate was found for CT 2. The register of the site names none.",
        )
    )
    both_meet(lead, peer, stick)


def test_two_texts_stand_beside_their_base_with_the_words_marked(
    lead: Laptop, peer: Laptop, stick: Path, finding: str, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    texts_apart(lead, peer, stick, finding)
    team = show(TeamScreen(lead.desk))
    card = only_card(team)
    before = card.sides[0]
    assert WAS in [paragraph.words for paragraph in visible(before, Paragraph)]
    mine, theirs = visible(card, ComparedText)
    assert mine.marked == ["on 24 November"]
    assert theirs.marked == ["of the site"]
    assert "text-decoration:underline" in mine.text()


def test_a_joint_text_is_proposed_mended_and_reaches_the_other(
    lead: Laptop, peer: Laptop, stick: Path, finding: str, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    """It holds what each changed; undo brings both sides back."""
    texts_apart(lead, peer, stick, finding)
    team = show(TeamScreen(peer.desk))
    settling = only_card(team).settling
    assert isinstance(settling, TextSettling)
    joint = "No certificate was found for CT 2 on 24 November. The register of the site names none."
    assert settling.reason.text() == joint
    type_into(settling.reason, "X")
    click(settling.button)
    assert team.cards == {}
    peer.desk.undo()
    settling = only_card(team).settling
    assert settling is not None
    click(settling.button)
    both_meet(lead, peer, stick)
    found = lead.desk.record.finding(finding)
    assert found is not None
    assert found.gap == joint
    assert lead.desk.record.conflicts == ()


def test_an_author_agrees_with_the_other_and_it_is_settled(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    rate(lead.visit, criterion="IN-202.a", rating="met")
    rate(peer.visit, criterion="IN-202.a", rating="partly-met", reason="Two sites had no list")
    both_meet(lead, peer, stick)
    team = show(TeamScreen(peer.desk))
    assert only_card(team).settling is None
    click(button(team, "Agree with Lena Lead"))
    assert peer.desk.record.rating(KEY).rating == "met"
    both_meet(lead, peer, stick)
    assert lead.desk.record.rating(KEY).rating == "met"


def test_a_grade_is_settled_by_the_lead_with_a_reason(
    lead: Laptop, peer: Laptop, stick: Path, finding: str, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    grade_finding(peer.visit, finding=finding, grade="recommendation")
    grade_finding(lead.visit, finding=finding, grade="mandatory")
    both_meet(lead, peer, stick)
    team = show(TeamScreen(lead.desk))
    settling = only_card(team).settling
    assert settling is not None
    click(settling.button)
    assert settling.field.refused
    click(button(settling, "Recommendation"))
    click(settling.button)
    assert "empty" in settling.field.refused
    type_into(settling.reason, "It is in the register of physics")
    click(settling.button)
    assert team.cards == {}
    assert getattr(lead.desk.record.finding(finding), "grade", "") == "recommendation"


def test_after_one_is_settled_the_keyboard_and_the_view_are_at_the_next(
    lead: Laptop,
    peer: Laptop,
    stick: Path,
    finding: str,
    show: Callable[[TeamScreen], TeamScreen],
    qtbot: QtBot,
) -> None:
    """The boxes that go would hand the keyboard on to whatever lies at the end of the page."""
    for visit, rating in ((lead.visit, "met"), (peer.visit, "partly-met")):
        for code in ("IN-301.a", "IN-301.b"):
            rate(visit, criterion=code, rating=rating, reason="Seen")
    texts_apart(lead, peer, stick, finding)
    team = show(TeamScreen(lead.desk))
    team.resize(1290, 500)
    first, second, third = team.cards
    settling = team.cards[first].settling
    assert settling is not None
    settling.reason.setFocus()
    click(settling.button)
    assert list(team.cards) == [second, third]
    next_one = team.cards[second]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert next_one.isAncestorOf(focus)
    qtbot.waitUntil(
        lambda: next_one.mapTo(team, QPoint()).y() >= 0 and not next_one.visibleRegion().isEmpty()
    )
    assert next_one.mapTo(team, QPoint()).y() < 100


def test_a_refusal_goes_as_soon_as_something_is_written(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    rate(lead.visit, criterion="IN-202.a", rating="met")
    rate(peer.visit, criterion="IN-202.a", rating="partly-met", reason="Two sites had no list")
    both_meet(lead, peer, stick)
    team = show(TeamScreen(lead.desk))
    settling = only_card(team).settling
    assert settling is not None
    click(settling.button)
    assert settling.field.refused
    type_into(settling.reason, "S")
    assert not settling.field.refused


def test_the_findings_table_tells_of_two_texts(
    lead: Laptop, peer: Laptop, stick: Path, finding: str, show: Callable[[FindingsScreen], FindingsScreen]
) -> None:
    texts_apart(lead, peer, stick, finding)
    screen = show(FindingsScreen(lead.desk))
    model = screen.table.view.model()
    words = " ".join(str(model.index(0, column).data()) for column in range(model.columnCount()))
    assert "isagree" in words or "Two texts" in words


def two_seals(laptops: list[Laptop], stick: Path) -> None:
    """The lead's second laptop was given the seal too, before the two met."""
    lead, peer, _ = laptops
    from qsin_desktop.actions.planning import change_person

    change_person(lead.visit, person=peer.visit.me, role="lead")
    both_meet(lead, peer, stick)
    for laptop in (lead, peer):
        laptop.desk.act(lambda laptop=laptop: seal(laptop.visit, in_spite_of="The day is over"))  # type: ignore[misc]
    both_meet(lead, peer, stick)


def test_two_seals_are_both_taken_off_with_a_reason(
    laptops: list[Laptop], stick: Path, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    two_seals(laptops, stick)
    lead = laptops[0]
    assert lead.desk.record.seal is None
    team = show(TeamScreen(lead.desk))
    card = only_card(team)
    settling = card.settling
    assert settling is not None
    told = [paragraph.words for paragraph in visible(card, Paragraph)]
    assert told.count("In spite of open points: The day is over") == 2
    assert "Not sealed" in told
    click(settling.button)
    assert "empty" in settling.field.refused
    type_into(settling.reason, "Sealed twice")
    click(settling.button)
    assert team.cards == {}


def test_what_comes_after_the_seal_is_listed_and_left_out_with_a_reason(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[ReportScreen], ReportScreen]
) -> None:
    lead.desk.act(lambda: seal(lead.visit, in_spite_of="The day is over"))
    rate(peer.visit, criterion="IN-202.a", rating="met")
    screen = show(ReportScreen(lead.desk))
    assert not screen.late.isVisible()
    both_meet(lead, peer, stick)
    lead.qtbot.waitUntil(screen.late.isVisible)
    (change,) = screen.late.changes
    assert change.name == "Ada Assessor"
    click(screen.late.leave)
    assert "empty" in screen.late.field.refused
    type_into(screen.late.reason, "It came a day late")
    click(screen.late.leave)
    assert screen.late.changes[0].left == "It came a day late"
    assert lead.desk.record.seal is not None
    words = [paragraph.words for paragraph in visible(screen.missing.sealing.notice, Paragraph)]
    assert any(text.startswith("It had seen: ") for text in words)


def test_a_disagreement_that_came_after_the_seal_says_why_it_cannot_be_settled_now(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    rate(lead.visit, criterion="IN-202.a", rating="partly-met", reason="Half of it")
    lead.desk.act(lambda: seal(lead.visit, in_spite_of="The day is over"))
    rate(peer.visit, criterion="IN-202.a", rating="met")
    both_meet(lead, peer, stick)
    team = show(TeamScreen(lead.desk))
    card = only_card(team)
    assert "reopens the visit" in card.advice.words
    assert card.settling is not None
    assert not card.settling.button.isEnabled()
    lead.desk.act(lambda: reopen(lead.visit, reason="To settle it"))
    assert not card.advice.isVisible()
    assert card.settling.button.isEnabled()


def test_what_comes_after_the_seal_is_taken_in_by_reopening(
    lead: Laptop, peer: Laptop, stick: Path, show: Callable[[ReportScreen], ReportScreen]
) -> None:
    lead.desk.act(lambda: seal(lead.visit, in_spite_of="The day is over"))
    rate(peer.visit, criterion="IN-202.a", rating="met")
    both_meet(lead, peer, stick)
    screen = show(ReportScreen(lead.desk))
    type_into(screen.late.reason, "It belongs to the visit")
    click(screen.late.reopen)
    assert lead.desk.record.seal is None
    assert not screen.late.isVisible()
    assert lead.desk.record.rating(KEY).rating == "met"


def test_two_texts_show_the_fork_in_the_table_on_the_finding_and_in_the_heat_map(
    lead: Laptop, peer: Laptop, stick: Path, finding: str, show: Callable[[FindingsScreen], FindingsScreen]
) -> None:
    screen = show(FindingsScreen(lead.desk))
    assert screen.table.disputed.isHidden()
    texts_apart(lead, peer, stick, finding)
    both_meet(lead, peer, stick)
    (row,) = screen.table.model.rows
    assert row.disputed
    assert "disagreement" not in row.missing
    assert screen.table.disputed.text() == "In disagreement 1"
    click(screen.table.disputed)
    assert [one.id for one in screen.table.model.rows] == [finding]
    screen.show_place(Place("findings", finding=finding))
    assert screen.detail.settle.isVisible()
    told = [label.text() for label in visible(screen.detail, Paragraph)]
    assert "Both stand until somebody settles it: gap." in " ".join(told)
    standard = lead.desk.record.pack.standard("IN-301")
    cell = cell_of(lead.desk.record, standard, Stage.SITE, NETWORK)
    assert cell is not None
    assert cell.mark
    assert "a disagreement" in cell.words
    assert cell_of(lead.desk.record, standard, Stage.SITE, lead.desk.record.sites[0].id) is None
