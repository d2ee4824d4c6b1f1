from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal import strict_json
from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import MAX_BODY, Entry, EntryRefused, read_entry
from tests.journal.laptops import Laptop, team

KEY = FieldKey("rating", "IN-301.a|site|", "rating")


def written(count: int = 3) -> tuple[Laptop, list[Entry]]:
    lead = team(2)[0]
    for number in range(count):
        lead.write(KEY, {"rating": "met", "reason": f"reason {number} ✓"})
    return lead, lead.own_log


LEAD_LAPTOP, LOG = written()


def test_an_entry_is_read_back_as_it_was_written() -> None:
    entry = LOG[-1]
    again = read_entry(entry.head, entry.sig, entry.body)
    assert again == entry
    assert again.value == {"rating": "met", "reason": "reason 2 ✓"}
    assert again.signed_by_device()


def test_without_its_body_the_chain_still_checks() -> None:
    purged = [read_entry(e.head, e.sig, None) for e in LOG]
    check_range(
        purged, visit=LEAD_LAPTOP.visit, device=LEAD_LAPTOP.key.device, after=0, tip="", every_signature=True
    )
    assert purged[-1].value is None


@given(st.data())
def test_one_flipped_byte_anywhere_is_refused(data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(LOG) - 1))
    entry = LOG[which]
    parts = [entry.head, entry.sig, entry.body or b""]
    part = data.draw(st.integers(0, 2))
    place = data.draw(st.integers(0, len(parts[part]) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    changed = bytearray(parts[part])
    changed[place] ^= bit
    parts[part] = bytes(changed)
    with pytest.raises(EntryRefused):
        _check([*LOG[:which], parts, *LOG[which + 1 :]])


def _check(log: list[Entry | list[bytes]]) -> None:
    read = [entry if isinstance(entry, Entry) else read_entry(*entry) for entry in log]
    device = LEAD_LAPTOP.key.device
    check_range(read, visit=LEAD_LAPTOP.visit, device=device, after=0, tip="", every_signature=True)


@given(st.binary(max_size=400), st.binary(max_size=80), st.none() | st.binary(max_size=200))
def test_random_bytes_give_the_refusal_and_nothing_else(head: bytes, sig: bytes, body: bytes | None) -> None:
    with pytest.raises(EntryRefused):
        read_entry(head, sig, body)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(sorted(json.loads(LOG[0].head))),
)
def test_a_head_with_any_other_value_in_a_field_is_refused_or_reads_as_that_value(
    value: Any, name: str
) -> None:
    head = {**json.loads(LOG[0].head), name: value}
    try:
        entry = read_entry(strict_json.dumps(head), LOG[0].sig, None)
    except EntryRefused:
        return
    assert not entry.signed_by_device() or entry.head == LOG[0].head


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b"\xff\xfe",
        b"[" * 50 + b"]" * 50,
        b"[" * 100_000,
    ],
)
def test_json_of_odd_form_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json.loads(text)


def test_a_text_larger_than_the_journal_takes_is_refused_when_written() -> None:
    lead = team(2)[0]
    with pytest.raises(EntryRefused, match="larger than 512 KiB"):
        lead.write(FieldKey("note", "n", "text"), "x" * (MAX_BODY + 1))
    assert not any(e.key.type == "note" for e in lead.known.values())


def broken_logs() -> list[tuple[str, list[Entry]]]:
    _other, other_log = written(1)
    return [
        ("a gap", [*LOG[:1], *LOG[2:]]),
        ("swapped", [LOG[1], LOG[0], *LOG[2:]]),
        ("twice", [LOG[0], LOG[0]]),
        ("another's entry in between", [LOG[0], other_log[0], *LOG[2:]]),
        ("begins late", LOG[1:]),
    ]


@pytest.mark.parametrize(
    ("what", "log"), broken_logs(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_log_that_is_no_unbroken_run_is_refused(what: str, log: list[Entry]) -> None:
    with pytest.raises(EntryRefused):
        check_range(log, visit=LEAD_LAPTOP.visit, device=LEAD_LAPTOP.key.device, after=0, tip="")


def test_entries_of_another_visit_or_laptop_are_refused() -> None:
    with pytest.raises(EntryRefused, match="another visit"):
        check_range(LOG, visit="0" * 32, device=LEAD_LAPTOP.key.device, after=0, tip="")
    with pytest.raises(EntryRefused, match="another laptop"):
        check_range(LOG, visit=LEAD_LAPTOP.visit, device="0" * 64, after=0, tip="")
