"""A new laptop joins: its card, six words, the lead's confirmation; and how one is cut off."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from qsin_desktop.actions.laptops import Laptop, laptops
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.planning import confirm_device
from qsin_desktop.actions.texts import needed
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound, Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft
from qsin_desktop.store.identity import Identity, NameNeeded, checked_name
from qsin_desktop.sync.envelope import recipient_of
from qsin_desktop.sync.words import same_words, six_words

_PREFIX = "qsin-card-1."
_CHECK = 8
_LONGEST = 2_000


class CardWrong(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "That is not the card of a laptop, or a part of it is missing; ask for it again. It begins with "
            "“qsin-card-1.”, and stands under “Receive from a colleague” on the start screen of that laptop, "
            "or is shown by “qsin-desktop whoami”. Nothing was made."
        )


class WordsDiffer(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Those are not the six words of this laptop, so it was not confirmed. Read them to each other "
            "again; if they still differ, somebody may have put another laptop in its place."
        )


class WordsOfTheCard(Refusal):
    """They are the same for every lead, and whoever saw the card knows them."""

    def __init__(self) -> None:
        super().__init__(
            "Those are the six words of the card, so the laptop was not confirmed. Ask for the six words "
            "that it shows with yours: they stand on its Team screen, or “qsin-desktop whoami --visit "
            "VISIT” tells them."
        )


class AlreadyCutOff(Refusal):
    def __init__(self) -> None:
        super().__init__("This laptop is cut off already at that entry or before; nothing was changed.")


class OwnLaptop(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This is the laptop you work on, and it cannot cut itself off; nothing was changed. If its key "
            "is used by another laptop too, exchange once more: each of the two takes a new key."
        )


@dataclass(frozen=True)
class Card:
    """Who a laptop belongs to and its key, as its program shows it; nothing in it is secret."""

    person: str
    name: str
    device: str

    @property
    def recipient(self) -> str:
        """Its age recipient; empty for a key that is none."""
        return recipient_of(self.device) or ""

    @property
    def words(self) -> str:
        """Six words of this laptop alone, to compare when its card is handed over."""
        return six_words([self.device])

    def text(self) -> str:
        """One word without spaces, for a message or a file."""
        held = json.dumps([self.person, self.name, self.device], ensure_ascii=False).encode()
        return f"{_PREFIX}{urlsafe_b64encode(held).decode().rstrip('=')}.{_check(held)}"

    @classmethod
    def read(cls, text: str) -> Card:
        """Raises `CardWrong`."""
        body, _, check = text.strip().removeprefix(_PREFIX).partition(".")
        if not text.strip().startswith(_PREFIX) or len(text) > _LONGEST:
            raise CardWrong
        try:
            held = urlsafe_b64decode(body + "=" * (-len(body) % 4))
            person, name, device = json.loads(held)
            card = cls(str(person), checked_name(str(name)), str(device))
        except (ValueError, TypeError, RecursionError, NameNeeded):
            raise CardWrong from None
        if check != _check(held) or not _is_hex(card.person, 32) or not card.recipient:
            raise CardWrong
        return card


def card_of(identity: Identity) -> Card:
    return Card(identity.person, identity.name, identity.device)


def read_card(given: str) -> Card:
    """From the text itself, or from a file that holds it; raises `CardWrong`."""
    if given.strip().startswith(_PREFIX):
        return Card.read(given)
    try:
        with Path(given).open("rb") as file:
            return Card.read(file.read(_LONGEST + 1).decode())
    except (OSError, ValueError):
        raise CardWrong from None


def words_with(visit: OpenVisit, device: str) -> str:
    """The six words that this laptop and another show when they are compared."""
    return six_words([visit.identity.device, device])


def confirm_by_words(visit: OpenVisit, *, device: str, words: str, person: str = "") -> Change:
    """The lead confirms a waiting laptop after its person read the six words out; raises `WordsDiffer`.

    Or `WordsOfTheCard`, where they read out those of the card.
    """
    visit.require_lead("confirm a laptop")
    laptop = laptop_named(visit, device)
    if not same_words(words, words_with(visit, laptop.device)):
        raise WordsOfTheCard if same_words(words, six_words([laptop.device])) else WordsDiffer
    owner = person or laptop.person
    if owner not in {each.id for each in visit.record.people}:
        raise NotFound("team member", visit.record.person_name(owner))
    return confirm_device(visit, device=laptop.device, person=owner)


def revoke_device(visit: OpenVisit, *, device: str, reason: str, after: int | None = None) -> Change:
    """The lead cuts a laptop off: what it wrote beyond entry `after` (all that is here) does not count.

    From now on nothing is encrypted for it. For a stolen laptop, and for two that write under one key.
    """
    visit.require_lead("cut a laptop off")
    laptop = laptop_named(visit, device)
    if laptop.mine:
        raise OwnLaptop
    why = needed(reason, "reason")
    last = laptop.last if after is None else after
    if last >= visit.store.authority.cuts.get(laptop.device, last + 1):
        raise AlreadyCutOff
    name = visit.record.person_name(laptop.person)
    draft = Draft(FieldKey("device", laptop.device, "revoked"), {"seq": max(0, last)}, why=why)
    return visit.write(f"Cut off a laptop of {name}", [draft], lasting=True)


def laptop_named(visit: OpenVisit, name: str) -> Laptop:
    """By its key or the beginning of it, at least four signs; raises `NotFound`."""
    wanted = name.replace(" ", "").casefold()
    found = [laptop for laptop in laptops(visit) if laptop.device.startswith(wanted)]
    if len(found) != 1 or len(wanted) < 4:
        raise NotFound("laptop", name)
    return found[0]


def _check(held: bytes) -> str:
    return hashlib.sha256(held).hexdigest()[:_CHECK]


def _is_hex(text: str, length: int) -> bool:
    return len(text) == length and not set(text) - set("0123456789abcdef")
