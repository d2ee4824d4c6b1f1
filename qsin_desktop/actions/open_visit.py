"""A visit that is open: its record, its journal, its exhibits, and the person at the keyboard."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from qsin_desktop.actions.coming_back import come_back
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import LeadOnly, ReadOnlyVisit, Refusal, VisitSealed
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.record import VisitRecord
from qsin_desktop.domain.standards import Criterion, Pack, Rules
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Act, Draft, Entry
from qsin_desktop.journal.fields import PURGED
from qsin_desktop.store.aside import Aside
from qsin_desktop.store.data_key import DataKey
from qsin_desktop.store.faults import DiskFault, DiskFull, FileInUse, PlaceForbidden, PlaceGone
from qsin_desktop.store.folder import VisitFolder, WriterLock
from qsin_desktop.store.folder_gone import FolderLost
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.pieces import Pieces
from qsin_desktop.store.previews import Previews
from qsin_desktop.store.signing_ahead import Overtaken
from qsin_desktop.store.visit_store import VisitStore, Written
from qsin_desktop.store.writer_lock import DriveGone

# One stretch of typing is one act to undo, as long as it goes on without such a pause.
TYPING_PAUSE_SECONDS = 60.0
_WHILE_SEALED = {"seal", "export", "device", "round", "response"}
_WITH_A_RETURN = {"exhibit", "link"}  # evidence that the network sends with its answers


@dataclass
class Typing:
    """The act that a stretch of typing in one field goes on with."""

    act: Act
    key: FieldKey
    last: datetime


class OpenVisit:
    """Everything an action needs, given by the opener. Close it when done.

    `read_only` carries the sentence why nothing may be written, or is empty.
    """

    def __init__(
        self,
        *,
        folder: VisitFolder,
        store: VisitStore,
        record: VisitRecord,
        data_key: DataKey,
        identity: Identity,
        clock: Callable[[], datetime],
        lock: WriterLock | None = None,
        read_only: str = "",
        protected: bool = True,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self.folder = folder
        self.store = store
        self.record = record
        self.data_key = data_key
        self.pieces = Pieces(folder, data_key)
        self.previews = Previews(folder, data_key, self.pieces)
        self.aside = Aside(folder, data_key)
        self.copying = threading.Lock()
        """Held while a backup is made, so that a purge knows every copy that is older than itself."""
        self.identity = identity
        self.clock = clock
        self.read_only = read_only
        self.protected = protected
        self.new_id = new_id
        self.mended = ""
        """What opening it put right, as a sentence for the person, or empty."""
        self._lock = lock
        self._away = False  # the drive stopped answering, and what is open leads nowhere
        self.unwritten: dict[FieldKey, tuple[Act, Sequence[Draft], str]] = {}
        self.recovered = 0  # fields whose words the last run was still being told when it was cut off
        self._typing: Typing | None = None
        self._drafting: list[FieldKey] | None = None
        self._acts: list[Act] | None = None

    # ---- who and what -----------------------------------------------------------------------------

    @property
    def visit_id(self) -> str:
        return self.record.visit_id

    @property
    def me(self) -> str:
        """The id of the person at this laptop."""
        return self.identity.person

    @property
    def pack(self) -> Pack:
        return self.record.pack

    @property
    def rules(self) -> Rules:
        return self.record.rules

    @property
    def i_lead(self) -> bool:
        return self.me in self.store.authority.leads

    @property
    def confirmed(self) -> bool:
        """Whether this laptop's entries count; until the lead confirms it they wait."""
        return (self.identity.device, self.me) in self.store.authority.members

    def criterion(self, name: str) -> Criterion:
        return self.pack.criterion(name)

    @property
    def acts(self) -> list[Act]:
        """Every act of this laptop, in order; read from the journal when first asked for."""
        if self._acts is None:
            self._acts = self.store.acts_of(self.identity.device)
        return self._acts

    def require_lead(self, what: str) -> None:
        if not self.i_lead:
            raise LeadOnly(what)

    # ---- the one door for writing -----------------------------------------------------------------

    def write(
        self,
        name: str,
        drafts: Sequence[Draft],
        *,
        entity: str = "",
        typing: bool = False,
        lasting: bool = False,
    ) -> Change:
        """Record one act: entries and projected rows in one durable commit; returns what it changed.

        `typing` goes on with the act of the same field while the typing goes on, so that undo takes it as
        one. A `lasting` act (a seal, an export, a confirmed laptop) is not for undoing. No drafts are no act.
        """
        if not drafts:
            return Change("", "", (), entity=entity)
        if typing and self._drafting is not None and len(drafts) == 1:
            return self._keep_draft(name, drafts[0], entity)
        act = self._act_going_on(drafts) if typing else None
        if act is None:
            act = Act(self.new_id()[:16], name, "lasting" if lasting else "do")
        try:
            change = self.write_act(act, drafts, entity=entity)
        except Refusal as refusal:
            if typing and of_the_disk(refusal):
                self.unwritten[drafts[0].key] = (act, drafts, entity)
            raise
        self._typing = Typing(act, drafts[0].key, self.clock()) if typing else None
        return change

    def write_act(
        self, act: Act, drafts: Sequence[Draft], *, entity: str = "", again: bool = False
    ) -> Change:
        """Record an act whose nature is given. What is written `again` under a new key is no new work.

        So a seal does not refuse it; it comes after the seal and is told as such.
        """
        self.require_writable(() if again else drafts)
        self._typing = None
        for draft in drafts:
            self.unwritten.pop(draft.key, None)
        written = self.store.append(drafts, signer=self.identity, by=self.me, at=self._now(), act=act)
        return self._take_act(written, act, entity)

    def writing_act(
        self, act: Act, drafts: Sequence[Draft], *, check: Callable[[], None], most: int = 500
    ) -> Generator[int, None, Change]:
        """Record a large act so that others have their turn meanwhile; yields how many entries are signed.

        All of it is recorded in one commit at the end, after a `check` that may still refuse it; given up
        before, nothing is. The entries are signed again where something else was recorded meanwhile.
        """
        while True:
            self.require_writable(drafts)
            ahead = yield from self.store.sign_ahead(
                drafts, signer=self.identity, by=self.me, at=self._now(), act=act, most=most
            )
            self.require_writable(drafts)
            check()
            with suppress(Overtaken):
                written = self.store.add_ahead(ahead)
                self._typing = None
                return self._take_act(written, act, "")

    def _now(self) -> str:
        return self.clock().isoformat(timespec="seconds")

    def _take_act(self, written: Written, act: Act, entity: str) -> Change:
        if self._acts is not None and (not self._acts or self._acts[-1] != act):
            self._acts.append(act)
        return self._take(written, act, entity)

    def write_unwritten(self) -> None:
        """Words that a full disk refused are written once it has room; raises its refusal until then."""
        for key, (act, drafts, entity) in list(self.unwritten.items()):
            try:
                self.write_act(act, drafts, entity=entity)
            except Refusal:
                self.unwritten.setdefault(key, (act, drafts, entity))
                raise

    def unwritten_words(self) -> list[str]:
        return [words for _, drafts, _ in self.unwritten.values() for words in words_in(drafts[0].value)]

    @contextmanager
    def drafting(self) -> Iterator[list[FieldKey]]:
        """Within it, a write in the middle of typing is put on the disk but not yet into the journal.

        So that somebody who types on and on loses nothing, and the journal does not swell by every word.
        Gives the fields it was done for; other writes are done as ever.
        """
        kept: list[FieldKey] = []
        self._drafting = kept
        try:
            yield kept
        finally:
            self._drafting = None

    def _keep_draft(self, name: str, draft: Draft, entity: str) -> Change:
        self.require_writable([draft])
        self.store.kept_words.keep_draft(draft, by=self.me, act=name)
        if self._drafting is not None:
            self._drafting.append(draft.key)
        return Change("", name, (), entity=entity)

    def require_writable(self, drafts: Iterable[Draft] = ()) -> None:
        """Raises `ReadOnlyVisit` or, for what a seal covers, `VisitSealed`."""
        if self.read_only:
            raise ReadOnlyVisit(self.read_only)
        self._refuse_lost()
        if self.record.seal is not None and not _may_follow_a_seal(drafts):
            raise VisitSealed

    def _refuse_lost(self) -> None:
        """Raises `FolderLost`, `DriveGone` and what `come_back` raises."""
        if self._lock is None:
            return
        lost = False
        try:
            lost = self._lock.lost
        except DriveGone:
            self._away = True
        if self._away or (self.store.file.cut_off and self._lock.replaced):
            self._away = True
            come_back(self.folder, self.data_key, self.store, self._lock)
            self._away = False
        elif lost:
            raise FolderLost(self.folder.path)

    def receive(self, ranges: Iterable[Sequence[Entry]], name: str = "Receive") -> Change:
        """Take ranges of colleagues' logs; raises `EntryRefused` and then nothing was taken."""
        if self.read_only:
            raise ReadOnlyVisit(self.read_only)
        self._refuse_lost()
        return self._take(self.store.receive(ranges), Act("", name), "")

    def become(self, identity: Identity) -> None:
        """Go on under another key of the same person, e.g. after two laptops wrote under one."""
        self.identity = identity
        self.store.speak_for(identity.device, identity.person)
        self._acts = None
        self._typing = None

    def end_typing(self) -> None:
        """The field was left: what is typed next is another act."""
        self._typing = None

    def _act_going_on(self, drafts: Sequence[Draft]) -> Act | None:
        """The act of the stretch of typing that these drafts go on with, if they do."""
        going_on = self._typing
        if going_on is None or len(drafts) != 1 or drafts[0].key != going_on.key:
            return None
        pause = (self.clock() - going_on.last).total_seconds()
        return going_on.act if 0 <= pause < TYPING_PAUSE_SECONDS else None

    def _take(self, written: Written, act: Act, entity: str) -> Change:
        for key, standing in written.standing.items():
            self.record.apply(key, standing)
        at = written.entries[-1].at if written.entries else ""
        return Change(act.id, act.name, tuple(written.standing), at, entity)

    # ---- the end ----------------------------------------------------------------------------------

    def close(self) -> None:
        try:
            self.previews.close()
            self.store.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def of_the_disk(refusal: Refusal) -> bool:
    """Whether trying again later may help: the disk was full, the drive gone."""
    return isinstance(refusal, DiskFull | DiskFault | FileInUse | PlaceForbidden | PlaceGone)


def words_in(value: object) -> list[str]:
    """What a person wrote of a recorded value."""
    if isinstance(value, str):
        return [value]
    return [word for part in value.values() for word in words_in(part)] if isinstance(value, dict) else []


def _may_follow_a_seal(drafts: Iterable[Draft]) -> bool:
    """Answers come after the report is signed; what they bring with them joins the same act.

    A purge may always follow: a patient's face must go, whatever was signed.
    """
    types = {draft.key.type for draft in drafts if draft.key.field != PURGED}
    return types - _WHILE_SEALED <= (_WITH_A_RETURN if "round" in types else set())


def lead_of(visit: OpenVisit) -> str:
    """The lead assessor's name, or empty."""
    return next((p.name for p in visit.record.people if p.role is Role.LEAD), "")
