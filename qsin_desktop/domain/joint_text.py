"""Two texts that grew apart from one: where they differ, and one text that holds what both say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SENTENCE = re.compile(r"[^\n.!?]*[.!?]+[)\"”’]*\s*|[^\n]*\n+|[^\n]+")
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Part:
    """A run of a text; `only` is True for what the other text has not."""

    text: str
    only: bool


@dataclass(frozen=True)
class JointText:
    """A proposal for a person to accept or mend. `clean` is False where both changed the same sentence."""

    text: str
    clean: bool


def differences(one: str, other: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both texts word by word in runs, for showing them side by side."""
    left, right = _WORD.findall(one), _WORD.findall(other)
    ours: list[Part] = []
    theirs: list[Part] = []
    for same, a, b, c, d in _opcodes(left, right):
        if left[a:b]:
            ours.append(Part("".join(left[a:b]), not same))
        if right[c:d]:
            theirs.append(Part("".join(right[c:d]), not same))
    return tuple(ours), tuple(theirs)


def joint_text(base: str, one: str, other: str) -> JointText:
    """Three ways, by sentences: what only one changed is taken from it; where both did, both stand.

    Where one put words before a sentence and the other after it, it stands once with both around it.
    """
    if other in (one, base):
        return JointText(one, clean=True)
    if one == base:
        return JointText(other, clean=True)
    start, left, right = _sentences(base), _sentences(one), _sentences(other)
    parts: list[str] = []
    clean = True
    for first, last in _unchanged_by_neither(start, left, right):
        between, is_clean = _between(first, start, left, right)
        parts += between
        clean = clean and is_clean
        parts += start[last[0] : last[1]]
    if _lacks_what_both_say("".join(parts), one, other, {*left, *right}):
        parts, clean = [*_closed(left), *(sentence for sentence in right if sentence not in left)], False
    return JointText("".join(parts).strip("\n") if base or one or other else "", clean)


def _lacks_what_both_say(joint: str, one: str, other: str, sentences: set[str]) -> bool:
    """Where a sentence stands several times in the base, each may have dropped another one of them."""
    said = (sentence.strip() for sentence in sentences)
    return any(words in one and words in other and words not in joint for words in said)


_Span = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]


def _unchanged_by_neither(
    base: Sequence[str], one: Sequence[str], other: Sequence[str]
) -> Iterator[tuple[_Span, tuple[int, int]]]:
    """The stretches before each run of sentences that all three have, and that run; the last run is empty."""
    in_one, in_other = _kept(base, one), _kept(base, other)
    at = (0, 0, 0)
    position = 0
    while position < len(base):
        if position in in_one and position in in_other:
            end = position
            here = (in_one[position], in_other[position])
            while (
                in_one.get(end) == here[0] + end - position and in_other.get(end) == here[1] + end - position
            ):
                end += 1
            yield ((at[0], position), (at[1], here[0]), (at[2], here[1])), (position, end)
            at = (end, here[0] + end - position, here[1] + end - position)
            position = end
        else:
            position += 1
    yield ((at[0], len(base)), (at[1], len(one)), (at[2], len(other))), (len(base), len(base))


def _kept(base: Sequence[str], text: Sequence[str]) -> dict[int, int]:
    """Place in the base → place in the text, of the sentences that stayed."""
    found = SequenceMatcher(None, base, text, autojunk=False).get_matching_blocks()
    return {block.a + at: block.b + at for block in found for at in range(block.size)}


def _between(
    span: _Span, base: Sequence[str], one: Sequence[str], other: Sequence[str]
) -> tuple[list[str], bool]:
    was, ours, theirs = (list(text[a:b]) for text, (a, b) in zip((base, one, other), span, strict=True))
    if ours in (was, theirs):
        return theirs, True
    if theirs == was:
        return ours, True
    if len(was) == len(ours) == len(theirs) > 1:
        each = [_between(((0, 1),) * 3, [a], [b], [c]) for a, b, c in zip(was, ours, theirs, strict=True)]
        return [text for texts, _ in each for text in texts], all(is_clean for _, is_clean in each)
    around = _with_both_around("".join(was), "".join(ours), "".join(theirs))
    if around is not None:
        return [around], True
    return [*_closed(ours), *(sentence for sentence in theirs if sentence not in ours)], False


def _with_both_around(was: str, ours: str, theirs: str) -> str | None:
    """What was, once, between the words that one put before and the other after it; None where both did.

    An end may come before or after the full stop, and a first letter may have become small.
    """
    core, end = _without_end(was)
    if not core:
        return None
    mine, others = _parts_around(core, ours), _parts_around(core, theirs)
    if mine is None or others is None:
        return None
    before = _only_change("", mine[0], others[0])
    after = _only_change(end, mine[2], others[2])
    if before is None or after is None:
        return None
    return before + (mine if mine[0] else others)[1] + after


def _without_end(text: str) -> tuple[str, str]:
    """A text and the full stop, brackets and spaces after its last word."""
    words = _WORD.findall(text)
    last = next((at for at in range(len(words), 0, -1) if words[at - 1][0].isalnum()), 0)
    return "".join(words[:last]), "".join(words[last:])


def _parts_around(core: str, text: str) -> tuple[str, str, str] | None:
    """What stands before, as, and after `core`; None where it is not there as whole words just once."""
    first = f"[{re.escape(core[:1].upper() + core[:1].lower())}]"
    found = list(re.finditer(rf"(?<!\w){first}{re.escape(core[1:])}(?!\w)", text))
    if len(found) != 1:
        return None
    start, end = found[0].span()
    return text[:start], text[start:end], text[end:]


def _only_change(was: str, ours: str, theirs: str) -> str | None:
    """What one of two made of it, spaces apart; None where both made something else of it."""
    if ours.strip() == theirs.strip() or theirs.strip() == was.strip():
        return ours if len(ours) >= len(theirs) or theirs.strip() == was.strip() else theirs
    return theirs if ours.strip() == was.strip() else None


def _closed(sentences: list[str]) -> list[str]:
    """So that what follows does not run into the last word."""
    if sentences and not sentences[-1][-1].isspace():
        return [*sentences[:-1], sentences[-1] + " "]
    return sentences


def _sentences(text: str) -> list[str]:
    return _SENTENCE.findall(text)


def _opcodes(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield tag == "equal", a, b, c, d
