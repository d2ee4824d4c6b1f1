"""Found a new visit: its folder, keys and journal, its own copy of pack and rules, sites and team."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, now, open_visit, packed_value
from qsin_desktop.actions.planning import (
    MOST_SITES,
    SameName,
    TooManySites,
    WrongOrder,
    check_day,
    person_drafts,
    site_drafts,
)
from qsin_desktop.actions.texts import kept, needed, one_line
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.standards import Pack, Rules
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.authority import visit_id
from qsin_desktop.journal.entry import Act, Draft
from qsin_desktop.packs.frozen import pack_to_bytes
from qsin_desktop.store import keys
from qsin_desktop.store.backups import first_backup
from qsin_desktop.store.durable import is_there
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.keyring_slot import SecretShelf
from qsin_desktop.store.keys_file import KdfCost
from qsin_desktop.store.visit_store import VisitStore


@dataclass(frozen=True)
class TeamMember:
    """`person` is the id their own laptop knows them by, where it is known; a new one otherwise."""

    name: str
    role: Role
    organisation: str = ""
    person: str = ""


@dataclass(frozen=True)
class NewVisit:
    """What a person says when they found a visit. Dates are ISO days or empty."""

    network: str
    pack: Pack
    rules: Rules
    sites: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    scope: str = ""
    objectives: str = ""
    issuing_body: str = ""
    my_role: Role = Role.LEAD
    organisation: str = ""
    team: tuple[TeamMember, ...] = ()


@dataclass(frozen=True)
class Protection:
    """How the new visit is to be opened: a passphrase; a key file only for examples and automation."""

    passphrase: str | None = None
    key_file: Path | None = None
    keyring: SecretShelf | None = None
    recovery_public: bytes | None = None
    cost: KdfCost | None = None  # found by trying


def refuse_unfit(new: NewVisit, protection: Protection) -> None:
    """Raises what `found_visit` would for words that cannot be taken, before anything is made."""
    _facts(new, "")
    _site_drafts(new, str)
    _team_drafts(new, str)
    if protection.passphrase is not None:
        keys.check_passphrase(protection.passphrase)


def found_visit(
    path: Path,
    new: NewVisit,
    *,
    identity: Identity,
    protection: Protection,
    clock: Callable[[], datetime] = now,
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
) -> OpenVisit:
    """Make the visit at `path` and open it. On any refusal nothing of it is left behind.

    `new_id` gives 32 hex digits; the example gives the same ones each time.
    """
    salt = new_id()
    visit = visit_id(identity.device, salt)
    drafts = _founding_drafts(visit, salt, new, identity, clock().year, new_id)
    with _key_file_taken_back(protection.key_file), VisitFolder.creating(path) as folder:
        data_key = keys.create_keys(
            folder,
            passphrase=protection.passphrase,
            key_file=protection.key_file,
            recovery_public=protection.recovery_public,
            keyring=protection.keyring,
            cost=protection.cost,
        )
        store = VisitStore.create(folder.database, data_key.database_key, visit)
        store.new_salt = new_id
        try:
            act = Act(new_id()[:16], f"Found the visit to {new.network.strip()}", "lasting")
            at = clock().isoformat(timespec="seconds")
            store.append(drafts, signer=identity, by=identity.person, at=at, act=act)
        finally:
            store.close()
        first_backup(folder, data_key, clock())
    unlocking = Unlocking(
        protection.passphrase, protection.key_file, use_keyring=protection.keyring is not None
    )
    return open_visit(folder.path, identity=identity, unlocking=unlocking, clock=clock)


@contextmanager
def _key_file_taken_back(key_file: Path | None) -> Iterator[None]:
    """When the block raises, a key file that it made is removed; one that was there stays."""
    was_there = key_file is None or is_there(key_file)
    try:
        yield
    except BaseException:
        if key_file is not None and not was_there:
            with suppress(OSError):
                key_file.unlink(missing_ok=True)
        raise


def _founding_drafts(
    visit: str, salt: str, new: NewVisit, identity: Identity, year: int, new_id: Callable[[], str]
) -> list[Draft]:
    drafts = [
        Draft(FieldKey("visit", visit, "founded"), {"salt": salt}),
        Draft(FieldKey("device", identity.device, "member"), {"person": identity.person}),
        Draft(FieldKey("visit", visit, "pack"), packed_value(pack_to_bytes(new.pack, new.rules))),
    ]
    facts = _facts(new, f"QN-{year}-{visit[:6].upper()}")
    drafts += [Draft(FieldKey("visit", visit, name), text) for name, text in facts.items() if text]
    drafts += _site_drafts(new, new_id)
    drafts += person_drafts(identity.person, identity.name, new.my_role, new.organisation)
    drafts += _team_drafts(new, new_id)
    return drafts


def _team_drafts(new: NewVisit, new_id: Callable[[], str]) -> list[Draft]:
    drafts = []
    for member in new.team:
        name = needed(one_line(member.name, "name"), "name of a team member")
        drafts += person_drafts(member.person or new_id(), name, member.role, member.organisation)
    return drafts


def _facts(new: NewVisit, number: str) -> dict[str, str]:
    starts, ends = check_day(new.starts), check_day(new.ends)
    if starts and ends and ends < starts:
        raise WrongOrder
    return {
        "network": needed(one_line(new.network, "name of the network", limit=200), "name of the network"),
        "issuing_body": one_line(new.issuing_body, "issuing body"),
        "scope": kept(new.scope, "scope"),
        "objectives": kept(new.objectives, "objectives"),
        "starts": starts,
        "ends": ends or starts,
        "report_number": number,
    }


def _site_drafts(new: NewVisit, new_id: Callable[[], str]) -> list[Draft]:
    names = [needed(one_line(name, "site's name"), "site's name") for name in new.sites]
    if len(names) > MOST_SITES:
        raise TooManySites
    drafts, seen = [], set()
    for order, name in enumerate(names, 1):
        if name.casefold() in seen:
            raise SameName("site", name)
        seen.add(name.casefold())
        drafts += site_drafts(new_id()[:12], name, order)
    return drafts
