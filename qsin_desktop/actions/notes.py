"""Write, change and take back notes."""

from __future__ import annotations

from qsin_desktop.actions.open_visit import OpenVisit
from qsin_desktop.actions.rating import site_id
from qsin_desktop.actions.reinstating import WITHDRAWN, reinstating
from qsin_desktop.actions.texts import blank_to_none, kept, needed, one_line
from qsin_desktop.domain.changes import Change
from qsin_desktop.domain.errors import NotFound, Refusal
from qsin_desktop.domain.evidence import Note, NoteKind
from qsin_desktop.domain.standing import FieldKey
from qsin_desktop.domain.visits import Stage
from qsin_desktop.journal.entry import Draft


class UnknownNoteKind(Refusal):
    def __init__(self, given: str) -> None:
        known = ", ".join(kind.value for kind in NoteKind)
        super().__init__(f"“{given}” is not a kind of note; the kinds are: {known}.")


class NotYourNote(Refusal):
    def __init__(self, author: str) -> None:
        super().__init__(f"This note is {author}'s. Write a note of your own beside it; nothing was changed.")


class NoteTakenBack(Refusal):
    def __init__(self) -> None:
        super().__init__("This note was taken back; bring it back first. Nothing was changed.")


def note_kind(name: str) -> NoteKind:
    try:
        return NoteKind(name.strip().casefold())
    except ValueError:
        raise UnknownNoteKind(name) from None


def add_note(
    visit: OpenVisit,
    *,
    criterion: str,
    kind: NoteKind,
    text: str = "",
    heard: str = "",
    role: str = "",
    when: str = "",
    site: str | None = None,
    stage: Stage = Stage.SITE,
) -> Change:
    """A new note; `change.entity` is its id. The text may still be empty while it is being written."""
    judged = visit.criterion(criterion)
    note_id = visit.new_id()
    made = {"criterion": judged.code, "kind": kind.value, "stage": stage.value, "site": site_id(visit, site)}
    drafts = [Draft(FieldKey("note", note_id, "made"), made)]
    if text:
        drafts.append(Draft(FieldKey("note", note_id, "text"), needed(text, "note")))
    if heard or role or when:
        drafts.append(_about(note_id, heard, role, when))
    return visit.write(f"{kind.label} note on {judged.shown_code}", drafts, entity=note_id)


def write_note(visit: OpenVisit, *, note: str, text: str, typing: bool = False) -> Change:
    """Change my note's text. A blank text is kept as blank; the note stays until it is taken back."""
    own = _own(visit, note)
    draft = Draft(FieldKey("note", own.id, "text"), blank_to_none(kept(text, "note")))
    return visit.write(f"Write a note on {_code(visit, own)}", [draft], typing=typing)


def tell_about_note(
    visit: OpenVisit, *, note: str, heard: str, role: str, when: str, typing: bool = False
) -> Change:
    """Who said or showed it, in what role, and when."""
    own = _own(visit, note)
    about = _about(own.id, heard, role, when)
    return visit.write(f"Who was heard on {_code(visit, own)}", [about], typing=typing)


def change_note_kind(visit: OpenVisit, *, note: str, kind: NoteKind) -> Change:
    own = _own(visit, note)
    return visit.write(
        f"Make it a note of kind {kind.value}", [Draft(FieldKey("note", own.id, "kind"), kind.value)]
    )


def show_note(visit: OpenVisit, *, note: str, shown: bool) -> Change:
    """Choose whether the note goes into the report."""
    own = _own(visit, note)
    word = "Show" if shown else "Leave out"
    return visit.write(
        f"{word} a note on {_code(visit, own)} in the report",
        [Draft(FieldKey("note", own.id, "shown"), shown)],
    )


def take_back_note(visit: OpenVisit, *, note: str, reason: str = "") -> Change:
    """Take my note back: it counts no more and stays to be read as withdrawn, with a reason if I like."""
    own = _own(visit, note)
    why = kept(reason, "reason").strip() or "Taken back"
    key = FieldKey("note", own.id, WITHDRAWN)
    return visit.write(f"Take back a note on {_code(visit, own)}", [Draft(key, why)])


def reinstate_note(visit: OpenVisit, *, note: str) -> Change:
    """My note stands again; nothing changes where it does."""
    own = _mine(visit, note)
    drafts = [reinstating(visit, FieldKey("note", note, WITHDRAWN))] if own.withdrawal else []
    return visit.write(f"Bring back a note on {_code(visit, own)}", drafts)


def _about(note_id: str, heard: str, role: str, when: str) -> Draft:
    about = {
        "heard": one_line(heard, "name of who was heard"),
        "role": one_line(role, "role"),
        "when": one_line(when, "time"),
    }
    return Draft(FieldKey("note", note_id, "about"), about)


def _own(visit: OpenVisit, note_id: str) -> Note:
    own = _mine(visit, note_id)
    if own.withdrawal is not None:
        raise NoteTakenBack
    return own


def _mine(visit: OpenVisit, note_id: str) -> Note:
    note = visit.record.note(note_id)
    if note is None:
        raise NotFound("note", note_id)
    if note.by != visit.me:
        raise NotYourNote(visit.record.person_name(note.by))
    return note


def _code(visit: OpenVisit, note: Note) -> str:
    return visit.criterion(note.criterion).shown_code
