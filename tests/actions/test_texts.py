"""Texts as they are typed or pasted, made fit to keep."""

from __future__ import annotations

import pytest

from qsin_desktop.actions.texts import kept, one_line


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [
        ("one\r\ntwo\rthree\vfour\ffive\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("bell\x07 nul\x00 del\x7f", "bell nul del"),
        ("w\u0302\ttab", "\u0175\ttab"),
        ("caf\udce9", "caf\ufffd"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
    ],
)
def test_a_text_is_kept_with_its_words_apart(typed: str, recorded: str) -> None:
    assert kept(typed, "note") == recorded


def test_a_name_of_several_lines_is_one_line() -> None:
    assert one_line("one\vtwo\n\nthree", "name") == "one two three"
