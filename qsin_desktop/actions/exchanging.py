"""Hand over and receive: by a folder that laptops share, by bundle, and a new visit from an invitation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.backing_up import back_up_first
from qsin_desktop.actions.founding import Protection
from qsin_desktop.actions.laptops import laptops
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, now, open_visit
from qsin_desktop.actions.purging import finish_purges
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.counting import count
from qsin_desktop.domain.errors import NotFound, ReadOnlyVisit
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft, Entry
from qsin_desktop.store import keys
from qsin_desktop.store.backups import first_backup
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.pieces import Pieces
from qsin_desktop.store.visit_store import VisitStore
from qsin_desktop.sync.bundle import SUFFIX, BundlePlace, writing_bundle
from qsin_desktop.sync.evidence import GIVING, TAKING, give_pieces, named_pieces, pieces_of
from qsin_desktop.sync.exchange import exchange
from qsin_desktop.sync.first import first_taken
from qsin_desktop.sync.holder import Course, envelope_for
from qsin_desktop.sync.outgoing import give_logs
from qsin_desktop.sync.place import FolderPlace, Place
from qsin_desktop.sync.refusals import AnotherVisit, ForOthers, NoInvitation
from qsin_desktop.sync.summary import Summary
from qsin_desktop.sync.witness import last_word, own_word

__all__ = [
    "GIVING",
    "TAKING",
    "Course",
    "Summary",
    "bundle_visit",
    "change_of",
    "exchange_with",
    "note_seen",
    "purge_words",
    "receive",
    "receive_new",
    "summary_words",
    "write_bundle",
]


def exchange_with(visit: OpenVisit, folder: Path, *, course: Course | None = None) -> Summary:
    """Meet colleagues at a folder: a stick, a share, a folder that a cloud client mirrors.

    May run on any thread, if `course.owner` brings what touches the visit to its own. Raises `PlaceGone`, a
    disk's refusal or `ExchangeStopped`; what came and went before that stays.
    """
    _refuse_reading(visit)
    return _met(visit, FolderPlace(folder, visit.visit_id, visit.identity.device), course)


def _met(visit: OpenVisit, place: Place, course: Course | None) -> Summary:
    """Exchange, and remove here what purges that came have left to be removed."""
    run = course or Course()
    before: int = run.owner(lambda: len(visit.store.purges))
    try:
        summary = exchange(
            visit,
            place,
            witness=lambda: note_seen(visit),
            before=lambda: back_up_first(visit),
            course=course,
        )
    finally:
        left = finish_purges(visit, owner=run.owner)
    summary.purges = run.owner(lambda: len(visit.store.purges)) - before
    if left is not None and left.waiting:
        summary.add_fault(left.waiting)
    return summary


def receive(visit: OpenVisit, bundle: Path, *, course: Course | None = None) -> Summary:
    """Take a bundle into the visit; again, or an old one, brings nothing new and does no harm."""
    _refuse_reading(visit)
    with BundlePlace(bundle) as place:
        if place.visit != visit.visit_id:
            raise AnotherVisit(bundle.name, visit.folder.title)
        summary = _met(visit, place, course)
    if summary.for_others and not summary.entries_taken:
        raise ForOthers(bundle.name)
    return summary


def is_bundle(path: Path) -> bool:
    """Whether a file says of itself that it is a bundle, in its name or at its end; it may be damaged."""
    if path.suffix.casefold() == SUFFIX:
        return True
    if not path.is_file():  # a pipe would be waited for
        return False
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 128))
            return b"qsin-bundle-" in file.read(128)
    except OSError:
        return False


def bundle_visit(bundle: Path) -> str:
    """The id of the visit that a bundle belongs to; raises the refusals of a file that is none."""
    with BundlePlace(bundle) as place:
        return place.visit


def receive_new(
    bundle: Path,
    path: Path,
    *,
    identity: Identity,
    protection: Protection,
    clock: Callable[[], datetime] = now,
    course: Course | None = None,
) -> tuple[OpenVisit, Summary]:
    """Make a visit at `path` from an invitation, under keys of this laptop's own, and open it.

    Raises `ForOthers`, `NoInvitation` and the refusals of making a visit; then nothing of it is left.
    """
    with BundlePlace(bundle) as place:
        taken = first_taken(place, identity)
        with VisitFolder.creating(path) as folder:
            data_key = _make_keys(folder, protection)
            _fill(folder, data_key, place.visit, taken, bundle.name)
            first_backup(folder, data_key, clock())
            unlocking = Unlocking(
                protection.passphrase, protection.key_file, use_keyring=protection.keyring is not None
            )
            visit = open_visit(folder.path, identity=identity, unlocking=unlocking, clock=clock, making=True)
        try:
            summary = _met(visit, place, course)
        except BaseException:
            visit.close()
            raise
    for device, entries in taken.items():
        laptop = summary.of(device)
        laptop.new, laptop.known, laptop.person = len(entries), 0, entries[-1].by
    return visit, summary


def _make_keys(folder: VisitFolder, protection: Protection) -> DataKey:
    return keys.create_keys(
        folder,
        passphrase=protection.passphrase,
        key_file=protection.key_file,
        recovery_public=protection.recovery_public,
        keyring=protection.keyring,
        cost=protection.cost,
    )


def _fill(
    folder: VisitFolder, data_key: DataKey, visit: str, taken: Mapping[str, list[Entry]], name: str
) -> None:
    store = VisitStore.create(folder.database, data_key.database_key, visit)
    try:
        store.receive(taken.values())
        if not store.authority.leads or not store.entries_for(FieldKey("visit", visit, "pack")):
            raise NoInvitation(name)
    finally:
        store.close()


def write_bundle(
    visit: OpenVisit,
    out: Path,
    *,
    person: str = "",
    course: Course | None = None,
) -> Summary:
    """Write everything to one file for the team; with `person` only what they have not said to have."""
    run = course or Course()
    summary = Summary(out.name)
    envelope = run.owner(lambda: envelope_for(visit))
    after = run.owner(lambda: seen_by(visit, person)) if person else None
    only = None if after is None else run.owner(lambda: pieces_lacking(visit, person, after))
    with writing_bundle(out, visit.visit_id, visit.identity.device) as place:
        give_logs(visit, place, envelope, run, summary, after=after)
        named = named_pieces(visit, run)
        chosen = named if only is None else [piece for piece in named if piece.sha256 in only]
        give_pieces(visit, place, envelope, run, summary, chosen)
    return summary


def seen_by(visit: OpenVisit, person: str) -> dict[str, int]:
    """How far each log is known to every laptop of a person, by their own word; raises `NotFound`."""
    if person not in {each.id for each in visit.record.people}:
        raise NotFound("team member", person)
    devices = [device for device, owner in visit.store.authority.members if owner == person]
    words = [last_word(visit.store, device) for device in devices]
    if not words or any(word is None for word in words):
        return {}
    tips = [word.value["tips"] for word in words if word is not None]
    return {device: min(seen.get(device, 0) for seen in tips) for device in visit.store.tips}


def pieces_lacking(visit: OpenVisit, person: str, after: Mapping[str, int]) -> set[str]:
    """Pieces of exhibits beyond what a person has seen, or that one of their laptops said it lacks."""
    lacking: set[str] = set()
    for device, owner in visit.store.authority.members:
        word = last_word(visit.store, device) if owner == person else None
        lacking.update(word.value["lacking"] if word else ())
    return {
        piece
        for entry in visit.store.entries_of_fields([("exhibit", "made")])
        if entry.seq > after.get(entry.device, 0) or entry.key.entity in lacking
        for piece in pieces_of(entry)
    }


def note_seen(visit: OpenVisit) -> None:
    """Say in the journal what this laptop has seen by now."""
    word = own_word(
        visit, [e.id for e in visit.record.exhibits(withdrawn=True) if not _is_here(visit.pieces, e.pieces)]
    )
    key = FieldKey("device", visit.identity.device, "seen")
    visit.write("Meet colleagues", [Draft(key, word)], lasting=True)


def change_of(summary: Summary) -> Change:
    """What an exchange changed here, for screens that are open."""
    return Change("", "Receive", tuple(sorted(summary.keys)))


def _is_here(pieces: Pieces, wanted: Iterable[str]) -> bool:
    return all(pieces.has(piece) for piece in wanted)


def _refuse_reading(visit: OpenVisit) -> None:
    if visit.read_only:
        raise ReadOnlyVisit(visit.read_only)


def summary_words(visit: OpenVisit, summary: Summary) -> list[str]:
    """The lines a person reads after an exchange."""
    lines = []
    owners = {laptop.device: laptop.person for laptop in laptops(visit)}
    named = [(owners.get(each.device) or each.person, each) for each in summary.laptops.values()]
    for person, laptop in sorted(named, key=lambda pair: (pair[0], pair[1].device)):
        name = visit.record.person_name(person) if person else f"laptop {laptop.device[:8]}"
        parts = [
            count(laptop.new, "new entry", "new entries") if laptop.new else "",
            f"{laptop.given} handed over" if laptop.given else "",
            "" if laptop.new or laptop.given else f"nothing new, {laptop.known} known already",
        ]
        lines.append(f"{name}: {', '.join(part for part in parts if part)}")
        if laptop.new and _waits(visit, laptop.device):
            lines.append("  This laptop is not confirmed; what it wrote is kept and waits until it is.")
        if laptop.forked_at and laptop.device not in visit.store.authority.cuts:
            lines.append(
                f"  Two laptops write under one key of {name} from entry {laptop.forked_at} on; "
                "both stories are kept."
            )
        if laptop.refused:
            lines.append(f"  Refused: {laptop.refused}")
    lines.append(
        f"Evidence: {summary.pieces_taken} pieces came, {summary.pieces_given} went, "
        f"{summary.pieces_wanted} still wanted"
    )
    lines += purge_words(summary)
    lines += [summary.not_backed_up] if summary.not_backed_up else []
    lines += summary.faults
    if summary.ignored:
        lines.append(f"{count(summary.ignored, 'file', 'files')} with other names left alone")
    unknown = len(visit.store.unknown_entries()) if summary.entries_taken else 0
    if unknown:
        lines.append(
            f"{count(unknown, 'entry', 'entries')} of a newer version of QSIN Desktop: kept and handed on, "
            "not shown"
        )
    if summary.tidied:
        lines.append(f"{count(summary.tidied, 'file', 'files')} that stood there twice removed")
    if summary.agrees is False:
        lines.append("A colleague's program sees this visit differently; both should use the same version.")
    return lines


def purge_words(summary: Summary) -> list[str]:
    """What was purged with it, here and there, and what a person has to delete."""
    files = [count(n, "file", "files") for n in (summary.purged_there, summary.purged_held)]
    came = count(summary.purges, "purge", "purges")
    told = (
        (
            summary.purges,
            f"{came} came: what they name is gone here too.",
        ),
        (summary.purged_there, f"{files[0]} there held something that was purged and was cleaned."),
        (
            summary.purged_held,
            f"“{summary.place}” still holds something that was purged ({files[1]}). Delete it.",
        ),
        (
            summary.purged_unread,
            "Files there made for other laptops may hold something purged; who can read them cleans them.",
        ),
    )
    return [words for number, words in told if number]


def _waits(visit: OpenVisit, device: str) -> bool:
    return device not in {known for known, _ in visit.store.authority.members}
