from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qsin_desktop.actions.evidence import Target, attach
from qsin_desktop.actions.last_exchange import keep_last_exchange
from qsin_desktop.actions.rating import rate
from qsin_desktop.background.jobs import Jobs
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.exchange_outcome import How, Outcome, PersonLine
from qsin_desktop.ui.kept_outcome import keep_outcome, kept_outcome
from qsin_desktop.ui.messages import Messages
from qsin_desktop.ui.screens.team import TeamScreen
from tests.founding import found_small_visit, opened
from tests.sync.team import digest
from tests.ui.exchange.conftest import Laptop

KEY = RatingKey("IN-202.a", Stage.SITE)


def some_work(laptop: Laptop, folder: Path) -> None:
    rate(laptop.visit, criterion="IN-202.a", rating="met", reason="Lists at all sites")
    photo = folder / "Room 3.txt"
    photo.write_text("What the room looked like\n" * 50, encoding="utf-8")
    attach(laptop.visit, photo, [Target(criterion="IN-202.a")])


def test_a_bundle_brings_entries_and_exhibits_and_the_screens_hear_of_it(
    lead: Laptop, peer: Laptop, tmp_path: Path
) -> None:
    some_work(peer, tmp_path)
    out = tmp_path / "From Ada.qsinx"
    peer.desk.exchanges.hand_over(out)
    peer.wait()
    told: list[Change] = []
    lead.desk.feed.changed.connect(lambda change, _origin: told.append(change))
    lead.desk.exchanges.receive([out])
    lead.wait()
    assert lead.desk.record.rating(KEY).rating == "met"
    assert any(change.touches("rating") and change.touches("exhibit") for change in told)
    outcome = lead.desk.exchanges.last
    assert outcome is not None
    assert outcome.how is How.RECEIVED
    (ada,) = [line for line in outcome.people if line.name == "Ada Assessor"]
    assert ada.came == 3
    assert "1 exhibit came" in outcome.evidence


def test_again_it_is_told_as_known(lead: Laptop, peer: Laptop, tmp_path: Path) -> None:
    some_work(peer, tmp_path)
    out = tmp_path / "From Ada.qsinx"
    peer.desk.exchanges.hand_over(out)
    peer.wait()
    for _ in range(2):
        lead.desk.exchanges.receive([out])
        lead.wait()
    outcome = lead.desk.exchanges.last
    assert outcome is not None
    assert outcome.came == 0
    assert "already known" in next(line.words for line in outcome.people if line.name == "Ada Assessor")
    assert lead.desk.messages.texts[-1] == "Received: nothing new; everything was known already."


def test_several_bundles_in_any_order_and_one_that_is_none(laptops: list[Laptop], tmp_path: Path) -> None:
    """What the second holds rests on the first; a photo among them costs one sentence and nothing else."""
    lead, peer, _ = laptops
    first, second = tmp_path / "first.qsinx", tmp_path / "second.qsinx"
    rate(peer.visit, criterion="IN-202.a", rating="met")
    peer.desk.exchanges.hand_over(first)
    peer.wait()
    rate(peer.visit, criterion="IN-703.a", rating="met")
    peer.desk.exchanges.hand_over(second)
    peer.wait()
    photo = tmp_path / "photo.qsinx"
    photo.write_bytes(b"\xff\xd8 no bundle")
    lead.desk.exchanges.receive([second, photo, first])
    lead.wait()
    assert lead.desk.record.rating(KEY).rating == "met"
    assert lead.desk.record.rating(RatingKey("IN-703.a", Stage.SITE)).rating == "met"
    outcome = lead.desk.exchanges.last
    assert outcome is not None
    assert outcome.faults == ("“photo.qsinx” is not a bundle of a visit. Nothing was taken from it.",)


def test_a_wrong_file_is_one_sentence(lead: Laptop, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8 no bundle")
    before = digest(lead.visit)
    lead.desk.exchanges.receive([photo])
    lead.wait()
    assert lead.desk.messages.texts == ["“photo.jpg” is not a bundle of a visit. Nothing was taken from it."]
    assert digest(lead.visit) == before


def test_a_bundle_of_another_visit_is_refused(lead: Laptop, tmp_path: Path) -> None:
    other = found_small_visit(tmp_path / "Other 2026.qsin")
    with opened(other) as visit:
        from qsin_desktop.actions.exchanging import write_bundle

        write_bundle(visit, tmp_path / "other.qsinx")
    lead.desk.exchanges.receive([tmp_path / "other.qsinx"])
    lead.wait()
    assert "belongs to another visit" in lead.desk.messages.texts[-1]


def test_stopped_it_says_so_and_goes_on_where_it_was(
    lead: Laptop, peer: Laptop, stick: Path, tmp_path: Path
) -> None:
    """Stopped at the first report, before anything went; the same errand again then does it all."""
    some_work(peer, tmp_path)
    peer.desk.exchanges.began.connect(peer.desk.exchanges.stop)
    peer.meet(stick)
    outcome = peer.desk.exchanges.last
    assert outcome is not None
    assert outcome.ended.startswith("Stopped.")
    peer.desk.exchanges.began.disconnect(peer.desk.exchanges.stop)
    peer.desk.exchanges.again()
    peer.wait()
    lead.meet(stick)
    assert lead.desk.record.rating(KEY).rating == "met"


def test_a_stick_that_is_not_there_is_one_sentence(lead: Laptop, tmp_path: Path) -> None:
    lead.meet(tmp_path / "no stick")
    outcome = lead.desk.exchanges.last
    assert outcome is not None
    assert outcome.gone
    assert "Check that the stick or the share is connected" in lead.desk.messages.texts[-1]


@pytest.mark.parametrize("order", ["lead first", "peer first"])
def test_two_desks_that_met_see_the_same(lead: Laptop, peer: Laptop, stick: Path, order: str) -> None:
    rate(lead.visit, criterion="IN-101.a", rating="met")
    rate(peer.visit, criterion="IN-202.a", rating="met")
    both = (lead, peer) if order == "lead first" else (peer, lead)
    for laptop in (*both, *both):
        laptop.meet(stick)
    assert digest(lead.visit) == digest(peer.visit)


def test_the_summary_is_there_after_a_restart_and_goes_on_from_there(
    lead: Laptop, peer: Laptop, stick: Path
) -> None:
    rate(peer.visit, criterion="IN-202.a", rating="met", reason="Lists at all sites")
    for laptop in (peer, lead):
        laptop.meet(stick)
    told = lead.desk.exchanges.latest
    assert told is not None
    assert "Exchanged with “Team stick”, 24 Nov 10:" in told.title
    messages = Messages()
    jobs = Jobs(bug=messages.refusal_for_bug)
    again = Desk(lead.visit, messages, jobs)  # as the next start of the program makes it
    try:
        assert again.exchanges.latest == told
        assert again.exchanges.can_go_on
        again.exchanges.again()
        lead.qtbot.waitUntil(lambda: again.exchanges.running is None, timeout=20_000)
        assert again.exchanges.last is not None
        assert again.exchanges.last.path == stick
    finally:
        again.leave()
        jobs.stop_all()
    assert kept_outcome(lead.visit) == again.exchanges.last
    keep_last_exchange(lead.visit, {"how": "BY_PIGEON", "at": "never"})
    assert kept_outcome(lead.visit) is None


def test_why_entries_were_refused_is_kept_person_by_person(lead: Laptop, tmp_path: Path) -> None:
    line = PersonLine("Ada Assessor", came=3, known=2, faults=("Refused: its signature does not match.",))
    at = datetime(2026, 11, 24, 16, 20, tzinfo=UTC)
    path = tmp_path / "From Ada.qsinx"
    outcome = Outcome(How.RECEIVED, path.name, path, at, (line,), ended="Stopped.")
    keep_outcome(lead.visit, outcome)
    assert kept_outcome(lead.visit) == outcome


def test_how_far_it_is_is_told_in_bytes(lead: Laptop, peer: Laptop, stick: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.bin").write_bytes(bytes(9_000_000))
    attach(peer.visit, tmp_path / "scan.bin", [Target(criterion="IN-202.a")])
    told: list[tuple[int, int, str]] = []
    peer.desk.exchanges.moved.connect(lambda *how_far: told.append(how_far))
    peer.meet(stick)
    giving = [one for one in told if one[2].startswith("Giving evidence")]
    assert giving
    assert giving[-1][2].endswith(" of 9.0 MB")
    assert all(one in ((0, 9_000_000), (8 << 20, 9_000_000)) for one in (one[:2] for one in giving))


def test_a_folder_watched_tells_what_is_on_the_way_and_can_be_stopped(
    lead: Laptop, peer: Laptop, stick: Path, tmp_path: Path, show: Callable[[TeamScreen], TeamScreen]
) -> None:
    (tmp_path / "scan.bin").write_bytes(bytes(range(256)) * 40_000)
    exhibit = attach(peer.visit, tmp_path / "scan.bin", [Target(criterion="IN-202.a")]).entity
    peer.meet(stick)
    team, told = show(TeamScreen(lead.desk)), list[tuple[object, ...]]()
    states, box = lead.desk.exhibit_states, team.exchange.folder

    def look() -> None:
        known = lead.desk.record.exhibit(exhibit)
        if known is not None:
            told.append((states.mark(known), box.progress.isVisible()))

    states.changed.connect(look)
    lead.desk.team_folder.choose(stick)
    lead.wait()
    assert "on the way" in [mark for mark, _ in told]
    assert True in [seen for _, seen in told]
    assert not box.progress.isVisible()
    known = lead.desk.record.exhibit(exhibit)
    assert known is not None
    assert states.mark(known) == ""
    assert lead.desk.exchanges.latest is not None
    assert "1 exhibit came" in lead.desk.exchanges.latest.evidence
