from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.actions.enrolling import Card, CardWrong, card_of, read_card
from qsin_desktop.sync.words import WORDS, same_words, six_words
from tests.founding import ME, PEER


def test_the_words_are_2048_short_distinct_and_easy_to_say() -> None:
    assert len(set(WORDS)) == len(WORDS) == 2_048
    assert all(3 <= len(word) <= 8 and word.isascii() and word.isalpha() and word.islower() for word in WORDS)


def test_both_programs_show_the_same_six_words_and_others_for_other_keys() -> None:
    words = six_words([ME.device, PEER.device])
    assert words == six_words([PEER.device, ME.device])
    assert len(words.split()) == 6
    assert words != six_words([ME.device]) != six_words([PEER.device])


def test_words_are_compared_as_people_say_them() -> None:
    words = six_words([ME.device])
    assert same_words(f"  {words.title().replace(' ', ', ')} ", words)
    assert same_words(words.replace(" ", "-"), words)
    assert not same_words(" ".join(words.split()[:5]), words)
    assert not same_words("", words)


def test_a_card_comes_back_from_its_text_and_from_a_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    card = card_of(ME)
    assert Card.read(f" {card.text()}\n") == card
    assert " " not in card.text()
    path = tmp_path / "card.txt"
    path.write_text(card.text(), encoding="utf-8")
    assert read_card(str(path)) == card


@given(st.integers(0, 10_000), st.characters())
def test_a_card_with_a_wrong_sign_is_refused(at: int, sign: str) -> None:
    text = card_of(PEER).text()
    at %= len(text)
    wrong = text[:at] + sign + text[at + 1 :]
    if wrong.strip() == text:
        return
    try:
        read = Card.read(wrong)
    except CardWrong:
        return
    assert read == card_of(PEER), "the last sign of base64 may have two spellings; the card is the same"


@given(st.text(max_size=80))
def test_any_text_is_no_card(text: str) -> None:
    for given_ in (text, f"qsin-card-1.{text}"):
        with pytest.raises(CardWrong):
            Card.read(given_)
