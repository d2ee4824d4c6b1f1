"""What a write did, in the one vocabulary that screens, undo, trail and exchange share."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.domain.standing import FieldKey


@dataclass(frozen=True)
class Change:
    """One act, committed. `keys` are the fields whose standing values it touched."""

    act: str
    name: str  # as undo shows it: “Rate IN-301 b at Harbour CDC”
    keys: tuple[FieldKey, ...]
    at: str = ""
    entity: str = ""  # the thing the act was about, e.g. the new note's id

    def touches(self, type_: str) -> bool:
        return any(key.type == type_ for key in self.keys)
