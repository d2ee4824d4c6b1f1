"""End a disagreement about a text by one that both can stand behind: base, both sides, a proposal."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.actions.disagreements import base_text, with_base
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.settling import NotByTaking, field_words
from qsin_desktop.actions.texts import blank_to_none, kept
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.conflicts import Conflict
from qsin_desktop.domain.errors import NotFound
from qsin_desktop.domain.joint_text import JointText, Part, differences, joint_text
from qsin_desktop.domain.standing import Standing
from qsin_desktop.journal.entry import Draft

_OPINIONS = ("rating", "seal")


@dataclass(frozen=True)
class TextsApart:
    """`base` is the text that stood when all sides last knew the same, or empty.

    `parts` go with the first two sides.
    """

    base: str
    sides: tuple[Standing, ...]
    parts: tuple[tuple[Part, ...], tuple[Part, ...]]
    proposal: JointText


def texts_apart(visit: OpenVisit, conflict: Conflict) -> TextsApart | None:
    """A disagreement of texts with all that is needed to show and settle it; None for other values."""
    sides = conflict.sides
    texts = [side.value for side in sides]
    if conflict.key.type in _OPINIONS or not all(isinstance(text, str) for text in texts):
        return None
    base = base_text(with_base(visit, conflict))
    proposal = JointText(texts[0], clean=True)
    for text in texts[1:]:
        merged = joint_text(base, proposal.text, text)
        proposal = JointText(merged.text, merged.clean and proposal.clean)
    return TextsApart(base, sides, differences(texts[0], texts[1]), proposal)


def settle_text(visit: OpenVisit, conflict: Conflict, text: str) -> Change:
    """Let this text stand in place of all sides; anyone of the team may, and undo brings the sides back.

    Raises `NotFound` when the disagreement changed meanwhile: nobody replaces what they did not see.
    """
    if conflict.key.type in _OPINIONS or conflict.key.field == "grade":
        raise NotByTaking
    if {s.entry for s in visit.record.standing(conflict.key)} != {s.entry for s in conflict.sides}:
        raise NotFound("such disagreement any more about", field_words(conflict.key))
    clean = kept(text, field_words(conflict.key))
    draft = Draft(conflict.key, blank_to_none(clean), over=tuple(side.entry for side in conflict.sides))
    return visit.write(f"Settle the {field_words(conflict.key)}", [draft])
