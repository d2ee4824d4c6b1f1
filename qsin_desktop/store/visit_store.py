"""The one door to a visit's journal: entry and projected rows in one commit, and what changed comes back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from qsin_desktop.domain.reading import number_in
from qsin_desktop.domain.standing import FieldKey, Standing
from qsin_desktop.journal.authority import (
    AUTHORITY_FIELDS,
    Authority,
    authority_of,
    bears_authority,
)
from qsin_desktop.journal.chain import check_range
from qsin_desktop.journal.entry import Act, Draft, Entry, EntryRefused, Signer
from qsin_desktop.journal.fields import PURGED, field_of, table_mark
from qsin_desktop.journal.purging import is_purge
from qsin_desktop.store import journal_log, projection, purging, search
from qsin_desktop.store.high_water import HighWater
from qsin_desktop.store.histories import Histories, Recent
from qsin_desktop.store.journal_log import NO_TIP, Tip
from qsin_desktop.store.kept_words import KeptWords
from qsin_desktop.store.signing_ahead import Outcome, Overtaken, Pen, SignedAhead, in_parts, signed, with_over
from qsin_desktop.store.uncollected import uncollected
from qsin_desktop.store.visit_file import TablesDamaged, VisitFile

TABLE_NOTE = "fields"  # the remark that says which table of fields the rows were projected by
_OWN = "own"  # and the one that says on whose laptop, for what it wrote before a lead confirmed it


@dataclass(frozen=True)
class Written:
    """Entries that were added and what now stands for each field they touch."""

    entries: tuple[Entry, ...]
    standing: dict[FieldKey, tuple[Standing, ...]]


class VisitStore:
    """Journal, projection and search of one open visit. Raises the refusals of `VisitFile`."""

    def __init__(self, file: VisitFile, visit: str) -> None:
        self.file = file
        self.visit = visit
        self.new_salt: Callable[[], str] = lambda: secrets.token_hex(16)
        self.high_water: HighWater | None = None
        self._own = _pair(file.noted(_OWN))
        with file.reading() as connection:
            self._tips = journal_log.known_tips(connection)
            if not journal_log.ends_agree(connection, self._tips):
                raise TablesDamaged
            self.authority = self._find_authority(connection)
            self._purges = purging.purges_in(connection)
        self._n = max((tip.n for tip in self._tips.values()), default=0)
        self._numbers: dict[str, int] = {}
        self._recent = Recent()
        self.kept_words = KeptWords(file, self._as_seen)

    @classmethod
    def create(cls, path: Path, key: bytes, visit: str) -> VisitStore:
        file = VisitFile(path, key)
        try:
            file.create_tables(visit)
            with file.writing() as connection:
                file.note(connection, TABLE_NOTE, table_mark())
            return cls(file, visit)
        except BaseException:
            file.close()
            raise

    def speak_for(self, device: str, person: str) -> None:
        """Show what this laptop wrote also while no lead has confirmed it; it counts no sooner for that."""
        own, before = (device, person), self.authority
        if own == self._own or (self._own is None and own in before.members):
            return
        self._own = own
        self.authority = before.seen_on(own)
        with self.file.writing() as connection:
            self.file.note(connection, _OWN, " ".join(own))
        shown = {pair[0] for pair in (before.own, self.authority.own) if pair is not None}
        if any(self.tip(each).seq for each in shown):
            self.rebuild()

    # ---- writing ----------------------------------------------------------------------------------

    def append(self, drafts: Sequence[Draft], *, signer: Signer, by: str, at: str, act: Act) -> Written:
        """Sign and add the next entries of this device, with their projected rows, in one durable commit."""
        pen = self._pen(signer, by, at, act)
        with self.file.writing() as connection:
            histories = Histories(connection, self._recent, (draft.key for draft in drafts))
            new = signed(drafts, pen, histories, self.authority, after=self.tip(signer.device), n=self._n)
            outcome = self._add(connection, histories, new)
        return self._written(new, outcome, histories)

    def sign_ahead(
        self, drafts: Sequence[Draft], *, signer: Signer, by: str, at: str, act: Act, most: int
    ) -> Generator[int, None, SignedAhead]:
        """The same in parts of at most `most` entries and without the commit; yields entries signed.

        Nothing is written before `add_ahead`.
        """
        pen, new = self._pen(signer, by, at, act), list[Entry]()
        first, n = self.tip(signer.device), self._n
        for part in in_parts(drafts, most):
            after = Tip.of(new[-1]) if new else first
            with self.file.reading() as connection:
                histories = Histories(connection, self._recent, (draft.key for draft in part))
                new += signed(part, pen, histories, self.authority, after=after, n=n + len(new))
            yield len(new)
        return SignedAhead(first, n, tuple(new))

    def add_ahead(self, ahead: SignedAhead) -> Written:
        """In one durable commit; raises `Overtaken` when something else was recorded since."""
        new = ahead.entries
        if (ahead.after, ahead.n) != (self.tip(new[0].device), self._n):
            raise Overtaken
        with self.file.writing() as connection:
            histories = Histories(connection, self._recent, (entry.key for entry in new))
            outcome = self._add(connection, histories, new)
        return self._written(new, outcome, histories)

    def _pen(self, signer: Signer, by: str, at: str, act: Act) -> Pen:
        return Pen(self.visit, signer, by, at, act, self.new_salt)

    def _add(self, connection: Connection, histories: Histories, new: Sequence[Entry]) -> Outcome:
        """Within the commit: entries of this laptop, whose kept words are in the journal now."""
        journal_log.add_entries(connection, new)
        authority, stands = self._project(connection, histories, new)
        written = {entry.key for entry in new}
        self.kept_words.let_go(connection, written)
        tips = {**self._tips, **{entry.device: Tip.of(entry) for entry in new[-1:]}}
        return Outcome(tips, authority, stands, written)

    def receive(self, ranges: Iterable[Sequence[Entry]]) -> Written:
        """Add ranges of other devices' logs; what is known already is passed over.

        All or nothing; raises `EntryRefused` for a damaged, forged or gapped range.
        """
        new: list[Entry] = []
        tips = dict(self._tips)
        with self.file.writing() as connection:
            for given in ranges:
                new.extend(self._fresh(connection, given, tips))
            histories = Histories(connection, self._recent, (entry.key for entry in new))
            journal_log.add_entries(connection, new)
            authority, stands = self._project(connection, histories, new)
        return self._written(new, Outcome(tips, authority, stands, set()), histories)

    def _written(self, new: Sequence[Entry], outcome: Outcome, histories: Histories) -> Written:
        """After the commit: what is kept in memory follows."""
        self._tips, self.authority = outcome.tips, outcome.authority
        self.kept_words.gone(outcome.written)
        self._purges += [entry for entry in new if is_purge(entry)]
        self._n = max([self._n, *(entry.n for entry in new)])
        self._count_numbers(new)
        self._recent.keep(histories, new)
        if self.high_water is not None:
            self.high_water.follow(outcome.tips, new)
        return Written(tuple(new), outcome.stands)

    def _fresh(self, connection: Connection, given: Sequence[Entry], tips: dict[str, Tip]) -> list[Entry]:
        if not given:
            return []
        device = given[0].device
        tip = tips.get(device, NO_TIP)
        known = [entry for entry in given if entry.seq <= tip.seq]
        if len(journal_log.known_ids(connection, (e.id for e in known))) != len(known):
            raise EntryRefused("A laptop's log differs from what is known of it here; nothing was taken.")
        fresh = [entry for entry in given if entry.seq > tip.seq]
        check_range(fresh, visit=self.visit, device=device, after=tip.seq, tip=tip.chain_hash)
        if fresh:
            tips[device] = Tip.of(fresh[-1])
        return fresh

    def _as_seen(self, connection: Connection, draft: Draft, by: str) -> Draft:
        return with_over(draft, by, Histories(connection, self._recent, [draft.key]), self.authority)

    # ---- the projection ---------------------------------------------------------------------------

    def _project(
        self, connection: Connection, histories: Histories, new: Sequence[Entry]
    ) -> tuple[Authority, dict[FieldKey, tuple[Standing, ...]]]:
        """Bring the rows of the touched fields up to date, or all of them when it changed who counts."""
        authority = self.authority
        if any(bears_authority(entry) for entry in new):
            authority = self._find_authority(connection)
        anew = authority != self.authority
        purged = purging.follow(
            connection,
            [*self._purges, *(entry for entry in new if is_purge(entry))],
            new,
            authority,
            all_anew=anew,
        )
        if purged:
            self.kept_words.let_go_of_purged(connection, purged)
        if anew:
            stands = _standing_of_all(journal_log.all_entries(connection), authority)
            projection.replace_all(connection, stands)
            self._forget_read(histories)
            return authority, stands
        for key in purged:
            histories.read[key] = journal_log.entries_for(connection, key)
        by_key: dict[FieldKey, list[Entry]] = {}
        for entry in new:
            by_key.setdefault(entry.key, []).append(entry)
        by_key.update({key: [] for key in purged})
        stands, first = {}, set()
        for key, of_key in by_key.items():
            known = histories.of(key)
            if not known:
                first.add(key)
            there = {entry.id for entry in known}
            fresh = [entry for entry in of_key if entry.id not in there]
            stands[key] = projection.stands_for(key, [*known, *fresh], self.authority)
        projection.replace(connection, stands, first=first - set(purged))
        if purged:
            self._forget_read(histories)
        return self.authority, stands

    def _forget_read(self, histories: Histories) -> None:
        """What was read before a purge still has its words."""
        histories.read.clear()
        self._recent.forget()

    def _find_authority(self, connection: Connection) -> Authority:
        return authority_of(journal_log.entries_of_fields(connection, AUTHORITY_FIELDS)).seen_on(self._own)

    def rebuild(self) -> None:
        """Drop what was projected and make it again from the journal."""
        with uncollected(), self.file.writing() as connection:
            purges = purging.purges_in(connection)
            authority = self._find_authority(connection)
            purging.follow(connection, purges, (), authority, all_anew=True)
            entries = list(journal_log.all_entries(connection))
            projection.replace_all(connection, _standing_of_all(entries, authority))
            journal_log.recount(connection, entries)
            self.file.note(connection, TABLE_NOTE, table_mark())
            tips = journal_log.known_tips(connection)
        self.authority, self._tips, self._purges = authority, tips, purges
        self._recent.forget()

    def catch_up(self) -> bool:
        """After an older or newer program: find anew what stands, if the table of fields is another one."""
        if self.is_projected_here():
            return False
        self.rebuild()
        return True

    def is_projected_here(self) -> bool:
        """Whether what stands was found by this program's own table of fields."""
        return self.file.noted(TABLE_NOTE) == table_mark()

    def projection_matches(self) -> bool:
        """Whether the rows, search included, say what the journal says; changes nothing."""
        with uncollected():
            entries = self.entries()
            stands = _standing_of_all(entries, authority_of(entries).seen_on(self._own))
            return self.projection_digest() == projection.expected_digest(entries, stands)

    def projection_digest(self) -> str:
        with self.file.reading() as connection:
            return projection.digest(connection)

    # ---- reading ----------------------------------------------------------------------------------

    def standing(self) -> Iterator[tuple[FieldKey, tuple[Standing, ...]]]:
        """Everything that stands, a field at a time."""
        found: dict[FieldKey, list[Standing]] = {}
        with self.file.reading() as connection:
            for key, one in projection.rows(connection):
                found.setdefault(key, []).append(one)
        return ((key, tuple(stands)) for key, stands in found.items())

    def greatest_number(self, type_: str) -> int:
        """The greatest number ever given to a thing of this type, taken-back ones included; 0 for none."""
        if type_ not in self._numbers:
            with self.file.reading() as connection:
                # A purge keeps the number of what it took away.
                made = journal_log.entries_of_fields(connection, [(type_, "made"), (type_, PURGED)])
            self._numbers[type_] = max(map(_number_given, made), default=0)
        return self._numbers[type_]

    def _count_numbers(self, new: Iterable[Entry]) -> None:
        for entry in new:
            if entry.key.field in ("made", PURGED) and entry.key.type in self._numbers:
                self._numbers[entry.key.type] = max(self._numbers[entry.key.type], _number_given(entry))

    def tip(self, device: str) -> Tip:
        return self._tips.get(device, NO_TIP)

    @property
    def tips(self) -> dict[str, Tip]:
        return dict(self._tips)

    def entries(self) -> list[Entry]:
        """Every entry in the order of arrival."""
        with self.file.reading() as connection:
            return list(journal_log.all_entries(connection))

    def log_of(self, device: str, after: int = 0) -> list[Entry]:
        with self.file.reading() as connection:
            return list(journal_log.log_of(connection, device, after))

    def chain_hashes(self, device: str, seqs: Iterable[int]) -> dict[int, str]:
        """The chain hash at each of these places of a device's log, as far as they are known."""
        with self.file.reading() as connection:
            return journal_log.chain_hashes(connection, device, seqs)

    def weight_of(self, devices: Sequence[str]) -> int:
        """Bytes of all entries of these devices."""
        with self.file.reading() as connection:
            return journal_log.weight_of(connection, devices)

    def entries_of_fields(self, fields: Iterable[tuple[str, str]]) -> list[Entry]:
        """All entries for these (type, field) pairs, counted or not."""
        with self.file.reading() as connection:
            return journal_log.entries_of_fields(connection, fields)

    def view_digest(self, *, without: Iterable[tuple[str, str]] = ()) -> str:
        """Of what counts for every field but these (type, field) pairs: equal where the same counts."""
        with self.file.reading() as connection:
            return projection.view_digest(connection, set(without), self.authority)

    def entries_for(self, key: FieldKey) -> list[Entry]:
        with self.file.reading() as connection:
            return journal_log.entries_for(connection, key)

    def entries_of_act(self, device: str, act: str) -> list[Entry]:
        with self.file.reading() as connection:
            return journal_log.entries_of_act(connection, device, act)

    def acts_of(self, device: str) -> list[Act]:
        with self.file.reading() as connection:
            return journal_log.acts_of(connection, device)

    def stored_rows(self) -> Iterator[journal_log.StoredRow]:
        with self.file.reading() as connection:
            yield from journal_log.stored_rows(connection)

    def entry_count(self) -> int:
        with self.file.reading() as connection:
            return journal_log.count(connection)

    def search(self, words: str, limit: int = 100) -> tuple[search.Hit, ...]:
        with self.file.reading() as connection:
            return search.find(connection, words, limit)

    def unknown_entries(self) -> list[Entry]:
        """Entries of fields that only a newer program knows; asked often, so all are not looked at."""
        with self.file.reading() as connection:
            unknown = [pair for pair in journal_log.fields_met(connection) if field_of(*pair) is None]
            return journal_log.entries_of_fields(connection, unknown)

    # ---- purges -----------------------------------------------------------------------------------

    @property
    def purges(self) -> tuple[Entry, ...]:
        """Every purge in the journal, counted or not."""
        return tuple(self._purges)

    def without_words(self) -> list[tuple[str, int]]:
        """Device and seq of every entry whose words a purge took."""
        with self.file.reading() as connection:
            return purging.without_words(connection, self._purges)

    def entries_of_thing(self, type_: str, entity: str) -> list[Entry]:
        """Every entry about one thing."""
        with self.file.reading() as connection:
            return journal_log.entries_of_things(connection, type_, [entity])

    def close(self) -> None:
        self.file.close()


def _standing_of_all(entries: Iterable[Entry], authority: Authority) -> dict[FieldKey, tuple[Standing, ...]]:
    by_key: dict[FieldKey, list[Entry]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry)
    return {key: projection.stands_for(key, of_key, authority) for key, of_key in by_key.items()}


def _pair(noted: str) -> tuple[str, str] | None:
    device, _, person = noted.partition(" ")
    return (device, person) if device and person else None


def _number_given(entry: Entry) -> int:
    value = entry.value
    return number_in(str(value.get("number", ""))) if isinstance(value, dict) else 0
