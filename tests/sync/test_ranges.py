from __future__ import annotations

import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Entry
from qsin_desktop.sync import ranges
from qsin_desktop.sync.envelope import Envelope, Unreadable, bech32, recipient_of
from qsin_desktop.sync.ranges import packed, stretches, unpacked
from qsin_desktop.sync.refusals import RangeRefused
from tests.founding import ME, PEER
from tests.journal.laptops import Laptop, team
from tests.sync.team import STRANGER


def log(length: int = 5) -> list[Entry]:
    laptop: Laptop = team(1)[0]
    for number in range(length):
        laptop.write(FieldKey("finding", "f", "gap"), f"gap {number}")
    return laptop.own_log


LOG = log()


def test_a_range_comes_back_as_it_was() -> None:
    assert unpacked(packed(LOG)) == LOG


def test_a_purged_body_comes_back_as_none() -> None:
    from dataclasses import replace

    purged = [LOG[0], replace(LOG[1], body=None), *LOG[2:]]
    assert unpacked(packed(purged)) == purged


def test_a_log_is_cut_into_stretches_that_a_file_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "MOST_ENTRIES", 2)
    assert [len(part) for part in stretches(LOG)] == [2, 2, 2]
    monkeypatch.setattr(ranges, "MOST_ENTRIES", 2_000)
    monkeypatch.setattr(ranges, "_USUAL_BYTES", 1_500)
    assert [entry for part in stretches(LOG) for entry in part] == LOG
    assert len(list(stretches(LOG))) > 1


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = zlib.compress(bytes(100 << 20), 9)
    assert len(bomb) < 200_000
    with pytest.raises(RangeRefused, match="larger than 32 MiB"):
        unpacked(bomb)


def test_too_many_entries_are_refused() -> None:
    raw = zlib.decompress(packed(LOG[:1]))
    with pytest.raises(RangeRefused, match="more than 2,000"):
        unpacked(zlib.compress(raw * 2_001))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cut short"),
        (b"no zlib", "damaged"),
        (zlib.compress(b""), "empty"),
        (zlib.compress(b"\0" * 5), "middle"),
        (zlib.compress(struct.pack(">II", 9_000, 5) + bytes(9_100)), "too large"),
        (zlib.compress(struct.pack(">II", 10, 1 << 20) + bytes(100)), "too large"),
        (zlib.compress(struct.pack(">II", 10, 10) + bytes(50)), "middle"),
        (zlib.compress(struct.pack(">II", 10, 10) + bytes(84)), "head cannot be read"),
        (packed(LOG) + b"x", "after its end"),
        (packed(LOG)[:-1], "cut short"),
    ],
)
def test_what_is_no_range_is_refused_with_a_reason(content: bytes, words: str) -> None:
    with pytest.raises(RangeRefused, match=words):
        unpacked(content)


@given(st.binary(max_size=400))
def test_random_bytes_only_ever_give_the_refusal(content: bytes) -> None:
    for given_ in (content, zlib.compress(content)):
        with pytest.raises(RangeRefused):
            unpacked(given_)


# ---- encryption -------------------------------------------------------------------------------------

SEALED = Envelope(ME, [PEER.device]).sealed(b"for two laptops")


def test_each_of_the_team_opens_it_and_nobody_else() -> None:
    for laptop in (ME, PEER):
        assert Envelope(laptop, ()).opened(SEALED) == b"for two laptops"
    with pytest.raises(Unreadable) as refused:
        Envelope(STRANGER, ()).opened(SEALED)
    assert refused.value.for_others


def test_the_recipient_of_a_laptop_is_what_age_itself_makes_of_its_secret() -> None:
    import pyrage

    for laptop in (ME, PEER, STRANGER):
        secret = bech32("age-secret-key-", laptop.box_secret()).upper()
        assert str(pyrage.x25519.Identity.from_str(secret).to_public()) == recipient_of(laptop.device)


@pytest.mark.parametrize("device", ["", "zz" * 32, "00" * 32, "01" + "00" * 31, "ff" * 32, "ab" * 31])
def test_a_name_that_is_no_key_has_no_recipient(device: str) -> None:
    assert recipient_of(device) is None
    assert Envelope(ME, [device]).opened(Envelope(ME, [device]).sealed(b"x")) == b"x"


def test_one_byte_flipped_anywhere_in_a_sealed_file_is_noticed() -> None:
    envelope = Envelope(PEER, ())
    for at in range(len(SEALED)):
        damaged = bytearray(SEALED)
        damaged[at] ^= 1 + random.Random(at).randrange(255)
        with pytest.raises(Unreadable):
            envelope.opened(bytes(damaged))
    for cut in range(len(SEALED)):
        with pytest.raises(Unreadable):
            envelope.opened(SEALED[:cut])
    with pytest.raises(Unreadable):
        envelope.opened(SEALED + b"\0")


@given(st.binary(max_size=300))
def test_random_bytes_are_no_sealed_file(content: bytes) -> None:
    for given_ in (content, SEALED[:60] + content):
        with pytest.raises(Unreadable):
            Envelope(ME, ()).opened(given_)
