"""Undo and redo of one's own acts, from the journal, so that they outlive a restart."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NothingToUndo, Refusal
from qsin_desktop.journal.entry import Act, Draft, Entry


class ChangedSince(Refusal):
    def __init__(self, name: str, by: str) -> None:
        super().__init__(
            f"“{name}” cannot be undone, because {by} has changed the same thing since; nothing was changed."
        )


class Stacks:
    """What can be undone and redone, the next one last, after the acts taken so far."""

    def __init__(self) -> None:
        self.undo: list[Act] = []
        self.redo: list[Act] = []
        self._by_id: dict[str, Act] = {}

    def take(self, act: Act) -> None:
        """The next act of this laptop; a lasting one (founding, export, seal) is not for undoing."""
        self._by_id[act.id] = act
        if act.kind == "undo":
            _move(self._by_id.get(act.of), self.undo, self.redo)
        elif act.kind == "redo":
            _move(self._by_id.get(act.of), self.redo, self.undo)
        elif act.kind == "do":
            self.undo.append(act)
            self.redo.clear()


class History:
    """The acts of this laptop in one open visit, read once and then kept up with."""

    def __init__(self, visit: OpenVisit) -> None:
        self._visit = visit
        self._stacks = Stacks()
        self._taken = 0

    def stacks(self) -> Stacks:
        acts = self._visit.acts
        for act in acts[self._taken :]:
            self._stacks.take(act)
        self._taken = len(acts)
        return self._stacks

    @property
    def undo_name(self) -> str:
        """The name of the act that undo would take back, or empty."""
        undo = self.stacks().undo
        return undo[-1].name if undo else ""

    @property
    def redo_name(self) -> str:
        redo = self.stacks().redo
        return redo[-1].name if redo else ""

    def undo(self) -> Change:
        """Take back the last act that still holds; raises `NothingToUndo` or `ChangedSince`."""
        undo = self.stacks().undo
        if not undo:
            raise NothingToUndo
        act = undo[-1]
        entries = self._entries(act)
        self._refuse_if_changed(act, entries)
        drafts = [Draft(entry.key, undo=entry.id) for entry in reversed(entries)]
        return self._visit.write_act(Act(self._visit.new_id()[:16], act.name, "undo", act.id), drafts)

    def redo(self) -> Change:
        """Do again what was undone last; raises `NothingToUndo`."""
        redo = self.stacks().redo
        if not redo:
            raise NothingToUndo("redo")
        act = redo[-1]
        undone = {entry.id for entry in self._entries(act)}
        drafts = [
            Draft(undoing.key, undo=undoing.id)
            for key in dict.fromkeys(entry.key for entry in self._entries(act))
            for undoing in self._holding_undoers(self._visit.store.entries_for(key), undone)
        ]
        return self._visit.write_act(Act(self._visit.new_id()[:16], act.name, "redo", act.id), drafts)

    def _entries(self, act: Act) -> list[Entry]:
        return self._visit.store.entries_of_act(self._visit.identity.device, act.id)

    def _refuse_if_changed(self, act: Act, entries: list[Entry]) -> None:
        """Somebody else's later entry that replaced one of these still stands: undoing would show nothing."""
        mine = {entry.id for entry in entries}
        for key in dict.fromkeys(entry.key for entry in entries):
            stands = {s.entry for s in self._visit.record.standing(key)}
            for later in self._visit.store.entries_for(key):
                if later.id in stands and later.by != self._visit.me and mine & set(later.over):
                    raise ChangedSince(act.name, self._visit.record.person_name(later.by))

    @staticmethod
    def _holding_undoers(entries: list[Entry], undone: set[str]) -> list[Entry]:
        taken_back = {entry.undo for entry in entries if entry.undo}
        return [entry for entry in entries if entry.undo in undone and entry.id not in taken_back]


def _move(act: Act | None, source: list[Act], target: list[Act]) -> None:
    if act in source and act is not None:
        source.remove(act)
        target.append(act)
