"""Independent checkers find nothing in a large report, and find what was taken out of a good one."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from qsin_desktop.report.pdf import draw_report
from tests.report.make_snapshot import make_snapshot
from tests.report.pdf_checkers import errors_heard, rules_broken, rules_passed
from tests.report.pdf_damage import DAMAGES


def test_a_large_report_passes_every_rule_of_pdf_ua_1(large_report: Path) -> None:
    with pikepdf.open(large_report) as pdf:
        assert len(pdf.pages) > 200
    assert rules_broken(large_report) == []
    passed, rules = rules_passed(large_report)
    assert passed == rules >= 100


def test_a_large_report_is_pdf_a_2a_as_well(large_report: Path) -> None:
    assert rules_broken(large_report, "2a") == []
    passed, rules = rules_passed(large_report, "2a")
    assert passed == rules >= 150


def test_it_claims_level_a_and_no_other(small_report: Path) -> None:
    """PDF/A-2b and 2u ask for all that 2a asks but the letter: the one rule broken is the claim itself."""
    for profile in ("2b", "2u"):
        assert [rule.split(":")[0] for rule in rules_broken(small_report, profile)] == [
            f"PDFA{profile.upper()}-ID-CONFORMANCE-001"
        ]


def test_a_large_report_says_out_loud_what_it_shows(large_report: Path) -> None:
    assert errors_heard([large_report]) == {large_report: []}


@pytest.fixture(scope="module")
def damaged(small_report: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("damaged")
    paths = {damage.__name__: folder / f"{damage.__name__}.pdf" for damage in DAMAGES}
    for damage in DAMAGES:
        with pikepdf.open(small_report) as pdf:
            damage(pdf)
            pdf.save(paths[damage.__name__])
    return paths


def test_the_undamaged_one_is_without_fault(small_report: Path) -> None:
    assert rules_broken(small_report) == []
    assert errors_heard([small_report]) == {small_report: []}


def test_nothing_is_heard_amiss_in_the_smallest_grids(tmp_path: Path) -> None:
    drawn = []
    for criteria, sites in ((1, 0), (1, 1), (2, 2), (12, 1)):
        drawn.append(tmp_path / f"{criteria} x {sites}.pdf")
        visit = make_snapshot(criteria=criteria, sites=sites, findings=0, photos=0)
        draw_report(visit, drawn[-1])
    assert errors_heard(drawn) == {path: [] for path in drawn}


def test_page_validation_finds_each_damage_but_a_blank_alternative(damaged: dict[str, Path]) -> None:
    assert [name for name, path in damaged.items() if not rules_broken(path)] == ["empty_alt"]


def test_outloud_finds_each_damage_but_what_hangs_on_the_parent_tree(damaged: dict[str, Path]) -> None:
    heard = errors_heard(list(damaged.values()))
    assert [name for name, path in damaged.items() if not heard[path]] == [
        "lose_parent_tree",
        "unhook_a_link",
    ]
