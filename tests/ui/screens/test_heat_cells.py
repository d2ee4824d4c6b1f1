from __future__ import annotations

import pytest

from qsin_desktop.actions.rating import rate
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.ui.desk import Desk
from qsin_desktop.ui.screens.heat_cells import cell_of, cells_of, columns_of, first_to_see, parts_of, rows_of


@pytest.fixture
def site(desk: Desk) -> str:
    return desk.record.sites[0].id


def test_a_standard_shows_the_worst_of_its_criteria(desk: Desk, site: str) -> None:
    standard = desk.record.pack.standard("IN-101")
    assert cell_of(desk.record, standard, Stage.SITE, site) is None
    rate(desk.visit, criterion="IN-101.a", rating="met", site=site)
    rate(desk.visit, criterion="IN-101.b", rating="partly-met", reason="Half", site=site)
    cell = cell_of(desk.record, standard, Stage.SITE, site)
    assert cell is not None
    assert (cell.sign, cell.tone, cell.mark) == (Sign.HALF, Tone.PARTLY, False)
    assert cell.words == f"worst is partly met, 2 of {len(standard.criteria)} rated"
    assert cell_of(desk.record, standard, Stage.DOCUMENTS, site) is None


def test_the_map_has_the_network_and_every_site(desk: Desk, site: str) -> None:
    rate(desk.visit, criterion="IN-101.a", rating="met", site=site)
    assert [heading.label for heading in columns_of(desk.record)] == [
        "Network",
        "Royal Wessex",
        "St Aldhelm's",
        "Harbour CDC",
    ]
    assert len(rows_of(desk.record)) == len(desk.record.pack.standards)
    assert set(cells_of(desk.record, Stage.SITE)) == {("IN-101", site), ("IN-101", NETWORK)}


def test_a_click_leads_to_what_is_not_rated_then_to_the_worst(desk: Desk, site: str) -> None:
    standard = desk.record.pack.standard("IN-101")
    first, *others = standard.criteria
    rate(desk.visit, criterion=first.code, rating="met", site=site)
    assert first_to_see(desk.record, standard, Stage.SITE, site) == others[0]
    for criterion in others:
        rate(desk.visit, criterion=criterion.code, rating="met", site=site)
    rate(desk.visit, criterion=others[-1].code, rating="not-met", reason="No", site=site)
    assert first_to_see(desk.record, standard, Stage.SITE, site) == others[-1]


def test_counts_follow_the_scale(desk: Desk) -> None:
    rate(desk.visit, criterion="IN-101.a", rating="met")
    parts, unrated = parts_of(desk.record, desk.record.pack.criteria, Stage.SITE)
    assert [part.count for part in parts] == [1, 0, 0, 0]
    assert unrated == len(desk.record.pack.criteria) - 1
