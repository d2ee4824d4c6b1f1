"""What three assessors write during one visit, act by act, the same every time and without an end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qsin_desktop.domain.rating import RatingKey
from qsin_desktop.domain.standards import Criterion, Pack, Rules
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import NETWORK, Stage
from qsin_desktop.journal.entry import Draft
from tests.bench.visit_texts import sentence, title, where, who, words

WRITERS = 3
_NOTES_A_CRITERION = 5
_MOST_FINDINGS, _MOST_SEEN = 200, 300
_DISPUTED = 0.002  # ratings that a second person gives too


@dataclass(frozen=True)
class WrittenAct:
    """One act of one of the three; what each draft replaces is left to whoever writes it down."""

    writer: int
    name: str
    drafts: tuple[Draft, ...]


class Story:
    """Mostly ratings, each place several times; then notes written bit by bit, findings, flags, documents."""

    def __init__(self, pack: Pack, rules: Rules, sites: Sequence[str]) -> None:
        self._chance = random.Random(20261124)
        self._rules = rules
        self._criteria = pack.criteria
        self._owner = {standard.code: at % WRITERS for at, standard in enumerate(pack.standards)}
        places = (NETWORK, *sites)
        self._places = [RatingKey(c.code, stage, p) for c in pack.criteria for stage in Stage for p in places]
        self._chance.shuffle(self._places)
        self._rated = 0
        self._notes: list[tuple[str, int]] = []
        self._findings: list[str] = []
        self._seen = 0

    def acts(self) -> Iterator[WrittenAct]:
        kinds: list[Callable[[], WrittenAct]] = [
            self._rate,
            self._begin_note,
            self._go_on_with_note,
            self._raise_finding,
            self._change_finding,
            self._set_state,
            self._set_flag,
            self._see_document,
        ]
        while True:
            yield self._chance.choices(kinds, (720, 12, 190, 2, 40, 30, 8, 3))[0]()

    def _criterion(self) -> tuple[Criterion, int]:
        criterion = self._chance.choice(self._criteria)
        return criterion, self._owner[criterion.standard]

    # ---- ratings ------------------------------------------------------------------------------------

    def _rate(self) -> WrittenAct:
        key = self._places[self._rated % len(self._places)]
        self._rated += 1
        writer = self._owner[key.criterion.rpartition(".")[0]]
        if self._chance.random() < _DISPUTED:
            writer = (writer + 1) % WRITERS
        point = self._chance.choices(self._rules.scale[:3], (70, 20, 10))[0]
        explains = point.needs_reason or self._chance.random() < 0.4
        value = {"rating": point.id, "reason": words(self._chance, 1, 2) if explains else ""}
        draft = Draft(FieldKey("rating", key.entity, "rating"), value)
        return WrittenAct(writer, f"Rate {key.criterion}: {point.label}", (draft,))

    # ---- notes --------------------------------------------------------------------------------------

    def _begin_note(self) -> WrittenAct:
        if len(self._notes) >= _NOTES_A_CRITERION * len(self._criteria):
            return self._go_on_with_note()
        criterion, writer = self._criterion()
        note, chance = f"{len(self._notes):032x}", self._chance
        self._notes.append((note, writer))
        kind = chance.choice(("document", "interview", "observation", "sample"))
        made = {"criterion": criterion.code, "kind": kind, "stage": "site", "site": NETWORK}
        about = {"heard": who(chance), "role": "", "when": f"{chance.randrange(9, 17)}:30"}
        drafts = (
            Draft(FieldKey("note", note, "made"), made),
            Draft(FieldKey("note", note, "text"), words(chance, 1, 3)),
            Draft(FieldKey("note", note, "about"), about),
        )
        return WrittenAct(writer, f"{kind.capitalize()} note on {criterion.code}", drafts)

    def _go_on_with_note(self) -> WrittenAct:
        if not self._notes:
            return self._begin_note()
        note, writer = self._chance.choice(self._notes)
        draft = Draft(FieldKey("note", note, "text"), words(self._chance, 1, 6))
        return WrittenAct(writer, "Write a note", (draft,))

    # ---- findings -----------------------------------------------------------------------------------

    def _raise_finding(self) -> WrittenAct:
        if len(self._findings) >= _MOST_FINDINGS:
            return self._change_finding()
        criterion, writer = self._criterion()
        finding, number = f"f{len(self._findings):031x}", f"F-{len(self._findings) + 1:03d}"
        self._findings.append(finding)
        values = {
            "made": {"number": number},
            "grade": self._chance.choice(self._rules.grades).id,
            "criterion": criterion.code,
            "requirement": criterion.title,
            "evidence": words(self._chance, 1, 3),
            "gap": sentence(self._chance),
        }
        drafts = tuple(Draft(FieldKey("finding", finding, name), value) for name, value in values.items())
        return WrittenAct(writer, f"Raise {number}", drafts)

    def _change_finding(self) -> WrittenAct:
        if not self._findings:
            return self._raise_finding()
        field = self._chance.choice(("requirement", "evidence", "gap"))
        finding = self._chance.choice(self._findings)
        draft = Draft(FieldKey("finding", finding, field), words(self._chance, 1, 4))
        return WrittenAct(self._chance.randrange(WRITERS), f"Change the {field} of a finding", (draft,))

    # ---- the rest -----------------------------------------------------------------------------------

    def _set_state(self) -> WrittenAct:
        criterion, writer = self._criterion()
        state = self._chance.choice(("in review", "done"))
        draft = Draft(FieldKey("criterion", criterion.code, "state"), state)
        return WrittenAct(writer, f"Mark {criterion.code} {state}", (draft,))

    def _set_flag(self) -> WrittenAct:
        criterion, writer = self._criterion()
        value = {"words": "ask again"} if self._chance.random() < 0.5 else None
        return WrittenAct(
            writer, f"Flag {criterion.code}", (Draft(FieldKey("criterion", criterion.code, "flag"), value),)
        )

    def _see_document(self) -> WrittenAct:
        if self._seen >= _MOST_SEEN:
            return self._go_on_with_note()
        criterion, writer = self._criterion()
        self._seen += 1
        exhibit, number, chance = f"e{self._seen:031x}", f"E-{self._seen:03d}", self._chance
        seen = {"title": title(chance), "where": where(chance), "showed": sentence(chance)}
        made = {"number": number, "group": "seen", "kind": "Seen, not copied"}
        link = {"exhibit": exhibit, "criterion": criterion.code, "finding": ""}
        drafts = (
            Draft(FieldKey("exhibit", exhibit, "made"), made),
            Draft(FieldKey("exhibit", exhibit, "seen"), seen),
            Draft(FieldKey("link", f"l{self._seen:031x}", "made"), link),
        )
        return WrittenAct(writer, f"Record {number} as seen", drafts)
