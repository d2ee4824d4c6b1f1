"""The next entries of this laptop's log: signed at once, or ahead of the commit that adds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from qsin_desktop.domain.errors import Refusal
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal.authority import Authority
from qsin_desktop.journal.entry import Act, Draft, Entry, Signer, write_entry
from qsin_desktop.journal.fields import Kind, field_of
from qsin_desktop.journal.rules import to_replace
from qsin_desktop.store import projection
from qsin_desktop.store.histories import Histories
from qsin_desktop.store.journal_log import Tip


class Overtaken(Refusal):
    """Something else was recorded first, so what was signed no longer follows; sign it again."""

    def __init__(self) -> None:
        super().__init__("Something else was recorded meanwhile; nothing of this was. Try again.")


@dataclass(frozen=True)
class Pen:
    """Who writes, when, and what act it belongs to."""

    visit: str
    signer: Signer
    by: str
    at: str
    act: Act
    salt: Callable[[], str]


@dataclass(frozen=True)
class SignedAhead:
    """Entries that follow `after` and `n`; nothing of them is recorded yet."""

    after: Tip
    n: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Outcome:
    """What a commit has come to, for the memory to follow once it is durable."""

    tips: dict[str, Tip]
    authority: Authority
    stands: dict[FieldKey, tuple[Standing, ...]]
    written: set[FieldKey]


def signed(
    drafts: Iterable[Draft], pen: Pen, histories: Histories, authority: Authority, *, after: Tip, n: int
) -> list[Entry]:
    """Each following the one before; each replaces what stands."""
    made: list[Entry] = []
    for draft in drafts:
        n += 1
        entry = write_entry(
            with_over(draft, pen.by, histories, authority),
            visit=pen.visit,
            signer=pen.signer,
            by=pen.by,
            at=pen.at,
            seq=after.seq + 1,
            prev=after.chain_hash,
            n=n,
            act=pen.act,
            must=_must(draft.key),
            salt=pen.salt,
        )
        after = Tip.of(entry)
        made.append(entry)
    return made


def with_over(draft: Draft, by: str, histories: Histories, authority: Authority) -> Draft:
    """The draft with what it replaces, by the rule of its field, unless it says so itself."""
    row = field_of(draft.key.type, draft.key.field)
    if draft.over is not None or draft.undo or row is None:
        return draft
    if row.kind in (Kind.SET, Kind.RECORD, Kind.LATEST) and draft.value is not None:
        return draft
    over = to_replace(
        row.kind,
        projection.stands_for(draft.key, histories.of(draft.key), authority),
        by=by,
        lead_with_reason=by in authority.leads and bool(draft.why.strip()),
        adding=draft.value is not None,
    )
    return replace(draft, over=over)


def in_parts(drafts: Sequence[Draft], most: int) -> Iterable[Sequence[Draft]]:
    return (drafts[start : start + most] for start in range(0, len(drafts), most))


def _must(key: FieldKey) -> bool:
    row = field_of(key.type, key.field)
    return row is not None and row.must
