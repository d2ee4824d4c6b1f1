from __future__ import annotations

from qsin_desktop.domain.counting import count


def test_a_number_stands_with_its_word() -> None:
    assert count(1, "finding") == "1 finding"
    assert count(0, "finding") == "0 findings"
    assert count(1_234, "entry", "entries") == "1,234 entries"
