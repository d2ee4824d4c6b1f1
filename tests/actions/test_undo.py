from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qsin_desktop.actions import evidence, findings, notes, planning, rating
from qsin_desktop.actions.evidence import Target
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.undo import ChangedSince, History
from qsin_desktop.domain.errors import NothingToUndo, Refusal
from qsin_desktop.domain.evidence import NoteKind, SeenDocument
from tests.founding import opened

B = "IN-301.b"


def shown(visit: OpenVisit) -> dict[object, object]:
    """Everything that stands, by value: what a person would see."""
    return {
        key: sorted((s.by, repr(s.value)) for s in stands) for key, stands in visit.store.standing() if stands
    }


def last_note(visit: OpenVisit) -> str:
    found = visit.record.notes()
    return found[-1].id if found else "none"


def last_finding(visit: OpenVisit) -> str:
    found = visit.record.findings()
    return found[-1].id if found else "none"


def last_link(visit: OpenVisit) -> str:
    found = visit.record.links()
    return found[-1].id if found else "none"


ACTS: dict[str, Callable[[OpenVisit, int], object]] = {
    "rate": lambda v, n: rating.rate(
        v, criterion=B, rating=("met", "partly-met", "not-met")[n], reason=f"{n}"
    ),
    "clear": lambda v, n: rating.clear_rating(v, criterion=B),
    "note": lambda v, n: notes.add_note(v, criterion=B, kind=NoteKind.INTERVIEW, text=f"note {n}", heard="A"),
    "write": lambda v, n: notes.write_note(v, note=last_note(v), text=f"text {n}"),
    "take back": lambda v, n: notes.take_back_note(v, note=last_note(v)),
    "finding": lambda v, n: findings.raise_finding(v, criteria=[B], grade="mandatory", gap=f"gap {n}"),
    "gap": lambda v, n: findings.write_finding(v, finding=last_finding(v), part="gap", text=f"gap {n}"),
    "withdraw": lambda v, n: findings.withdraw_finding(v, finding=last_finding(v), reason=f"{n}"),
    "seen": lambda v, n: evidence.add_seen(v, SeenDocument(title=f"Log {n}"), [Target(criterion=B)]),
    "uncite": lambda v, n: evidence.uncite(v, link=last_link(v)),
    "flag": lambda v, n: planning.set_flag(v, criterion=B, flagged=n > 0, words=f"{n}"),
    "site": lambda v, n: planning.add_site(v, name=f"Site {n}"),
    "fact": lambda v, n: planning.set_facts(v, {"scope": f"scope {n}"}),
}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(script=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 2)), min_size=4, max_size=14))
def test_undo_after_a_restart_brings_back_each_earlier_view(
    script: list[tuple[str, int]], folder: Path, tmp_path: Path
) -> None:
    place = tmp_path / "again" / folder.name
    shutil.rmtree(place.parent, ignore_errors=True)
    shutil.copytree(folder, place)
    shutil.copy(folder.with_name(f"{folder.name}.key"), place.with_name(f"{place.name}.key"))
    views = []
    with opened(place) as visit:
        for name, number in script:
            before, acts = shown(visit), len(visit.acts)
            try:
                ACTS[name](visit, number)
            except Refusal:
                continue
            if len(visit.acts) > acts:
                views.append(before)
            visit.end_typing()
        last = shown(visit)
    with opened(place) as visit:
        history = History(visit)
        for before in reversed(views):
            history.undo()
            assert shown(visit) == before
        with pytest.raises(NothingToUndo):
            history.undo()
    with opened(place) as visit:
        history = History(visit)
        for after in [*views[1:], last] if views else []:
            history.redo()
            assert shown(visit) == after
        with pytest.raises(NothingToUndo):
            history.redo()
        digest = visit.store.projection_digest()
        visit.store.rebuild()
        assert visit.store.projection_digest() == digest


def test_each_act_carries_its_name(visit: OpenVisit) -> None:
    rating.rate(visit, criterion=B, rating="met")
    findings.raise_finding(visit, criteria=[B], grade="mandatory")
    history = History(visit)
    assert history.undo_name == "Raise F-001"
    history.undo()
    assert (history.undo_name, history.redo_name) == ("Rate IN-301 b: Met", "Raise F-001")


def test_a_new_act_ends_what_could_be_redone(visit: OpenVisit) -> None:
    history = History(visit)
    rating.rate(visit, criterion=B, rating="met")
    history.undo()
    rating.rate(visit, criterion=B, rating="not-met", reason="so")
    assert history.redo_name == ""


def test_founding_and_sealing_are_not_undone(visit: OpenVisit) -> None:
    with pytest.raises(NothingToUndo):
        History(visit).undo()


def test_numbers_are_not_given_twice_after_undo(visit: OpenVisit) -> None:
    findings.raise_finding(visit, criteria=[B], grade="mandatory")
    History(visit).undo()
    change = findings.raise_finding(visit, criteria=[B], grade="mandatory")
    assert visit.record.finding(change.entity).number == "F-002"  # type: ignore[union-attr]


def test_what_a_colleague_changed_since_is_not_undone(visit: OpenVisit, colleague: OpenVisit) -> None:
    change = findings.raise_finding(visit, criteria=[B], grade="mandatory", gap="mine")
    findings.write_finding(visit, finding=change.entity, part="gap", text="mine again")
    take_from(colleague, visit)
    findings.write_finding(colleague, finding=change.entity, part="gap", text="theirs")
    take_from(visit, colleague)
    with pytest.raises(ChangedSince, match="Ada Assessor"):
        History(visit).undo()
    assert visit.record.findings()[0].gap == "theirs"


def test_undoing_a_settlement_brings_the_disagreement_back(visit: OpenVisit, colleague: OpenVisit) -> None:
    rating.rate(visit, criterion=B, rating="met")
    rating.rate(colleague, criterion=B, rating="not-met", reason="so")
    take_from(visit, colleague)
    rating.settle(visit, criterion=B, rating="met", reason="enough")
    assert not visit.record.conflicts
    History(visit).undo()
    assert len(visit.record.conflicts) == 1
