from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from qsin_desktop.actions.founding import NewVisit, Protection, TeamMember, found_visit, refuse_unfit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.repairing import repair
from qsin_desktop.actions.trail import verify_trail
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import Damage, NothingToUndo, Refusal, TextMissing, TextTooLong
from qsin_desktop.domain.people import Role
from qsin_desktop.store.backups import backups_of
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.faults import DiskFull
from qsin_desktop.store.folder import CannotMakeVisit, VisitFolder
from qsin_desktop.store.visit_store import VisitStore
from tests.founding import CHEAP, ME, PASSPHRASE, Clock, key_file_of, new_visit, opened
from tests.store.makers import open_place, somebody, tree


def founded(path: Path, new: NewVisit | None = None, **protection: Any) -> None:
    given = Protection(cost=CHEAP, **(protection or {"passphrase": PASSPHRASE}))
    with found_visit(path, new or new_visit(), identity=ME, protection=given, clock=Clock()):
        pass


def test_what_was_said_is_what_stands(tmp_path: Path) -> None:
    new = new_visit()
    given = Protection(PASSPHRASE, tmp_path / "k.key", cost=CHEAP)
    with found_visit(tmp_path / "A.qsin", new, identity=ME, protection=given, clock=Clock()) as visit:
        record = visit.record
        assert (record.pack.id, record.rules.id) == ("qsin-outline", "accreditation")
        assert record.pack == replace(new.pack, rules=record.pack.rules)
        assert tuple(site.name for site in record.sites) == new.sites
        assert (record.facts.starts, record.facts.ends) == ("2026-11-24", "2026-11-25")
        assert (record.facts.scope, record.facts.issuing_body) == (new.scope, "Quality Body")
        assert record.facts.report_number == f"QN-2026-{visit.visit_id[:6].upper()}"
        assert [(p.name, p.role) for p in record.people][:2] == [
            ("Lena Lead", Role.LEAD),
            ("Ada Assessor", Role.PEER),
        ]
        assert (visit.i_lead, visit.confirmed, visit.protected, visit.read_only) == (True, True, False, "")
        assert verify_trail(visit).intact
        with pytest.raises(NothingToUndo):
            History(visit).undo()


def test_a_visit_on_its_first_day_has_a_backup_that_brings_everything_back(tmp_path: Path) -> None:
    path = tmp_path / "A.qsin"
    founded(path, key_file=key_file_of(path))
    with opened(path) as visit:
        stood = visit.store.view_digest()
        whole = visit.store.entry_count()
    assert len(backups_of(VisitFolder(path))) == 1
    with opened(path) as visit, visit.store.file.writing() as connection:
        connection.execute(text("UPDATE entries SET body = x'00' WHERE field = 'pack'"))
        connection.execute(text("DELETE FROM standing WHERE field = 'pack'"))
    with pytest.raises(Damage, match="holds no standards pack"):
        opened(path)
    assert repair(path, identity=ME).entries == whole
    with opened(path) as visit:
        assert visit.store.view_digest() == stood


def test_a_visit_is_made_also_where_its_first_backup_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("The disk is full.")

    monkeypatch.setattr("qsin_desktop.store.backups._write", full)
    founded(tmp_path / "A.qsin", key_file=key_file_of(tmp_path / "A.qsin"))
    with opened(tmp_path / "A.qsin") as visit:
        assert visit.record.sites
        assert backups_of(visit.folder) == ()


def test_each_visit_has_an_id_of_its_own_bound_to_its_founder(tmp_path: Path) -> None:
    ids = set()
    for name in "ab":
        founded(tmp_path / f"{name}.qsin", key_file=tmp_path / f"{name}.qsin.key")
        with open_visit(tmp_path / f"{name}.qsin", identity=ME, reading=True) as visit:
            ids.add(visit.visit_id)
    assert len(ids) == 2


@pytest.mark.parametrize(("count", "said"), [(1, None), (40, None), (41, "at most 40 sites")])
def test_one_to_forty_sites(count: int, said: str | None, tmp_path: Path) -> None:
    new = replace(new_visit(), sites=tuple(f"Site {n}" for n in range(count)))
    if said is None:
        founded(tmp_path / "A.qsin", new)
        assert (tmp_path / "A.qsin" / "visit.db").exists()
        return
    with pytest.raises(Refusal, match=said):
        founded(tmp_path / "A.qsin", new)


UNFIT: dict[str, tuple[dict[str, Any], type[Refusal]]] = {
    "no network": ({"network": " \n"}, TextMissing),
    "a long network": ({"network": "n" * 201}, TextTooLong),
    "a day that is none": ({"starts": "2026-02-30"}, Refusal),
    "days in the wrong order": ({"starts": "2026-11-25", "ends": "2026-11-24"}, Refusal),
    "a site twice": ({"sites": ("Ford", "FORD ")}, Refusal),
    "a site without a name": ({"sites": ("Ford", "")}, TextMissing),
    "a colleague without a name": ({"team": (TeamMember(" ", Role.PEER),)}, TextMissing),
    "a scope like a book": ({"scope": "s" * 100_001}, TextTooLong),
}


@pytest.mark.parametrize("case", UNFIT)
def test_what_cannot_be_founded_leaves_nothing(case: str, tmp_path: Path) -> None:
    changes, refusal = UNFIT[case]
    new = replace(new_visit(), **changes)
    with pytest.raises(refusal):
        founded(tmp_path / "A.qsin", new, passphrase=PASSPHRASE, key_file=tmp_path / "A.key")
    with pytest.raises(refusal):
        refuse_unfit(new, Protection(PASSPHRASE))
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "passphrase",
    [None, "short", " " * 12, "line\nbreaks in it"],
)
def test_a_visit_must_be_locked_with_something(passphrase: str | None, tmp_path: Path) -> None:
    given = Protection(passphrase, cost=CHEAP)
    with pytest.raises(Refusal, match="passphrase"):
        found_visit(tmp_path / "A.qsin", new_visit(), identity=ME, protection=given)
    assert not [*tmp_path.iterdir()]


def test_whatever_goes_wrong_in_the_middle_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(VisitStore, "append", cut_off)
    with pytest.raises(KeyboardInterrupt):
        founded(tmp_path / "A.qsin", key_file=tmp_path / "A.key")
    monkeypatch.setattr(DataKey, "random", cut_off)
    with pytest.raises(KeyboardInterrupt):
        founded(tmp_path / "A.qsin", key_file=tmp_path / "A.key")
    assert not [*tmp_path.iterdir()]


def test_a_key_file_that_was_there_stays_though_the_founding_fails(tmp_path: Path) -> None:
    founded(tmp_path / "A.qsin", key_file=tmp_path / "k.key")
    before = (tmp_path / "k.key").read_bytes()
    with pytest.raises(CannotMakeVisit):
        founded(tmp_path / "A.qsin", key_file=tmp_path / "k.key")
    assert (tmp_path / "k.key").read_bytes() == before


def test_what_lies_in_a_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "A.qsin").mkdir()
    (tmp_path / "A.qsin" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CannotMakeVisit, match="already holds something"):
        founded(tmp_path / "A.qsin")
    assert tree(tmp_path) == {"A.qsin/mine.txt"}


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_place_that_is_closed_to_us_is_told() -> None:
    with open_place() as place:
        (place / "closed").mkdir(mode=0o555)
        with somebody(), pytest.raises(Refusal, match="permission was refused"):
            founded(place / "closed" / "A.qsin")
        assert not [*(place / "closed").iterdir()]


def test_the_passphrase_opens_it_and_another_does_not(tmp_path: Path) -> None:
    founded(tmp_path / "A.qsin")
    given = Unlocking(PASSPHRASE, use_keyring=False)
    with open_visit(tmp_path / "A.qsin", identity=ME, unlocking=given) as visit:
        assert visit.protected
    with pytest.raises(Refusal, match="does not open this visit"):
        open_visit(tmp_path / "A.qsin", identity=ME, unlocking=Unlocking("another one", use_keyring=False))
