"""How the verdicts of a check look: tone, shape and a word, so that colour is never the only sign."""

from __future__ import annotations

from qsin_desktop.domain.signatures import FileState, SignatureState
from qsin_desktop.domain.standards import Sign, Tone
from qsin_desktop.ui.widgets.chip import ChipFace

_BAD = Tone.NOT_MET, Sign.CROSS
_CARE = Tone.PARTLY, Sign.HALF

FILE_FACES = {
    FileState.GOOD: ChipFace("In order", Tone.MET, Sign.TICK),
    FileState.AS_MADE: ChipFace("As it was made", Tone.MET, Sign.TICK),
    FileState.UNTRUSTED: ChipFace("Unaltered, not all confirmed", *_CARE),
    FileState.EXPIRED: ChipFace("A credential has run out", *_CARE),
    FileState.UNSIGNED: ChipFace("Not signed", Tone.NOT_APPLICABLE, Sign.DASH),
    FileState.APPENDED: ChipFace("Something appended", *_BAD),
    FileState.CHANGED: ChipFace("Changed", *_BAD),
    FileState.BROKEN: ChipFace("Not what was signed", *_BAD),
    FileState.ROLLED_BACK: ChipFace("An earlier copy", *_BAD),
    FileState.WRONG_VISIT: ChipFace("Another visit", *_BAD),
    FileState.UNKNOWN: ChipFace("Not known here", *_CARE),
    FileState.NOT_PDF: ChipFace("Not a PDF", Tone.NOT_APPLICABLE, Sign.DASH),
    FileState.LOCKED: ChipFace("Locked", *_BAD),
    FileState.INVALID: ChipFace("Not valid", *_BAD),
}

SIGNATURE_FACES = {
    SignatureState.GOOD: ChipFace("Valid", Tone.MET, Sign.TICK),
    SignatureState.UNTRUSTED: ChipFace("Unaltered, not confirmed", *_CARE),
    SignatureState.EXPIRED: ChipFace("Run out", *_CARE),
    SignatureState.NOT_YET_VALID: ChipFace("Not valid yet", *_CARE),
    SignatureState.REVOKED: ChipFace("Taken back", *_BAD),
    SignatureState.CHANGED: ChipFace("Not valid", *_BAD),
    SignatureState.BROKEN: ChipFace("Not valid", *_BAD),
}
