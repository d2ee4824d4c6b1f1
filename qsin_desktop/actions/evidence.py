"""Attach files, folders and pictures; record documents seen and not copied; cite exhibits."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from qsin_desktop.actions.findings import finding_named
from qsin_desktop.actions.numbering import next_number
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.outside import refuse_source, refuse_target
from qsin_desktop.actions.reinstating import WITHDRAWN, reinstating
from qsin_desktop.actions.texts import blank_to_none, kept, needed, one_line
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound, Refusal
from qsin_desktop.domain.evidence import Exhibit, SeenDocument
from qsin_desktop.domain.joiners import JOINERS
from qsin_desktop.domain.reading import PURGED_GROUP
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.journal.purging import whole_exhibit
from qsin_desktop.store.kinds import ContentKind, kind_of_file
from qsin_desktop.store.pieces import Pieces, StoredFile

Progress = Callable[[int, int | None], None]
Cancelled = Callable[[], bool]

_NAMED = 3  # places in the name of an act


@dataclass(frozen=True)
class Target:
    """Where an exhibit is cited: one of a criterion's code and a finding's id or number."""

    criterion: str = ""
    finding: str = ""


@dataclass(frozen=True)
class Prepared:
    """A file whose pieces are durable in the visit folder, ready to be named in the journal."""

    stored: StoredFile
    name: str
    kind: ContentKind


class PurgedBefore(Refusal):
    """The very bytes that were purged; another version of the picture is another file."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"This very file was purged from the visit before ({number or 'an exhibit'}), so it was not "
            "taken in again. Cover what must not be seen, save the picture as a new file and attach that."
        )


class ExhibitPurged(Refusal):
    def __init__(self, number: str) -> None:
        super().__init__(
            f"{number} was purged: nobody in the team has its bytes any more, so nothing was written."
        )


class ExhibitWithdrawn(Refusal):
    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is withdrawn, so it cannot be cited; reinstate it first.")


def prepare(
    pieces: Pieces, path: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Prepared:
    """The long part of attaching: copy, hash and encrypt. Touches no journal, so it may run on any thread."""
    refuse_source(path)
    stored = pieces.store(path, progress=progress, cancelled=cancelled)
    return _prepared(pieces, stored, path.name)


def prepare_bytes(pieces: Pieces, content: bytes, name: str) -> Prepared:
    """The same for a picture from the clipboard."""
    return _prepared(pieces, pieces.store(io.BytesIO(content), name=name), name)


def _prepared(pieces: Pieces, stored: StoredFile, name: str) -> Prepared:
    with pieces.open(stored.pieces, stored.size, name=name) as content:
        kind = kind_of_file(content, name)
    return Prepared(stored, recorded_name(name), kind)


def recorded_name(name: str) -> str:
    """The file's own name as it is recorded: nothing in it that hides or turns round what is read."""
    visible = "".join(
        ch
        for ch in unicodedata.normalize("NFC", name)
        if ch in JOINERS or unicodedata.category(ch) not in ("Cc", "Cf")
    )
    return visible.encode("utf-8", "replace").decode("utf-8") or "file"


def attach_prepared(
    visit: OpenVisit,
    prepared: Prepared,
    targets: Sequence[Target] = (),
    *,
    locator: str = "",
    caption: str = "",
) -> Change:
    """Name a prepared file in the journal and cite it; `change.entity` is the exhibit's id.

    The same bytes are one exhibit with one number, however often and under whatever name they come.
    """
    stored = prepared.stored
    known = visit.record.exhibit(stored.sha256)
    drafts = attaching_drafts(visit, prepared, targets, locator=locator, caption=caption)
    if not drafts:
        return Change("", "", (), entity=stored.sha256)
    number = known.number if known else drafts[0].value["number"]
    return visit.write(f"Attach {number}{_to_words(visit, targets)}", drafts, entity=stored.sha256)


def attaching_drafts(
    visit: OpenVisit,
    prepared: Prepared,
    targets: Sequence[Target],
    *,
    locator: str = "",
    caption: str = "",
    number: str = "",
) -> list[Draft]:
    """What naming and citing a prepared file writes, as part of an act; nothing where all is there already.

    `number` is given where several new exhibits are made in one act.
    """
    sha256 = prepared.stored.sha256
    known = visit.record.exhibit(sha256)
    _refuse_purged(visit, sha256)
    drafts: list[Draft] = []
    if known is not None and known.withdrawn:  # attached anew, it counts again
        drafts.append(reinstating(visit, FieldKey("exhibit", sha256, WITHDRAWN)))
    if known is None:
        made = _made(visit, prepared) | ({"number": number} if number else {})
        drafts.append(Draft(FieldKey("exhibit", sha256, "made"), made))
    for target in dict.fromkeys(_checked(visit, target) for target in targets):
        if known is None or not _cited(visit, known, target, locator, caption):
            drafts += _link_drafts(visit, sha256, target, locator, caption)
    return drafts


def attach(
    visit: OpenVisit,
    path: Path,
    targets: Sequence[Target] = (),
    *,
    locator: str = "",
    caption: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Change:
    """Attach one file in one go; raises the refusals of reading and of the disk."""
    visit.require_writable([Draft(FieldKey("exhibit", "", "made"))])
    for target in targets:
        _checked(visit, target)
    one_line(locator, "locator")
    one_line(caption, "caption")
    prepared = prepare(visit.pieces, path, progress=progress, cancelled=cancelled)
    return attach_prepared(visit, prepared, targets, locator=locator, caption=caption)


def add_seen(
    visit: OpenVisit, seen: SeenDocument, targets: Sequence[Target] = (), *, caption: str = ""
) -> Change:
    """Record a document that was seen and not copied, as an exhibit with a number of its own."""
    clean = {
        name: kept(text, name.replace("_", " "), limit=5_000).strip() for name, text in asdict(seen).items()
    }
    needed(clean["title"], "document's title")
    exhibit_id = visit.new_id()
    number = next_number(visit, "exhibit")
    drafts = [
        Draft(
            FieldKey("exhibit", exhibit_id, "made"),
            {"number": number, "group": "seen", "kind": "Seen, not copied"},
        ),
        Draft(FieldKey("exhibit", exhibit_id, "seen"), clean),
    ]
    for target in targets:
        drafts += _link_drafts(visit, exhibit_id, target, "", caption)
    return visit.write(f"Record {number} as seen{_to_words(visit, targets)}", drafts, entity=exhibit_id)


def change_seen(visit: OpenVisit, *, exhibit: str, seen: SeenDocument) -> Change:
    found = exhibit_named(visit, exhibit)
    clean = {name: kept(text, name, limit=5_000).strip() for name, text in asdict(seen).items()}
    needed(clean["title"], "document's title")
    return visit.write(f"Change {found.number}", [Draft(FieldKey("exhibit", found.id, "seen"), clean)])


def cite(visit: OpenVisit, *, exhibit: str, target: Target, locator: str = "", caption: str = "") -> Change:
    """Cite an exhibit in one more place; `change.entity` is the link's id."""
    found = exhibit_named(visit, exhibit)
    if found.withdrawn:
        raise ExhibitWithdrawn(found.number)
    drafts = _link_drafts(visit, found.id, target, locator, caption)
    return visit.write(
        f"Cite {found.number}{_to_words(visit, [target])}", drafts, entity=drafts[0].key.entity
    )


def set_link(visit: OpenVisit, *, link: str, field: str, text: str, typing: bool = False) -> Change:
    """Change a link's `locator` or `caption`."""
    found = visit.record.link(link)
    if found is None or field not in ("locator", "caption"):
        raise NotFound("citation", link)
    number = exhibit_named(visit, found.exhibit).number
    draft = Draft(FieldKey("link", link, field), blank_to_none(one_line(text, field)))
    return visit.write(f"Change the {field} of {number}", [draft], typing=typing)


def title_exhibit(visit: OpenVisit, *, exhibit: str, title: str, typing: bool = False) -> Change:
    """Give an exhibit a title of its own; blank goes back to its name."""
    found = exhibit_named(visit, exhibit)
    draft = Draft(FieldKey("exhibit", found.id, "title"), blank_to_none(one_line(title, "title")))
    return visit.write(f"Title of {found.number}", [draft], typing=typing)


def uncite(visit: OpenVisit, *, link: str) -> Change:
    """Take a citation back; the exhibit stays."""
    found = visit.record.link(link)
    if found is None:
        raise NotFound("citation", link)
    key = FieldKey("link", link, "made")
    adds = tuple(s.entry for s in visit.record.standing(key))
    number = exhibit_named(visit, found.exhibit).number
    return visit.write(f"No longer cite {number} here", [Draft(key, None, over=adds)])


def withdraw_exhibit(visit: OpenVisit, *, exhibit: str, reason: str) -> Change:
    """Withdrawn, never deleted: it keeps number and bytes and is listed with the reason; nothing cites it."""
    found = exhibit_named(visit, exhibit)
    words = needed(reason, "reason for withdrawing it")
    draft = Draft(FieldKey("exhibit", found.id, WITHDRAWN), words)
    return visit.write(f"Withdraw {found.number}", [draft])


def reinstate_exhibit(visit: OpenVisit, *, exhibit: str) -> Change:
    """With the citations it had."""
    found = exhibit_named(visit, exhibit)
    drafts = [reinstating(visit, FieldKey("exhibit", found.id, WITHDRAWN))] if found.withdrawn else []
    return visit.write(f"Reinstate {found.number}", drafts)


def exhibit_named(visit: OpenVisit, name: str) -> Exhibit:
    """By id or number (`E-014`), also one that was withdrawn; raises `NotFound`."""
    found = visit.record.exhibit(name)
    if found is None:
        every = visit.record.exhibits(withdrawn=True)
        found = next((e for e in every if e.number.casefold() == name.casefold()), None)
    if found is None:
        raise NotFound("exhibit", name)
    return found


def open_exhibit(visit: OpenVisit, exhibit: Exhibit) -> BinaryIO:
    """Its bytes, decrypted and checked as they are read; raises `ExhibitDamaged`."""
    return visit.pieces.open(exhibit.pieces, exhibit.size)


def copy_out(visit: OpenVisit, exhibit: Exhibit, path: Path) -> None:
    """A decrypted copy at `path`, whole or not at all. Raises `CannotWriteThere`, `ExhibitDamaged`."""
    refuse_target(path)
    if exhibit.group == PURGED_GROUP:
        raise ExhibitPurged(exhibit.number)
    visit.pieces.copy_out(exhibit.pieces, path)


def _refuse_purged(visit: OpenVisit, sha256: str) -> None:
    """Once purged by a lead or by whoever attaches it now, the bytes would go again at once."""
    for purge in visit.store.purges:
        own = purge.by == visit.me or purge.by in visit.store.authority.leads
        if own and whole_exhibit(purge) and purge.key.entity == sha256:
            raise PurgedBefore(str(purge.value["number"]))


def _made(visit: OpenVisit, prepared: Prepared) -> dict[str, object]:
    stored, kind = prepared.stored, prepared.kind
    return {
        "number": next_number(visit, "exhibit"),
        "name": prepared.name,
        "size": stored.size,
        "sha256": stored.sha256,
        "pieces": list(stored.pieces),
        "mime": kind.mime,
        "group": kind.group,
        "kind": kind.label,
    }


def _checked(visit: OpenVisit, target: Target) -> Target:
    """The target by its recorded names; raises `UnknownCriterion` or `NotFound`."""
    if target.finding:
        return Target(finding=finding_named(visit, target.finding).id)
    return Target(criterion=visit.criterion(target.criterion).code)


def _link_drafts(visit: OpenVisit, exhibit: str, target: Target, locator: str, caption: str) -> list[Draft]:
    where = _checked(visit, target)
    link_id = visit.new_id()
    made = {"exhibit": exhibit, "criterion": where.criterion, "finding": where.finding}
    drafts = [Draft(FieldKey("link", link_id, "made"), made)]
    for field, text in (("locator", locator), ("caption", caption)):
        if text.strip():
            drafts.append(Draft(FieldKey("link", link_id, field), one_line(text, field)))
    return drafts


def _cited(visit: OpenVisit, exhibit: Exhibit, where: Target, locator: str, caption: str) -> bool:
    """Whether it is cited there already, and with these words if any are given."""
    wanted = [one_line(locator, "locator"), one_line(caption, "caption")]
    there = [
        link
        for link in visit.record.links(exhibit=exhibit.id)
        if (link.criterion, link.finding) == (where.criterion, where.finding)
    ]
    return any(not any(wanted) or wanted == [link.locator, link.caption] for link in there)


def _to_words(visit: OpenVisit, targets: Iterable[Target]) -> str:
    named = (
        finding_named(visit, t.finding).number if t.finding else visit.criterion(t.criterion).shown_code
        for t in targets
    )
    names = list(dict.fromkeys(named))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f" to {', '.join(names[:_NAMED])}{more}" if names else ""
