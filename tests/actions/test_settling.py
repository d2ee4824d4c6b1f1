from __future__ import annotations

import pytest

from qsin_desktop.actions.laptops import laptops
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import confirm_device, set_facts
from qsin_desktop.actions.rating import rate
from qsin_desktop.actions.settling import NotByTaking, field_words, take_side
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import NotFound
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.store.identity import Identity
from tests.founding import ME, PEER, copy_of, opened


def meet(visit: OpenVisit, colleague: OpenVisit) -> None:
    take_from(visit, colleague)
    take_from(colleague, visit)


@pytest.mark.parametrize("side", [0, 1])
def test_either_of_two_texts_can_be_kept(visit: OpenVisit, colleague: OpenVisit, side: int) -> None:
    set_facts(visit, {"scope": "Mine"})
    set_facts(colleague, {"scope": "Theirs"})
    meet(visit, colleague)
    (conflict,) = visit.record.conflicts
    chosen = conflict.sides[side]
    take_side(visit, conflict, chosen.entry)
    assert visit.record.conflicts == ()
    assert visit.record.facts.scope == chosen.value
    meet(visit, colleague)
    assert colleague.record.facts.scope == chosen.value
    History(visit).undo()
    assert len(visit.record.conflicts) == 1


def test_an_opinion_is_not_settled_by_taking_a_side(visit: OpenVisit, colleague: OpenVisit) -> None:
    rate(visit, criterion="IN-101.a", rating="met")
    rate(colleague, criterion="IN-101.a", rating="partly-met", reason="Half")
    meet(visit, colleague)
    (conflict,) = visit.record.conflicts
    with pytest.raises(NotByTaking):
        take_side(visit, conflict, conflict.sides[0].entry)


def test_a_disagreement_that_is_over_is_refused(visit: OpenVisit, colleague: OpenVisit) -> None:
    set_facts(visit, {"scope": "Mine"})
    set_facts(colleague, {"scope": "Theirs"})
    meet(visit, colleague)
    (conflict,) = visit.record.conflicts
    take_side(visit, conflict, conflict.sides[0].entry)
    with pytest.raises(NotFound):
        take_side(visit, conflict, conflict.sides[1].entry)


def test_fields_in_words() -> None:
    assert field_words(FieldKey("visit", "v", "not_covered")) == "not covered"
    assert field_words(FieldKey("finding", "f", "gap")) == "gap of a finding"
    assert field_words(FieldKey("visit", "v", "ends")) == "last day"


def test_laptops_that_wait_come_first_and_are_told_apart(visit: OpenVisit, founded: object) -> None:
    stranger = Identity.from_seed(b"a new laptop", "3" * 32, "Tom Technical")
    with opened(copy_of(visit.folder.path, visit.folder.path.parent / "third"), stranger) as third:
        rate(third, criterion="IN-101.a", rating="met")
        take_from(visit, third)
    first, *rest = laptops(visit)
    assert (first.person, first.confirmed, first.entries, first.mine) == ("3" * 32, False, 1, False)
    assert len(first.short) == 9
    assert {(x.person, x.mine) for x in rest} == {(ME.person, True)}
    assert visit.record.ratings == {}
    confirm_device(visit, device=first.device, person=first.person)
    assert all(laptop.confirmed for laptop in laptops(visit))
    assert len(visit.record.ratings) == 1


def test_ones_own_laptop_is_listed_before_it_wrote_anything(colleague: OpenVisit) -> None:
    own = [laptop for laptop in laptops(colleague) if laptop.mine]
    assert [(x.device, x.entries, x.confirmed) for x in own] == [(PEER.device, 0, True)]
