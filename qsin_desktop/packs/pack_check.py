"""What a schema cannot say of a pack: codes used once in any spelling, letters where they are needed."""

from __future__ import annotations

from collections.abc import Iterator

from qsin_desktop.packs.located import Located, Once, Path, folded, listed, text_of
from qsin_desktop.packs.refusals import PackError, cut_short
from qsin_desktop.packs.rules_check import rules_errors
from qsin_desktop.packs.template_check import template_errors

MOST_CRITERIA = 3000


def pack_errors(located: Located) -> list[PackError]:
    return [
        *_series_errors(located),
        *_standard_errors(located),
        *_criterion_errors(located),
        *_outline_errors(located),
        *_rules_errors(located),
        *_template_errors(located),
    ]


def criterion_code(standard: str, letter: str) -> str:
    """`IN-301.b`; the standard's own code where it has one criterion without a letter."""
    return f"{standard}.{letter}" if letter else standard


def _series_errors(located: Located) -> Iterator[PackError]:
    seen = Once(located)
    for number, series in enumerate(listed(located.value, "series")):
        code = text_of(series, "code")
        if code:
            path: Path = ("series", number, "code")
            yield from seen.see(folded(code), path, f"The series code “{cut_short(code)}” is used twice")


def _standards(located: Located) -> Iterator[tuple[Path, object]]:
    for number, series in enumerate(listed(located.value, "series")):
        for place, standard in enumerate(listed(series, "standards")):
            yield ("series", number, "standards", place), standard


def _standard_errors(located: Located) -> Iterator[PackError]:
    seen = Once(located)
    for path, standard in _standards(located):
        code = text_of(standard, "code")
        if code:
            reason = f"The standard code “{cut_short(code)}” is used twice"
            yield from seen.see(folded(code), (*path, "code"), reason)


def _criterion_errors(located: Located) -> Iterator[PackError]:
    everywhere, count, told = Once(located), 0, set[str]()
    for path, standard in _standards(located):
        criteria = listed(standard, "criteria")
        count += len(criteria)
        yield from _letter_errors(located, standard, (*path, "criteria"))
        code = folded(text_of(standard, "code"))
        if code not in told:  # a standard that is there twice has been told as such
            told.add(code)
            yield from _spelling_errors(everywhere, standard, (*path, "criteria"))
    if count > MOST_CRITERIA:
        yield located.error(
            ("series",), f"The pack has {count:,} criteria; at most {MOST_CRITERIA:,} are allowed."
        )


def _letter_errors(located: Located, standard: object, path: Path) -> Iterator[PackError]:
    """Within one standard: every letter once, and none left out where there are several criteria."""
    code, criteria, seen = cut_short(text_of(standard, "code")), listed(standard, "criteria"), Once(located)
    for number, criterion in enumerate(criteria):
        letter = text_of(criterion, "letter")
        if letter:
            reason = f"Standard {code}: the letter “{cut_short(letter)}” is used twice"
            yield from seen.see(folded(letter), (*path, number, "letter"), reason)
        elif len(criteria) > 1 and isinstance(criterion, dict) and "letter" not in criterion:
            reason = f"Standard {code} has several criteria, so each needs a letter; this one has none."
            yield located.error((*path, number), reason)


def _spelling_errors(everywhere: Once, standard: object, path: Path) -> Iterator[PackError]:
    """Across standards: `IN-10` with letter `1a` is read the same as `IN-101` with letter `a`."""
    code, within = text_of(standard, "code"), set[str]()
    for number, criterion in enumerate(listed(standard, "criteria")):
        name = criterion_code(code, text_of(criterion, "letter"))
        if code and folded(name) not in within:
            within.add(folded(name))
            reason = f"The criterion code “{cut_short(name)}” reads like another one"
            yield from everywhere.see(folded(name), (*path, number), reason)


def _outline_errors(located: Located) -> Iterator[PackError]:
    """Nothing may pass for official wording: an outline says so in its notice."""
    pack = located.value
    if isinstance(pack, dict) and pack.get("outline") is True and not text_of(pack, "notice"):
        yield located.error(("outline",), "The pack is an outline, so it needs a “notice” that says so.")


def _template_errors(located: Located) -> list[PackError]:
    pack = located.value
    return template_errors(located, pack.get("template"), ("template",)) if isinstance(pack, dict) else []


def _rules_errors(located: Located) -> Iterator[PackError]:
    seen = Once(located)
    for number, rules in enumerate(listed(located.value, "rules")):
        path: Path = ("rules", number)
        name = text_of(rules, "id")
        if name:
            yield from seen.see(
                folded(name), (*path, "id"), f"The rule set “{cut_short(name)}” is there twice"
            )
        yield from rules_errors(located, rules, path)
