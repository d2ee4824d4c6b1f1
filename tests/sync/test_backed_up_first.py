"""Before the work of others is taken in, the visit is backed up: seldom, cheaply, and never in the way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from qsin_desktop.actions import backing_up
from qsin_desktop.actions.exchanging import exchange_with, receive, summary_words, write_bundle
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.store.backups import EVERY, backups_of
from qsin_desktop.store.database_state import tips_in
from qsin_desktop.store.faults import DiskFull
from tests.sync.team import Stick, meet
from tests.sync.test_exchange import rate


def later(visit: OpenVisit) -> None:
    before = visit.clock
    visit.clock = lambda: before() + EVERY + timedelta(minutes=1)


def test_the_backup_holds_what_was_there_before_and_not_what_came(
    team: list[OpenVisit], stick: Stick
) -> None:
    lead, peer, _ = team
    rate(lead)
    rate(peer)
    meet(peer, stick)
    own = lead.store.tip(lead.identity.device).seq
    assert exchange_with(lead, stick.path).of(peer.identity.device).new
    backup, first = backups_of(lead.folder)
    assert tips_in(first.path, lead.data_key.database_key)[lead.identity.device] < own
    held = tips_in(backup.path, lead.data_key.database_key)
    assert held[lead.identity.device] == own
    assert peer.identity.device not in held


def test_it_is_made_at_most_every_half_an_hour_and_only_when_something_comes(
    team: list[OpenVisit], stick: Stick, tmp_path: Path
) -> None:
    lead, peer, _ = team
    exchange_with(lead, stick.path)
    assert len(backups_of(lead.folder)) == 1, "nothing came since the visit was made"
    for number, criterion in enumerate(("IN-301.a", "IN-301.b", "IN-301.c")):
        rate(peer, criterion)
        bundle = tmp_path / f"{number}.qsinx"
        write_bundle(peer, bundle)
        if number == 2:
            later(lead)
        assert receive(lead, bundle).entries_taken
        assert len(backups_of(lead.folder)) == (2 if number < 2 else 3)
    later(lead)
    receive(lead, bundle)
    assert len(backups_of(lead.folder)) == 3, "known already: nothing to be careful about"


def test_a_full_disk_stops_no_exchange_and_is_told(
    team: list[OpenVisit], stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, peer, _ = team
    rate(peer)
    meet(peer, stick)

    def full(*_: object, **__: object) -> None:
        raise DiskFull("The backup could not be written: the disk is full.")

    monkeypatch.setattr(backing_up, "make_backup", full)
    summary = exchange_with(lead, stick.path)
    assert lead.record.ratings
    assert not summary.faults
    assert "No backup could be made before this was taken in (disk full)" in summary.not_backed_up
    assert summary.not_backed_up in summary_words(lead, summary)


def test_a_person_is_named_also_of_whom_nothing_new_came(team: list[OpenVisit], stick: Stick) -> None:
    lead, peer, _ = team
    rate(peer)
    for visit in (peer, lead, peer, lead, lead):
        summary = meet(visit, stick)
    lines = summary_words(lead, summary)
    assert any(line.startswith(f"{peer.identity.name}: nothing new") for line in lines)
    assert not any(line.startswith("laptop ") for line in lines)
