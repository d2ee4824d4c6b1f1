"""Bring into the journal what was still being typed when the program was cut off."""

from __future__ import annotations

from contextlib import suppress

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.errors import Refusal
from qsin_desktop.store.kept_words import KeptDraft


def recover_words(visit: OpenVisit) -> None:
    """Write what is kept of this person's typing, as they saw the field then; `visit.recovered` counts.

    What cannot be written now (the visit is sealed, the disk is full, somebody else is at the keyboard)
    stays kept for the next time.
    """
    if visit.read_only:
        return
    for kept in visit.store.kept_words.drafts():
        if kept.by == visit.me:
            with suppress(Refusal):
                _recover(visit, kept)


def _recover(visit: OpenVisit, kept: KeptDraft) -> None:
    draft = kept.draft
    if any(s.by == visit.me and s.value == draft.value for s in visit.record.standing(draft.key)):
        visit.store.kept_words.drop_drafts([draft.key])
        return
    visit.write(kept.act, [draft])
    visit.recovered += 1
