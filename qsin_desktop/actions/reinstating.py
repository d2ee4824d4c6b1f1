"""What takes a withdrawal back: of an exhibit, a finding or one's own note."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.withdrawals import FIELD as WITHDRAWN
from qsin_desktop.journal.entry import Draft

__all__ = ["WITHDRAWN", "NotWithdrawn", "reinstating"]


class NotWithdrawn(Refusal):
    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not withdrawn, so there is nothing to reinstate.")


def reinstating(visit: OpenVisit, key: FieldKey) -> Draft:
    """Nothing withdraws any more; an empty reason stands where the former one was purged."""
    return Draft(key, None if visit.record.standing(key) else "")
