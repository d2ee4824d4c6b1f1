from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.assets import resource
from qsin_desktop.domain.people import Role
from qsin_desktop.store.identity import IDENTITY_NAME
from qsin_desktop.ui.screens.new_visit import NewVisitScreen
from qsin_desktop.ui.theme import Theme
from qsin_desktop.ui.widgets.label import Paragraph
from qsin_desktop.ui.workplace import Workplace
from tests.founding import CHEAP, ME, PASSPHRASE
from tests.ui.hands import button, click, press, type_into, visible


@pytest.fixture
def workplace(theme: Theme, tmp_path: Path) -> Iterator[Workplace]:
    home = tmp_path / "home"
    home.mkdir()
    ME.keep(home / IDENTITY_NAME)
    place = Workplace(home, theme)
    place.change_settings(lambda settings: settings.with_library(tmp_path / "lib"))
    place.arrive()
    yield place
    assert place.jobs.stop_all()


@pytest.fixture
def page(workplace: Workplace, show: Callable[[NewVisitScreen], NewVisitScreen]) -> NewVisitScreen:
    return show(NewVisitScreen(workplace, cost=CHEAP, today=lambda: date(2026, 1, 1)))


def fill(page: NewVisitScreen) -> None:
    type_into(page.facts.network, "Greater Wessex")
    type_into(page.place.passphrase, PASSPHRASE)
    type_into(page.place.again, PASSPHRASE)


def found(page: NewVisitScreen, qtbot: QtBot) -> OpenVisit:
    came: list[OpenVisit] = []
    page.founded.connect(came.append)
    click(page.found)
    qtbot.waitUntil(lambda: bool(came))
    return came[0]


def test_a_whole_visit_from_one_page(page: NewVisitScreen, qtbot: QtBot, tmp_path: Path) -> None:
    fill(page)
    type_into(page.facts.first, "8 Dec 2026")
    type_into(page.facts.last, "9 Dec 2026")
    type_into(page.facts.scope, "All modalities")
    page.sites.box.setPlainText("- Royal Wessex\n\n2. Harbour CDC\n")
    type_into(page.team.lines[0].name, "Ada Assessor")
    press("Return")
    type_into(page.team.lines[1].name, "Nell Network")
    page.team.lines[1].role.setCurrentIndex(list(Role).index(Role.NETWORK))
    page.pack.rules.setCurrentIndex(1)
    with found(page, qtbot) as visit:
        assert visit.folder.path == tmp_path / "lib" / "Greater Wessex 2026.qsin"
        facts = visit.record.facts
        assert (facts.network, facts.starts, facts.ends) == ("Greater Wessex", "2026-12-08", "2026-12-09")
        assert facts.scope == "All modalities"
        assert [site.name for site in visit.record.sites] == ["Royal Wessex", "Harbour CDC"]
        assert {(p.name, p.role) for p in visit.record.people} == {
            ("Lena Lead", Role.LEAD),
            ("Ada Assessor", Role.PEER),
            ("Nell Network", Role.NETWORK),
        }
        assert visit.rules.id == page.pack.chosen_rules.id
        assert visit.protected
        path = visit.folder.path
    open_visit(path, identity=ME, unlocking=Unlocking(PASSPHRASE, use_keyring=False)).close()


def test_the_name_alone_is_enough(page: NewVisitScreen, qtbot: QtBot) -> None:
    fill(page)
    with found(page, qtbot) as visit:
        assert visit.record.sites == ()


def test_every_refusal_stands_beside_its_box_and_nothing_typed_is_lost(page: NewVisitScreen) -> None:
    type_into(page.facts.first, "soon")
    page.sites.box.setPlainText("Harbour\nharbour")
    type_into(page.team.lines[0].organisation, "North Trust")
    type_into(page.place.passphrase, "short")
    click(page.found)
    assert "empty" in page.facts.network_field.refused
    assert "“soon” is not a day" in page.facts.first_field.refused
    assert "“harbour”" in page.sites.field.refused
    assert "name of a team member" in page.team.field.refused
    assert "at least 10" in page.place.passphrase_field.refused
    assert QApplication.focusWidget() is page.facts.network
    assert page.facts.first.text() == "soon"
    assert page.place.passphrase.text() == "short"


def test_a_mended_box_is_refused_no_longer(page: NewVisitScreen) -> None:
    click(page.found)
    type_into(page.facts.network, "G")
    assert page.facts.network_field.refused == ""


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [("9 Dec 2026", "8 Dec 2026", "before the first"), ("", "8 Dec 2026", "no first one")],
)
def test_days_in_the_wrong_order(page: NewVisitScreen, first: str, last: str, said: str) -> None:
    fill(page)
    type_into(page.facts.first, first)
    type_into(page.facts.last, last)
    click(page.found)
    assert said in page.facts.last_field.refused + page.facts.first_field.refused


def test_two_passphrases_that_differ(page: NewVisitScreen) -> None:
    fill(page)
    type_into(page.place.again, "x")
    click(page.found)
    assert "not the same" in page.place.again_field.refused


def test_too_many_sites(page: NewVisitScreen) -> None:
    fill(page)
    page.sites.box.setPlainText("\n".join(f"Site {n}" for n in range(41)))
    click(page.found)
    assert "at most 40 sites" in page.sites.field.refused


def test_the_folder_is_named_after_network_and_year(page: NewVisitScreen, tmp_path: Path) -> None:
    type_into(page.facts.network, "A/B")
    assert page.place.path == tmp_path / "lib" / "A_B 2026.qsin"
    page.facts.first.set_day(None)
    type_into(page.facts.first, "8 Dec 2027")
    press("Return")
    assert page.place.path.name == "A_B 2027.qsin"


def test_a_folder_that_cannot_be_made_is_told_beside_it(
    page: NewVisitScreen, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    workplace.asking.folder = lambda *_args, **_kw: tmp_path / "file"  # type: ignore[method-assign]
    click(page.place.change)
    fill(page)
    click(page.found)
    qtbot.waitUntil(lambda: bool(page.place.place_field.refused))
    assert page.found.isEnabled()
    assert page.facts.network.text() == "Greater Wessex"


def test_a_pack_from_a_file_with_its_errors_by_line(
    page: NewVisitScreen, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("format: 1\nid: x\ntitle: [1]\nseries: 3\n", encoding="utf-8")
    page.pack.read(broken)
    qtbot.waitUntil(page.pack.browse.isEnabled)
    assert "cannot be used" in page.pack.pack_field.refused
    assert page.pack.errors.count() > 1
    assert page.pack.errors.item(0).text().startswith("Line ")
    page.pack.read(resource("packs", "qsin-outline.yaml"))
    qtbot.waitUntil(lambda: page.pack.box.count() == 2)
    assert page.pack.pack_field.refused == ""
    assert page.pack.pack.title == "QSIN outline"


def test_the_packs_notice_and_the_rules_are_told(page: NewVisitScreen) -> None:
    said = [words.words for words in visible(page.pack, Paragraph)]
    assert any("must not be cited" in words for words in said)
    assert any("worst rating of its sites" in words for words in said)


def test_leaving_asks_only_when_something_was_typed(page: NewVisitScreen) -> None:
    left: list[bool] = []
    page.left.connect(partial(left.append, True))
    press("Escape", page)
    assert left == [True]
    type_into(page.facts.network, "G")
    press("Escape", page)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    click(button(dialog, "Stay"))
    assert left == [True]
    press("Escape", page)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    click(button(dialog, "Leave"))
    assert left == [True, True]
