"""What somebody did that the seal in force had not seen: kept and shown, never part of what was signed."""

from __future__ import annotations

from dataclasses import dataclass

from qsin_desktop.domain.standing import FieldKey


@dataclass(frozen=True)
class LateChange:
    """One act. `counts` is False while its laptop waits or was cut off.

    `left` is the lead's reason for leaving it out of the signed visit; empty while it is not decided.
    """

    keys: tuple[FieldKey, ...]
    by: str
    name: str  # of the person
    at: str  # by their laptop's clock
    act: str
    counts: bool
    left: str = ""
    left_by: str = ""  # the name of the lead who left it

    @property
    def key(self) -> FieldKey:
        """The first field that it was about."""
        return self.keys[0]
