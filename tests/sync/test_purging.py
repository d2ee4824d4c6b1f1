"""A purge reaches every laptop and every place: no laptop holds the bytes at the end, all see the same."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from qsin_desktop.actions import evidence, notes, planning, rating
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.exchanging import exchange_with, purge_words, receive, summary_words, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.purging import finish_purges, purge
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.evidence import NoteKind
from qsin_desktop.domain.reading import PURGED_GROUP
from qsin_desktop.sync import names, ranges
from qsin_desktop.sync.envelope import Envelope
from qsin_desktop.sync.holder import place_key
from tests.founding import ME
from tests.raw_pages import raw_pages
from tests.sync.team import STRANGER, Stick, all_meet, copy_stick, digest, known, laptops

A = "IN-301.a"
MARK = b"Quillfeather"
WHY = "a patient can be told by it"


def attach(visit: OpenVisit, content: bytes, name: str = "photo.jpg", caption: str = "") -> str:
    prepared = evidence.prepare_bytes(visit.pieces, content, name)
    return evidence.attach_prepared(visit, prepared, [Target(criterion=A)], caption=caption).entity


def pieces(visit: OpenVisit) -> list[Path]:
    return [path for path in visit.folder.exhibits.rglob("*") if path.is_file()]


def meet_all(team: list[OpenVisit], stick: Stick) -> None:
    for _ in range(2):
        for visit in team:
            exchange_with(visit, stick.path)


def words_on(stick: Stick, visit: OpenVisit) -> bytes:
    """Everything on the stick that this laptop can read."""
    envelope = Envelope(visit.identity, ())
    return b"".join(
        entry.body or b""
        for path in stick.logs()
        for entry in ranges.unpacked(envelope.opened(path.read_bytes()))
    )


def holds_nothing(visit: OpenVisit) -> None:
    files = [visit.folder.database, *visit.folder.backups.glob("*.db")]
    for path in files:
        assert MARK not in raw_pages(path, visit.data_key.database_key), path


def test_the_others_remove_theirs_when_they_meet(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, tech = team
    exhibit = attach(peer, MARK * 900, f"{MARK.decode()}.jpg", caption=MARK.decode())
    meet_all(team, stick)
    assert all(pieces(visit) for visit in team)
    assert stick.pieces()
    assert MARK in words_on(stick, lead)
    purge(peer, exhibit, reason=WHY)
    finish_purges(peer)
    said = summary_words(peer, exchange_with(peer, stick.path))
    assert any("held something that was purged" in line for line in said), said
    assert stick.pieces() == []
    assert MARK not in words_on(stick, lead)
    said = summary_words(lead, exchange_with(lead, stick.path))
    assert any("1 purge came" in line for line in said), said
    meet_all(team, stick)
    for visit in team:
        assert pieces(visit) == []
        assert visit.record.exhibits()[0].group == PURGED_GROUP
        verdict = verify_trail(visit)
        assert (verdict.intact, verdict.purged) == (True, 2), verdict
        assert visit.store.projection_matches()
        visit.store.file.make_pages_anew()  # what lies in the log comes into the file
        holds_nothing(visit)
    assert len({digest(visit) for visit in team}) == 1
    assert not any(said.moved for said in [exchange_with(tech, stick.path)])


def test_neither_an_old_stick_nor_an_old_bundle_brings_it_back(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, tech = team
    exhibit = attach(peer, MARK * 900, caption=MARK.decode())
    exchange_with(peer, stick.path)
    old_stick, old_bundle = copy_stick(stick, tmp_path / "old"), tmp_path / "old.qsinx"
    write_bundle(peer, old_bundle)
    exchange_with(lead, stick.path)
    purge(lead, exhibit, reason=WHY)
    finish_purges(lead)
    exchange_with(lead, stick.path)
    exchange_with(tech, stick.path)  # knows the purge before it ever saw the words
    for visit in (lead, tech):
        said = summary_words(visit, receive(visit, old_bundle))
        assert any("still holds something that was purged" in line for line in said), said
        assert pieces(visit) == []
    exchange_with(peer, old_stick.path)  # knows nothing of the purge yet
    assert exchange_with(tech, old_stick.path).purged_there
    assert old_stick.pieces() == []
    assert MARK not in words_on(old_stick, tech)
    meet_all(team, old_stick)
    for visit in team:
        assert pieces(visit) == []
        assert not any(MARK in (entry.body or b"") for entry in visit.store.entries())
    assert len({digest(visit) for visit in team}) == 1


def test_a_purge_is_known_before_the_words_come(founded: Path, tmp_path: Path, stick: Stick) -> None:
    """The purge is in another laptop's log than the words, and that log comes first."""
    with laptops(founded, tmp_path) as team:
        lead, peer, tech = team
        note = notes.add_note(peer, criterion=A, kind=NoteKind.SAMPLE, text=MARK.decode()).entity
        lead.receive([peer.store.log_of(peer.identity.device)])
        purge(lead, note, reason=WHY)
        known_here = lead.store.tip(lead.identity.device).seq
        own = lead.store.log_of(lead.identity.device)
        assert len(own) == known_here
        tech.receive([own])
        tech.receive([peer.store.log_of(peer.identity.device)])
        assert not any(MARK in (entry.body or b"") for entry in tech.store.entries())
        assert verify_trail(tech).purged == 1
        assert tech.store.projection_matches()


def test_a_purge_by_an_unconfirmed_laptop_waits(founded: Path, tmp_path: Path) -> None:
    with laptops(founded, tmp_path, ME, STRANGER) as (lead, stranger):
        note = notes.add_note(lead, criterion=A, kind=NoteKind.SAMPLE, text=MARK.decode()).entity
        stranger.receive([lead.store.log_of(lead.identity.device)])
        with pytest.raises(Refusal):
            purge(stranger, note, reason=WHY)
        own = notes.add_note(stranger, criterion=A, kind=NoteKind.SAMPLE, text=f"own {MARK.decode()}").entity
        with pytest.raises(Refusal):  # it waits as a whole: neither note nor purge is in the record yet
            purge(stranger, "E-001", reason=WHY)
        purge(stranger, own, reason=WHY)
        assert not any(b"own" in (entry.body or b"") for entry in stranger.store.entries())
        lead.receive([stranger.store.log_of(stranger.identity.device)])
        planning.confirm_device(lead, device=STRANGER.device, person=STRANGER.person)
        assert not any(b"own" in (entry.body or b"") for entry in lead.store.entries())
        assert verify_trail(lead).intact


def test_who_attached_the_same_file_keeps_it_unless_the_lead_purges(
    team: list[OpenVisit], stick: Stick
) -> None:
    lead, peer, tech = team
    exhibit = attach(peer, MARK * 900)
    attach(tech, MARK * 900)
    purge(peer, exhibit, reason=WHY)
    finish_purges(peer)
    meet_all(team, stick)
    assert all(len(pieces(visit)) == 1 for visit in team), "the other's own exhibit stands"
    purge(lead, exhibit, reason=WHY)
    finish_purges(lead)
    meet_all(team, stick)
    assert all(pieces(visit) == [] for visit in team)
    assert stick.pieces() == []
    assert len({digest(visit) for visit in team}) == 1


@dataclass
class Days:
    """Three laptops and two sticks; what was attached or written, and what of it was purged."""

    team: list[OpenVisit]
    sticks: list[Stick]
    dice: random.Random
    contents: dict[str, bytes] = field(default_factory=dict)
    purged: set[bytes] = field(default_factory=set)
    step: int = 0

    def attach(self, visit: OpenVisit, _stick: Stick) -> None:
        content = f"photo {self.step} of {visit.me[:2]} ".encode() * 50
        self.contents[attach(visit, content, caption=f"caption {self.step} ")] = content

    def note(self, visit: OpenVisit, _stick: Stick) -> None:
        notes.add_note(visit, criterion=A, kind=NoteKind.SAMPLE, text=f"note {self.step} end")

    def rate(self, visit: OpenVisit, _stick: Stick) -> None:
        rating.rate(visit, criterion=A, rating="met", site="", reason=f"because {self.step}")

    def undo(self, visit: OpenVisit, _stick: Stick) -> None:
        with suppress(Refusal):
            History(visit).undo()

    def purge(self, visit: OpenVisit, _stick: Stick) -> None:
        for chosen in self.dice.sample(visit.record.exhibits(), min(1, len(visit.record.exhibits()))):
            with suppress(Refusal):  # a colleague's, or purged before
                purge(visit, chosen.id, reason=WHY)
                self.purged.add(self.contents[chosen.id])
        if self.dice.random() < 0.7:
            finish_purges(visit)

    def purge_note(self, visit: OpenVisit, _stick: Stick) -> None:
        for chosen in self.dice.sample(visit.record.notes(), min(1, len(visit.record.notes()))):
            with suppress(Refusal):
                purge(visit, chosen.id, reason=WHY)
                self.purged.add(chosen.text.encode())

    def meet(self, visit: OpenVisit, stick: Stick) -> None:
        exchange_with(visit, stick.path)

    def play(self, steps: int) -> None:
        acts: list[Callable[[OpenVisit, Stick], None]]
        acts = [self.attach, self.attach, self.note, self.purge, self.purge, self.purge_note]
        acts += [self.meet, self.meet, self.undo, self.rate]
        for self.step in range(steps):
            self.dice.choice(acts)(self.dice.choice(self.team), self.dice.choice(self.sticks))
        for stick in self.sticks * 2:
            meet_all(self.team, stick)

    def check(self) -> None:
        assert self.purged, "the days purged something"
        assert len({frozenset(known(visit)) for visit in self.team}) == 1
        assert len({digest(visit) for visit in self.team}) == 1, "one view on all"
        for visit in self.team:
            self._check_laptop(visit)
        for stick in self.sticks:
            self._check_stick(stick)

    def _check_laptop(self, visit: OpenVisit) -> None:
        finish_purges(visit)
        bodies = b"\0".join(entry.body or b"" for entry in visit.store.entries())
        assert not any(content in bodies for content in self.purged)
        verdict = verify_trail(visit)
        assert verdict.intact, verdict
        assert visit.store.projection_matches(), "rebuilt equals incremental"
        shown = digest(visit)
        visit.store.rebuild()
        assert digest(visit) == shown
        here = {content for content in self.contents.values() if visit.pieces.has(_sha256(content))}
        stands = {self.contents[e.id] for e in visit.record.exhibits() if e.pieces}
        assert not here & self.purged, "nobody holds the bytes"
        assert stands <= here, "what was not purged is all here"

    def _check_stick(self, stick: Stick) -> None:
        key = place_key(self.team[0].store)
        gone = {names.piece_name(key, _sha256(content)) for content in self.purged}
        assert not gone & {path.name for path in stick.pieces()}
        readable = words_on(stick, self.team[0])
        assert not any(content in readable for content in self.purged)


@pytest.mark.parametrize("seed", range(3))
def test_random_days_with_purges(founded: Path, tmp_path: Path, seed: int) -> None:
    """Random acts, purges, undoing and meetings on three laptops: at the end nobody holds what was purged."""
    sticks = [Stick(tmp_path / name) for name in ("one", "two")]
    for stick in sticks:
        stick.path.mkdir()
    with laptops(founded, tmp_path) as team:
        days = Days(team, sticks, random.Random(seed))
        days.play(32)
        days.check()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_all_meet_comes_to_rest_after_a_purge(team: list[OpenVisit], stick: Stick) -> None:
    exhibit = attach(team[0], MARK * 9)
    all_meet(team, stick)
    purge(team[0], exhibit, reason=WHY)
    all_meet(team, stick)
    files = stick.files()
    all_meet(team, stick)
    assert stick.files() == files


def test_a_stick_with_an_odd_name_is_told_as_it_is(team: list[OpenVisit], tmp_path: Path) -> None:
    odd = Stick(tmp_path / "{0} {x}")
    odd.path.mkdir()
    exhibit = attach(team[0], MARK * 9)
    bundle = tmp_path / "{0}.qsinx"
    write_bundle(team[0], bundle)
    exchange_with(team[0], odd.path)
    purge(team[0], exhibit, reason=WHY)
    said = purge_words(receive(team[0], bundle))
    assert any("“{0}.qsinx” still holds something that was purged (2 files)" in line for line in said), said
    assert any("2 files there held" in line for line in purge_words(exchange_with(team[0], odd.path)))
