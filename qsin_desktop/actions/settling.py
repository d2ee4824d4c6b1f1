"""Take one side of a disagreement about a text or a fact; both sides stay in the trail."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.errors import NotFound, Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Draft

_BY_ITSELF = ("rating", "seal")


class NotByTaking(Refusal):
    def __init__(self) -> None:
        super().__init__("A rating, a grade or a seal is an opinion: settle it with a reason instead.")


def take_side(visit: OpenVisit, conflict: Conflict, side: str) -> Change:
    """Let the value that came in entry `side` stand alone. For texts and facts, which anyone may mend.

    Raises `NotFound` when the disagreement changed meanwhile, `NotByTaking` for opinions and seals.
    """
    if conflict.key.type in _BY_ITSELF or conflict.key.field == "grade":
        raise NotByTaking
    stands = {s.entry: s for s in visit.record.standing(conflict.key)}
    if side not in stands or len(stands) < 2:
        raise NotFound("such disagreement any more about", field_words(conflict.key))
    draft = Draft(conflict.key, stands[side].value)
    return visit.write(f"Settle the {field_words(conflict.key)}", [draft])


def field_words(key: FieldKey) -> str:
    """What a field is called in a sentence: “network”, “last day”, “gap of a finding”."""
    names = {
        "starts": "first day",
        "ends": "last day",
        "due": "due date",
        "made": "making",
        "withdrawn": "withdrawal",
    }
    name = names.get(key.field, key.field.replace("_", " "))
    owners = {
        "finding": "of a finding",
        "response": "of the answer to a finding",
        "note": "of a note",
        "exhibit": "of an exhibit",
        "link": "of a citation",
        "person": "of a person",
        "site": "of a site",
    }
    owner = owners.get(key.type, "")
    return f"{name} {owner}".strip()
