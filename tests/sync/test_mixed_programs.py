"""A laptop with an older program keeps, relays and counts what it does not understand, and may not seal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from qsin_desktop.actions.closing import closing_points
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.sealing import CannotSeal, seal
from qsin_desktop.actions.team_state import team_state
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.journal.fields import FIELDS, Field, Kind
from tests.founding import opened
from tests.sync.team import TECH, Stick, digest, known, laptops, meet
from tests.sync.test_exchange import rate

NEW = FieldKey("weather", "today", "told")


@contextmanager
def newer_program() -> Iterator[None]:
    """One that knows a field more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(
            FIELDS, ("weather", "told"), Field(Kind.SHARED, lambda value: isinstance(value, str), must=True)
        )
        yield


def tell(visit: OpenVisit, words: str) -> None:
    with newer_program():
        visit.write("Tell the weather", [Draft(NEW, words)])


def test_unknown_entries_are_kept_relayed_and_counted_and_bar_a_seal(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as (lead, peer, tech):
        tell(peer, "rain")
        rate(peer)
        meet(peer, stick)
        for path in stick.logs():
            if path.parent.name != peer.identity.device[:16]:
                path.unlink()
        meet(tech, stick)
        second = Stick(tmp_path / "second")
        second.path.mkdir()
        meet(tech, second)
        meet(lead, second)
        assert known(peer) <= known(lead), "relayed by a program that does not know them"
        assert team_state(lead).unknown == 1
        assert [p.kind for p in closing_points(lead) if p.blocks] == ["newer"]
        with pytest.raises(CannotSeal, match="newer version"):
            seal(lead, in_spite_of="Tried on a young visit")
        assert lead.record.ratings, "what it does know it shows"


def test_an_older_reader_after_its_upgrade_is_as_a_newer_one(
    founded: Path, tmp_path: Path, stick: Stick
) -> None:
    with laptops(founded, tmp_path) as (lead, peer, _):
        tell(peer, "rain")
        meet(peer, stick)
        meet(lead, stick)
        path, older = lead.folder.path, digest(lead)
        rate(peer)
        meet(peer, stick)
    with newer_program(), opened(path) as upgraded, laptops(founded, tmp_path / "n", TECH) as (newer,):
        for _ in range(3):
            meet(upgraded, stick)
            meet(newer, stick)
        assert digest(upgraded) == digest(newer), "as if it had been the newer program all along"
        stands: tuple[Any, ...] = upgraded.record.standing(NEW)
        assert [one.value for one in stands] == ["rain"]
        assert upgraded.store.projection_matches()
        assert digest(upgraded) != older
    with opened(path) as back:
        assert back.store.projection_matches(), "an older program finds anew what it knows"


def test_nothing_is_found_anew_when_the_program_is_the_same(founded: Path, tmp_path: Path) -> None:
    with laptops(founded, tmp_path) as team:
        assert not team[0].store.catch_up()
