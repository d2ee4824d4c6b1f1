"""Commands that rearrange a visit or make one, and what must hold when the power went in the middle of it.

A scene's `look` is given the laptop as it is found, and whether the command had ended well before. It yields
a sentence for each thing that is lost.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qsin_desktop.actions.exchanging import receive, write_bundle
from qsin_desktop.actions.founding import Protection, found_visit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.repairing import repair
from qsin_desktop.actions.restoring import restore
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.deleting import finish_deletion, is_being_deleted
from qsin_desktop.store.keys_file import KEYS_NAME, read_keys
from tests.faults.exchanging_again import differences_after
from tests.faults.looking import what_is_lost
from tests.faults.visits import LARGE, Laptop
from tests.founding import CHEAP, ME, PASSPHRASE, PEER, new_visit, opened

NEW_PASSPHRASE = "five other plain words here"
Look = Callable[[Laptop, bool], Iterator[str]]


def _nothing(_: Laptop) -> None:
    pass


@dataclass(frozen=True)
class Scene:
    words: Callable[[Laptop], list[str]]
    look: Look
    prepare: Callable[[Laptop], object] = _nothing
    environment: dict[str, str] = field(default_factory=dict)


def _whole(laptop: Laptop) -> Iterator[str]:
    yield from what_is_lost(laptop, (), 0.0)


# ---- making one -----------------------------------------------------------------------------------------


def _made(laptop: Laptop) -> Path:
    return laptop.visit.parent / "Second visit 2026.qsin"


def _key_of_made(laptop: Laptop) -> Path:
    return laptop.folder / "second.key"


def _new(laptop: Laptop) -> list[str]:
    words = ["--key-file", str(_key_of_made(laptop)), "new", str(_made(laptop))]
    return [*words, "--network", "Second visit", "--pack", "qsin-outline", "--assessor", ME.name]


def _after_new(laptop: Laptop, ended: bool) -> Iterator[str]:
    path, key_file = _made(laptop), _key_of_made(laptop)
    if (opens := _opens(path, key_file)) or not ended:
        if not opens:  # the person does it again
            protection = Protection(key_file=key_file, cost=CHEAP)
            try:
                found_visit(path, new_visit(), identity=ME, protection=protection).close()
            except Refusal as refusal:
                yield f"it cannot be made again: {refusal.sentence}"
    else:
        yield "the new visit does not open"
    yield from _whole(laptop)


def _opens(path: Path, key_file: Path) -> bool:
    try:
        open_visit(path, identity=ME, unlocking=Unlocking(key_file=key_file, use_keyring=False)).close()
    except Refusal:
        return False
    return True


def _after_restore(laptop: Laptop, ended: bool) -> Iterator[str]:
    path = _made(laptop)
    opens = _opens(path, path.with_name(f"{path.name}.key"))
    if ended and not opens:
        yield "the restored visit does not open"
    if not opens:
        try:
            restore(laptop.visit, path, identity=ME, unlocking=Unlocking(use_keyring=False))
        except Refusal as refusal:
            yield f"it cannot be restored again: {refusal.sentence}"
    else:
        with opened(path) as visit:
            for exhibit in visit.record.exhibits():
                if visit.pieces.check(exhibit.pieces) != "here":
                    yield f"exhibit {exhibit.number} did not come along whole"
    yield from _whole(laptop)


# ---- its keys -------------------------------------------------------------------------------------------


def _after_passphrase(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _whole(laptop)
    fits = [words for words in (PASSPHRASE, NEW_PASSPHRASE) if _fits(laptop, words)]
    if not fits:
        yield "neither the old passphrase nor the new one opens it"
    if ended and fits != [NEW_PASSPHRASE]:
        yield f"after the change these open it: {fits}"


def _fits(laptop: Laptop, words: str) -> bool:
    given = Unlocking(passphrase=words, use_keyring=False)
    try:
        open_visit(laptop.visit, identity=ME, unlocking=given, reading=True).close()
    except Refusal:
        return False
    return True


def _after_delete(laptop: Laptop, ended: bool) -> Iterator[str]:
    if laptop.visit.exists() and not is_being_deleted(laptop.visit):
        if ended:
            yield "it is still there"
        yield from _whole(laptop)
        return
    if laptop.visit.exists():
        finish_deletion(laptop.visit)
    if laptop.visit.exists():
        yield "something is left of it"
    for keys in (laptop.visit / KEYS_NAME, laptop.visit / "backups" / KEYS_NAME, laptop.key_file):
        try:
            read_keys(keys)
            yield f"its keys are left: {keys.name}"
        except Refusal:
            pass
        if keys.exists():
            yield f"{keys.name} is left"


# ---- taking away, putting together --------------------------------------------------------------------


def _after_purge(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _whole(laptop)
    with opened(laptop.visit) as visit:
        purged = bool(visit.store.purges)
        pieces = {piece for exhibit in visit.record.exhibits() for piece in exhibit.pieces}
        left = [path for path in visit.folder.exhibits.glob("??/*") if path.is_file()]
        if ended and not purged:
            yield "the purge is gone"
        if purged and len(left) > len(pieces):
            yield "bytes of what was purged are left"


def _damage(laptop: Laptop) -> None:
    """A stretch in the middle of the database is overwritten, as a failing drive does."""
    database = laptop.visit / "visit.db"
    content = bytearray(database.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 5000] = random.Random(3).randbytes(5000)
    database.write_bytes(content)
    (laptop.folder / "damaged.db").write_bytes(content)  # to compare with


def _after_repair(laptop: Laptop, ended: bool) -> Iterator[str]:
    """Cut short, it is done again."""
    kept = (laptop.folder / "damaged.db").read_bytes()
    if not ended:
        try:
            repair(laptop.visit, identity=ME, unlocking=Unlocking(use_keyring=False))
        except Refusal as refusal:
            yield f"it cannot be repaired again: {refusal.sentence}"
            return
    yield from _whole(laptop)
    with opened(laptop.visit) as visit:
        if len(visit.record.exhibits()) != 1 or len(visit.record.findings()) != 1:
            yield "what the backup and the rest of the database hold did not come back"
    if not any(path.read_bytes() == kept for path in laptop.visit.rglob("*.db*") if path.is_file()):
        yield "the damaged original was not kept"


# ---- handing over ---------------------------------------------------------------------------------------


def _bundle(laptop: Laptop) -> Path:
    return laptop.outputs / "for all.qsinx"


def _after_bundle(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _whole(laptop)
    bundle = _bundle(laptop)
    if not bundle.exists():
        if ended:
            yield "the bundle is not there"
        return
    try:
        with opened(laptop.colleague, PEER) as visit:
            receive(visit, bundle)
    except Refusal as refusal:
        yield f"half a bundle is there: {refusal.sentence}"


def _write_colleagues_bundle(laptop: Laptop) -> None:
    with opened(laptop.colleague, PEER) as visit:
        write_bundle(visit, _bundle(laptop))


def _after_receive(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _whole(laptop)
    with opened(laptop.visit) as visit:
        if ended and len(visit.record.exhibits()) < 7:
            yield "what was received is gone"
        receive(visit, _bundle(laptop))
        for exhibit in visit.record.exhibits():
            if visit.pieces.check(exhibit.pieces) != "here":
                yield f"exhibit {exhibit.number} did not come whole"


def _after_exchange(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _whole(laptop)
    yield from differences_after(laptop)


def _large(laptop: Laptop) -> Path:
    return laptop.folder / "large.csv"


def _after_attach(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _whole(laptop)
    with opened(laptop.visit) as visit:
        if ended and len(visit.record.exhibits()) != 2:
            yield "what was attached is gone"


def _after_backup(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _whole(laptop)
    if ended and len([*(laptop.visit / "backups").glob("visit-*.db")]) < 2:
        yield "the backup is gone"


def _after_backup_elsewhere(laptop: Laptop, ended: bool) -> Iterator[str]:
    yield from _after_backup(laptop, ended)
    copies = [*laptop.stick.glob("*/visit-*.db")]
    if ended and not copies:
        yield "the backup on the stick is gone"
    for copy in copies if ended else ():
        place = laptop.folder / "from the stick.qsin"
        done = restore(copy, place, identity=ME, unlocking=Unlocking(key_file=laptop.key_file))
        if done.exhibits_missing:
            yield "exhibits of the backup on the stick are gone"


def _on_visit(*words: str) -> Callable[[Laptop], list[str]]:
    return lambda laptop: [words[0], str(laptop.visit), *words[1:]]


SCENES = {
    "new": Scene(_new, _after_new),
    "restore": Scene(lambda laptop: ["restore", str(laptop.visit), str(_made(laptop))], _after_restore),
    "passphrase": Scene(
        _on_visit("passphrase"),
        _after_passphrase,
        environment={"QSIN_PASSPHRASE": PASSPHRASE, "QSIN_NEW_PASSPHRASE": NEW_PASSPHRASE},
    ),
    "delete": Scene(
        _on_visit("delete", "--confirm", new_visit().network, "--reason", "A trial."), _after_delete
    ),
    "purge": Scene(_on_visit("purge", "E-001", "--reason", "A person in it."), _after_purge),
    "repair": Scene(_on_visit("check", "--repair"), _after_repair, prepare=_damage),
    "backup": Scene(_on_visit("backup"), _after_backup),
    "backup elsewhere": Scene(
        lambda laptop: ["backup", str(laptop.visit), "--to", str(laptop.stick)], _after_backup_elsewhere
    ),
    "bundle": Scene(lambda laptop: ["bundle", str(laptop.visit), str(_bundle(laptop))], _after_bundle),
    "receive": Scene(
        lambda laptop: ["receive", str(_bundle(laptop)), "--into", str(laptop.visit)],
        _after_receive,
        prepare=_write_colleagues_bundle,
    ),
    "exchange": Scene(lambda laptop: ["exchange", str(laptop.visit), str(laptop.stick)], _after_exchange),
    "attach": Scene(
        lambda laptop: ["attach", str(laptop.visit), str(_large(laptop)), "--to", "IN-101.a"],
        _after_attach,
        prepare=lambda laptop: _large(laptop).write_bytes(random.Random(4).randbytes(LARGE)),
    ),
}
