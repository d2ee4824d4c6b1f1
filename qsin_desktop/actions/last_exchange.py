"""What the last exchange brought, kept in this laptop's visit, so that it can be read after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal

_NAME: Final = "exchange|last"


def keep_last_exchange(visit: OpenVisit, told: Mapping[str, Any]) -> None:
    """In the encrypted file of the visit, for it names people; no part of the journal."""
    if not visit.read_only:
        with suppress(Refusal):  # a full disk: the window still shows it
            visit.store.kept_words.keep_loose(_NAME, json.dumps(told, ensure_ascii=False))


def kept_last_exchange(visit: OpenVisit) -> dict[str, Any]:
    """Empty where none was kept."""
    with suppress(ValueError):
        held = json.loads(visit.store.kept_words.loose().get(_NAME, "{}"))
        return held if isinstance(held, dict) else {}
    return {}
