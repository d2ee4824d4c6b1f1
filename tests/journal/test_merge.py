"""The merge rule: one view on all laptops, nothing lost, no opinion overruled but by author or lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from qsin_desktop.journal import rules
from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Entry
from qsin_desktop.journal.fields import Kind
from tests.journal.laptops import Reached
from tests.journal.scripts import CASES, run_scripts


def test_random_scripts_keep_every_property_and_reach_every_case() -> None:
    reached: Reached = Counter()
    run_scripts(250, reached)
    missing = [case for case in CASES if not reached[case]]
    assert not missing, f"no script reached: {missing}"


def _anyone_replaces(kind: Kind, new: Entry, old: Entry, _: Authority) -> bool:
    return True


def _lead_needs_no_reason_and_all_may(kind: Kind, new: Entry, old: Entry, who: Authority) -> bool:
    return kind is not Kind.SET or new.value is None


def _nobody_replaces(kind: Kind, new: Entry, old: Entry, _: Authority) -> bool:
    return False


def _set_by_anyone(kind: Kind, new: Entry, old: Entry, who: Authority) -> bool:
    return True if kind is Kind.SET else _HONEST(kind, new, old, who)


def _first_come(live: list[Entry], _: Authority) -> list[Entry]:
    return live[:1]


def _last_come(live: list[Entry], _: Authority) -> list[Entry]:
    return live[-1:]


def _all_seal(live: list[Entry], _: Authority) -> list[Entry]:
    return live


def _one_wins(live: list[Entry], who: Authority) -> list[Entry]:
    return sorted(live, key=lambda e: (e.n, e.id))[-1:]


def _undo_ignored(entries: Any, may_undo: Any) -> list[Entry]:
    return [e for e in entries if not e.undo]


def _redo_ignored(entries: Any, may_undo: Any) -> list[Entry]:
    given = list(entries)
    undone = {e.undo for e in given if e.undo}
    return [e for e in given if not e.undo and e.id not in undone]


_HONEST = rules.may_replace


def _by_kind(kind: Kind, rule: Callable[[list[Entry], Authority], list[Entry]]) -> tuple[Any, str, Any]:
    return rules, "_BY_KIND", {**rules._BY_KIND, kind: rule}


MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "anybody replaces anything": (rules, "may_replace", _anyone_replaces),
    "all may settle": (rules, "may_replace", _lead_needs_no_reason_and_all_may),
    "nobody replaces anything": (rules, "may_replace", _nobody_replaces),
    "anybody withdraws an add": (rules, "may_replace", _set_by_anyone),
    "the first to arrive is the latest": _by_kind(Kind.LATEST, _first_come),
    "the last to arrive is the latest": _by_kind(Kind.LATEST, _last_come),
    "anybody seals": _by_kind(Kind.SEAL, _all_seal),
    "one opinion wins silently": _by_kind(Kind.OPINION, _one_wins),
    "every opinion ever written stands": _by_kind(Kind.OPINION, lambda live, _: live),
    "one text wins by arrival": _by_kind(Kind.SHARED, _first_come),
    "undo has no effect": (rules, "not_taken_back", _undo_ignored),
}


@pytest.mark.parametrize("fault", MUTANTS)
def test_a_deliberate_fault_in_the_rules_is_caught(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*MUTANTS[fault])
    with pytest.raises(AssertionError):
        run_scripts(250, Counter())


def test_a_redo_that_is_ignored_shows_in_the_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "not_taken_back", _redo_ignored)
    reached: Reached = Counter()
    run_scripts(120, reached)
    assert not reached["redone"]
