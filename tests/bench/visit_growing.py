"""Makes a visit grow to any length of journal: every act signed on one of three laptops, as in real work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qsin_desktop.actions.choosing import rules_for
from qsin_desktop.actions.founding import NewVisit, Protection, TeamMember, found_visit
from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.opening import Unlocking, open_visit
from qsin_desktop.actions.planning import confirm_device
from qsin_desktop.domain.people import Role
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.journal.entry import Act, Draft, Entry, write_entry
from qsin_desktop.journal.fields import Kind, field_of
from qsin_desktop.store.folder import VisitFolder
from qsin_desktop.store.identity import Identity
from qsin_desktop.store.visit_store import VisitStore
from tests.bench.size import Size
from tests.bench.visit_story import Story, WrittenAct
from tests.large_pack import large_pack

LEAD = Identity.from_seed(b"bench: the lead's laptop", "1" * 32, "Lena Lead")
TEAM = (
    LEAD,
    Identity.from_seed(b"bench: the peer's laptop", "2" * 32, "Ada Assessor"),
    Identity.from_seed(b"bench: the lay assessor's laptop", "3" * 32, "Lou Layman"),
)
PASSPHRASE = "four plain words here"
_BATCH = 500  # entries a commit
_SITES = ("Royal Wessex Hospital", "St Aldhelm Hospital", "Harbour CDC", "Moor Park Infirmary", "Quay CDC")


def opened(path: Path) -> OpenVisit:
    """The visit at `path`, by the key file beside it, with the lead at the keyboard."""
    key_file = VisitFolder(path).key_file
    return open_visit(path, identity=LEAD, unlocking=Unlocking(key_file=key_file, use_keyring=False))


def found(path: Path, size: Size) -> None:
    """A visit of three assessors with nothing judged yet; both a passphrase and a key file open it."""
    pack = large_pack(criteria=size.criteria)
    new = NewVisit(
        network="Greater Wessex Imaging Network",
        pack=pack,
        rules=rules_for(pack)[0],
        sites=tuple(f"{_SITES[n % len(_SITES)]} {n + 1}" for n in range(size.sites)),
        starts="2026-11-02",
        ends="2026-11-27",
        scope="All modalities at every site.",
        team=tuple(TeamMember(one.name, Role.PEER, person=one.person) for one in TEAM[1:]),
    )
    protection = Protection(passphrase=PASSPHRASE, key_file=VisitFolder(path).key_file)
    with found_visit(path, new, identity=LEAD, protection=protection) as visit:
        for one in TEAM[1:]:
            confirm_device(visit, device=one.device, person=one.person)


class Growing:
    """Writes a story into a visit's journal, each act with entries of its own, `_BATCH` entries a commit.

    The story goes on where it was, also in a copy of the visit opened later.
    """

    def __init__(self, path: Path) -> None:
        with opened(path) as visit:
            record, store = visit.record, visit.store
            self._story = Story(record.pack, record.rules, [site.id for site in record.sites]).acts()
            self._visit, self._count = store.visit, store.entry_count()
            tips = [store.tip(one.device) for one in TEAM]
            self._tips = [(tip.seq, tip.chain_hash) for tip in tips]
            self._n = max(tip.n for tip in tips)
        self._last: dict[tuple[FieldKey, str], str] = {}
        self._at = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
        self._serial = 0

    def grow(self, path: Path, entries: int) -> None:
        """Until the visit's journal holds `entries`, or two or three more where an act needs them."""
        with opened(path) as visit:
            while self._count < entries:
                self._commit(visit.store, min(_BATCH, entries - self._count))

    def _commit(self, store: VisitStore, wanted: int) -> None:
        written: list[list[Entry]] = [[] for _ in TEAM]
        while sum(map(len, written)) < wanted:
            act = next(self._story)
            written[act.writer].extend(self._entries(act))
        store.receive(written)
        self._count += sum(map(len, written))

    def _entries(self, given: WrittenAct) -> Iterable[Entry]:
        self._at += timedelta(seconds=17)
        self._serial += 1
        act = Act(f"{self._serial:016x}", given.name)
        for draft in given.drafts:
            yield self._entry(given.writer, act, draft)

    def _entry(self, writer: int, act: Act, draft: Draft) -> Entry:
        me, (seq, prev) = TEAM[writer], self._tips[writer]
        row = field_of(draft.key.type, draft.key.field)
        assert row is not None, draft.key
        self._n += 1
        mark = (draft.key, me.person if row.kind is Kind.OPINION else "")
        replaced = self._last.get(mark) if row.kind in (Kind.OPINION, Kind.SHARED) else None
        entry = write_entry(
            Draft(draft.key, draft.value, over=(replaced,) if replaced else ()),
            visit=self._visit,
            signer=me,
            by=me.person,
            at=self._at.isoformat(timespec="seconds"),
            seq=seq + 1,
            prev=prev,
            n=self._n,
            act=act,
            must=row.must,
            salt=lambda: f"{self._n:032x}",
        )
        self._tips[writer], self._last[mark] = (entry.seq, entry.chain_hash), entry.id
        return entry
