"""A visit holds its own copy of the template, which travels, is undone, and cannot change under a seal."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qsin_desktop.actions import sealing, templates
from qsin_desktop.actions.choosing import find_pack
from qsin_desktop.actions.founding import Protection, found_visit
from qsin_desktop.actions.meeting import take_from
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.reporting import DocumentKind, draw, take_snapshot
from qsin_desktop.actions.trail import trail_rows
from qsin_desktop.actions.undo import History
from qsin_desktop.domain.errors import VisitSealed
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.templates import PLAIN, ReportTemplate
from qsin_desktop.journal.entry import Draft
from qsin_desktop.packs.templates import TemplateRefused
from tests.founding import ME, new_visit


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    folder.mkdir()
    text = "body: Our Body\ncolours: {accent: '#6A1B5E'}\ntexts: {closing: Appeals go to the board.}\n"
    (folder / "template.yaml").write_text(text, encoding="utf-8")
    return folder


def body(visit: OpenVisit) -> str:
    return templates.template_of(visit.record).body


def test_the_copy_outlives_its_folder_and_reaches_the_team(
    visit: OpenVisit, colleague: OpenVisit, ours: Path
) -> None:
    assert templates.choose_template(visit, ours).name == "Use the report template of Our Body"
    shutil.rmtree(ours)
    take_from(colleague, visit)
    for laptop in (visit, colleague):
        template = take_snapshot(laptop).template
        assert (template.accent, template.text("closing")) == ("#6A1B5E", "Appeals go to the board.")
    row = next(row for row in trail_rows(visit) if row.field == "template")
    assert row.after.startswith("name: Our Body; hash: ")
    assert "packed" not in row.after


def test_two_laptops_draw_the_same_words(
    visit: OpenVisit, colleague: OpenVisit, ours: Path, tmp_path: Path
) -> None:
    templates.choose_template(visit, ours)
    take_from(colleague, visit)
    drawn = []
    for name, laptop in (("a", visit), ("b", colleague)):
        out = tmp_path / f"{name}.pdf"
        draw(take_snapshot(laptop), DocumentKind.REPORT, out)
        drawn.append(out.stat().st_size)
    assert abs(drawn[0] - drawn[1]) < 40  # the moment they were made is all that differs


def test_choosing_dropping_and_undoing(visit: OpenVisit, ours: Path) -> None:
    templates.choose_template(visit, ours)
    assert not templates.choose_template(visit, ours).keys
    templates.drop_template(visit)
    assert templates.template_of(visit.record) is PLAIN
    assert not templates.drop_template(visit).keys
    History(visit).undo()
    assert body(visit) == "Our Body"
    (ours / "template.yaml").write_text("body: New Body\n", encoding="utf-8")
    templates.choose_template(visit, ours)
    assert body(visit) == "New Body"


def test_without_its_own_the_report_is_drawn_by_the_template_of_its_pack(tmp_path: Path, ours: Path) -> None:
    pack = replace(find_pack("qsin-outline"), template=ReportTemplate("p", "Body of the pack"))
    new = replace(new_visit(), pack=pack)
    key = tmp_path / "v.key"
    with found_visit(tmp_path / "v.qsin", new, identity=ME, protection=Protection(key_file=key)) as visit:
        assert take_snapshot(visit).template.body == "Body of the pack"
        assert not templates.is_own_template(visit.record)
        assert not templates.drop_template(visit).keys
        templates.choose_template(visit, ours)
        assert (body(visit), templates.is_own_template(visit.record)) == ("Our Body", True)
        templates.drop_template(visit)
        assert body(visit) == "Body of the pack"
    with open_visit(tmp_path / "v.qsin", identity=ME, unlocking=Unlocking(key_file=key)) as visit:
        assert body(visit) == "Body of the pack"


def test_the_last_chosen_stands_where_two_choose_and_is_no_disagreement(
    visit: OpenVisit, colleague: OpenVisit, ours: Path
) -> None:
    templates.choose_template(visit, ours)
    (ours / "template.yaml").write_text("body: Other Body\n", encoding="utf-8")
    templates.choose_template(colleague, ours)
    take_from(visit, colleague)
    take_from(colleague, visit)
    assert body(visit) == body(colleague)
    assert visit.record.conflicts == ()


def test_a_bad_one_changes_nothing(visit: OpenVisit, ours: Path, tmp_path: Path) -> None:
    templates.choose_template(visit, ours)
    (ours / "template.yaml").write_text("body: ''\n", encoding="utf-8")
    for folder in (ours, tmp_path / "nowhere"):
        with pytest.raises(TemplateRefused):
            templates.choose_template(visit, folder)
    assert body(visit) == "Our Body"


def test_not_under_a_seal(visit: OpenVisit, ours: Path) -> None:
    sealing.seal(visit, in_spite_of="To try the seal.")
    with pytest.raises(VisitSealed):
        templates.choose_template(visit, ours)


@pytest.mark.parametrize("packed", ["", "%%%", "AAAA"])
def test_a_copy_that_cannot_be_read_is_told_and_replaced(visit: OpenVisit, ours: Path, packed: str) -> None:
    value = {"name": "Theirs", "hash": "0" * 64, "packed": packed}
    visit.write("Use", [Draft(FieldKey("visit", visit.visit_id, "template"), value)])
    with pytest.raises(templates.TemplateDamaged):
        take_snapshot(visit)
    templates.choose_template(visit, ours)
    assert body(visit) == "Our Body"
