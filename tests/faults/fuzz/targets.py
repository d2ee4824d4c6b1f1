"""What foreign bytes are fed to, with files to begin from: one row each. Only typed refusals may come out."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from qsin_desktop.domain.errors import Refusal
from tests.faults.fuzz import foreign_pictures, visit_rows
from tests.faults.fuzz.wrappings import BUNDLE, CHECKED, DEFLATED, PLAIN, WORKBOOK, Wrapping

Feed = Callable[[bytes, Path], object]


@dataclass(frozen=True)
class Target:
    """`feed(content, folder)` raises a `Refusal` or nothing; `folder` is empty and may be written in."""

    name: str
    seeds: Callable[[Path], Iterable[bytes]]
    feed: Feed
    wrapping: Wrapping = PLAIN
    most: int = 64 * 1024
    seconds: int = 20
    """What one input may take on a slow laptop."""
    by_coverage: bool = True


# ---- packs ------------------------------------------------------------------------------------------


def _pack_seeds(_folder: Path) -> list[bytes]:
    from qsin_desktop.packs.shipped import shipped_packs, shipped_rules
    from tests.packs.bad_cases import PACK, RULES

    shipped = [source.path.read_bytes() for source in (*shipped_packs(), *shipped_rules())]
    return [PACK.encode(), RULES.encode(), *shipped]


def _feed_pack(content: bytes, folder: Path) -> None:
    from qsin_desktop.packs.reading import check_file, read_pack
    from qsin_desktop.packs.yaml_writing import pack_to_yaml

    path = _file(folder, "pack.yaml", content)
    found = check_file(path)
    if found.pack is not None:  # what was taken can be written and read again
        assert read_pack(pack_to_yaml(found.pack, "again")) == found.pack


def _sheet_seeds(folder: Path) -> list[bytes]:
    from tests.packs.make_sheet import filled_in

    return [filled_in(folder / "sheet.xlsx").read_bytes()]


def _feed_sheet(content: bytes, folder: Path) -> None:
    from qsin_desktop.packs.sheets import check_sheet

    check_sheet(_file(folder, "sheet.xlsx", content))


# ---- keys and who we are ----------------------------------------------------------------------------


def _keys_seeds(folder: Path) -> list[bytes]:
    from qsin_desktop.store.folder import VisitFolder
    from qsin_desktop.store.keys import create_keys
    from tests.founding import CHEAP

    place = VisitFolder.create(folder / "V.qsin")
    words, public = "four plain words", bytes(range(32))
    create_keys(place, passphrase=words, key_file=folder / "V.key", recovery_public=public, cost=CHEAP)
    return [place.keys.read_bytes()]


def _feed_keys(content: bytes, folder: Path) -> None:
    from qsin_desktop.store import key_slots
    from qsin_desktop.store.keys_file import KdfCost, SlotKind, read_keys, write_keys

    path = _file(folder, "keys.json", content)
    keys = read_keys(path)
    for slot in keys.slots:
        if (slot.cost or KdfCost()).memory_kib > 1024:
            continue  # lawful, and slow on purpose
        match slot.kind:
            case SlotKind.PASSPHRASE:
                key_slots.open_by_passphrase(slot, keys.key_id, "four plain words")
            case SlotKind.KEY_FILE:
                key_slots.open_by_key_file(slot, keys.key_id, bytes(32))
            case SlotKind.RECOVERY:
                key_slots.open_by_recovery(slot, keys.key_id, bytes(range(1, 33)))
    write_keys(path, keys)
    assert read_keys(path) == keys


def _secret_seeds(folder: Path) -> list[bytes]:
    from qsin_desktop.store.secret_files import make_key_file, make_recovery_pair

    make_key_file(folder / "a.key")
    make_recovery_pair(folder / "private.pem", folder / "public.pem")
    make_recovery_pair(folder / "locked.pem", folder / "public2.pem", passphrase="four plain words")
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]


def _feed_secret(content: bytes, folder: Path) -> None:
    from qsin_desktop.store import secret_files as secrets

    path = _file(folder, "secret", content)
    for read in (
        secrets.read_key_file,
        secrets.read_recovery_public,
        secrets.read_recovery_private,
        lambda path: secrets.read_recovery_private(path, passphrase="four plain words"),
    ):
        with suppress(Refusal):
            read(path)


def _identity_seeds(folder: Path) -> list[bytes]:
    from qsin_desktop.store.identity import IDENTITY_NAME
    from tests.founding import ME

    ME.keep(folder / IDENTITY_NAME)
    return [(folder / IDENTITY_NAME).read_bytes()]


def _feed_identity(content: bytes, folder: Path) -> None:
    from qsin_desktop.store.identity import IDENTITY_NAME, Identity

    _file(folder, IDENTITY_NAME, content)
    found = Identity.load_or_create(folder, "Somebody")
    found.sign(b"x")


def _card_seeds(_folder: Path) -> list[bytes]:
    from qsin_desktop.actions.enrolling import Card
    from tests.founding import ME, PEER

    return [Card(each.person, each.name, each.device).text().encode() for each in (ME, PEER)]


def _feed_card(content: bytes, _folder: Path) -> None:
    from qsin_desktop.actions.enrolling import Card

    card = Card.read(content.decode("utf-8", "replace"))
    assert Card.read(card.text()) == card
    assert card.words


def _settings_seeds(_folder: Path) -> list[bytes]:
    from dataclasses import asdict

    from qsin_desktop.settings import Settings

    return [json.dumps(asdict(Settings(library="/x", recent_visits=("/a", "/b")))).encode()]


def _feed_settings(content: bytes, folder: Path) -> None:
    """Also the note of who holds a visit: both are read without a refusal, whatever is in them."""
    from qsin_desktop.settings import FILE_NAME, SettingsFile
    from qsin_desktop.store.writer_lock import WRITER_NAME, holder_of

    _file(folder, WRITER_NAME, content)
    holder = holder_of(folder)
    assert holder is None or holder.said
    _file(folder, FILE_NAME, content)
    read = SettingsFile(folder)
    settings = read.load()
    assert settings.library_folder is not None
    assert isinstance(settings.geometry_bytes, bytes)
    read.save(settings)
    assert read.load() == settings


# ---- the journal ------------------------------------------------------------------------------------


@cache
def _entries() -> tuple[tuple[bytes, bytes, bytes], ...]:
    import tempfile

    from tests.founding import found_small_visit, opened

    with tempfile.TemporaryDirectory() as place, opened(found_small_visit(Path(place) / "V.qsin")) as visit:
        entries = [entry for entry in visit.store.entries() if len(entry.body or b"") < 2_000]
        return tuple((entry.head, entry.sig, entry.body or b"") for entry in entries)


def _entry_seeds(_folder: Path) -> list[bytes]:
    return [struct.pack(">H", len(head)) + sig + head + body for head, sig, body in _entries()[:40]]


def _feed_entry(content: bytes, _folder: Path) -> None:
    from qsin_desktop.journal.entry import read_entry, stored_entry

    length = int.from_bytes(content[:2], "big")
    sig, head, body = content[2:66], content[66 : 66 + length], content[66 + length :] or None
    with suppress(Refusal):
        stored = stored_entry(head, sig, body)
        assert isinstance(stored.why, str)
    for each in (body, None):
        with suppress(Refusal):
            entry = read_entry(head, sig, each)
            assert isinstance(entry.why, str)
            entry.standing()
            entry.signed_by_device()


def _range_seeds(_folder: Path) -> list[bytes]:
    from qsin_desktop.journal.entry import read_entry
    from qsin_desktop.sync.ranges import packed

    entries = [read_entry(*each) for each in _entries()]
    return [packed(entries[:1]), packed(entries[:12]), packed(entries)]


def _feed_range(content: bytes, _folder: Path) -> None:
    from qsin_desktop.sync.ranges import packed, unpacked

    assert unpacked(packed(unpacked(content)))


@cache
def _bundle() -> bytes:
    import tempfile

    from qsin_desktop.actions.evidence import Target as To
    from qsin_desktop.actions.evidence import attach
    from qsin_desktop.actions.exchanging import write_bundle
    from tests.founding import found_small_visit, opened

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "note.txt").write_text("evidence", encoding="utf-8")
        with opened(found_small_visit(place / "V.qsin")) as visit:
            attach(visit, place / "note.txt", [To(criterion=visit.pack.criteria[0].code)])
            write_bundle(visit, place / "out.qsinx")
        return (place / "out.qsinx").read_bytes()


def _feed_bundle(content: bytes, folder: Path) -> None:
    from qsin_desktop.sync.bundle import BundlePlace
    from qsin_desktop.sync.first import first_taken
    from tests.founding import ME

    with BundlePlace(_file(folder, "b.qsinx", content)) as place:
        place.groups()
        for path in place.paths:
            place.read(path)
        first_taken(place, ME)


def _envelope_seeds(_folder: Path) -> list[bytes]:
    from qsin_desktop.sync.envelope import Envelope
    from tests.founding import ME, PEER

    return [Envelope(ME, (PEER.device,)).sealed(b"x" * 300), Envelope(PEER, ()).sealed(b"y")]


def _feed_envelope(content: bytes, _folder: Path) -> None:
    from qsin_desktop.sync.envelope import Envelope
    from tests.founding import ME

    Envelope(ME, ()).opened(content)


# ---- workbooks and pictures -------------------------------------------------------------------------


def _return_seeds(folder: Path) -> list[bytes]:
    from tests.report.returned.returning import filled_in, sent, small_visit

    path = sent(small_visit(), folder)
    blank = path.read_bytes()
    with filled_in(path) as (_, findings):
        from qsin_desktop.domain.responses import Response

        for row, column in enumerate(Response, 5):
            findings[row if row < 9 else 8, column] = "an answer"
    return [path.read_bytes(), blank]


def _feed_parsing(content: bytes, _folder: Path) -> None:
    """What the child process does, done here, so that the lines it reaches are seen."""
    from qsin_desktop.foreign_workbooks.gate import TurnedAway
    from qsin_desktop.foreign_workbooks.marks import Comparing
    from qsin_desktop.foreign_workbooks.parsing import ParsedBook
    from qsin_desktop.report.returned.book import LIMITS

    with suppress(TurnedAway):
        book = ParsedBook(content, LIMITS)
        assert isinstance(book.properties, dict)
        for title in book.titles:
            book.head(title, 60)
            list(book.rows(title))
            comparing = Comparing(["12345678"])
            for row in book.values(title, more=1):
                comparing.take(*row)
            comparing.found()
            book.hidden_rows(title)
            book.merged(title)


def _feed_return(content: bytes, folder: Path) -> None:
    from qsin_desktop.report.returned.reader import read_return

    read_return(_file(folder, "back.xlsx", content), _snapshot())


@cache
def _snapshot():  # type: ignore[no-untyped-def]  # a VisitSnapshot, imported late so that it is instrumented
    from tests.report.returned.returning import small_visit

    return small_visit()


TARGETS = {
    target.name: target
    for target in (
        Target("packs", _pack_seeds, _feed_pack),
        Target("pack-sheets", _sheet_seeds, _feed_sheet, WORKBOOK, 256 * 1024),
        Target("keys-json", _keys_seeds, _feed_keys, CHECKED, 16 * 1024),
        Target("key-files", _secret_seeds, _feed_secret, PLAIN, 16 * 1024),
        Target("identity", _identity_seeds, _feed_identity, CHECKED, 16 * 1024),
        Target("cards", _card_seeds, _feed_card, PLAIN, 4096),
        Target("settings", _settings_seeds, _feed_settings, PLAIN, 16 * 1024),
        Target("entries", _entry_seeds, _feed_entry),
        Target("ranges", _range_seeds, _feed_range, DEFLATED),
        Target("bundles", lambda _folder: [_bundle()], _feed_bundle, BUNDLE, 512 * 1024),
        Target("envelopes", _envelope_seeds, _feed_envelope),
        Target("parsing", _return_seeds, _feed_parsing, WORKBOOK, 512 * 1024),
        Target("visit-rows", visit_rows.row_seeds, visit_rows.feed_rows, PLAIN, 240),
        Target("pictures", foreign_pictures.picture_seeds, foreign_pictures.feed_picture, by_coverage=False),
        Target("workbooks", _return_seeds, _feed_return, WORKBOOK, 512 * 1024),
    )
}


def feed(target: Target, content: bytes, folder: Path) -> bool:
    """Whether it was taken; False for a refusal. Anything else that comes out is a fault found."""
    try:
        target.feed(content, folder)
    except Refusal as refusal:
        told = refusal.sentence
    else:
        return True
    assert told.strip()
    assert "\n" not in told
    return False


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
