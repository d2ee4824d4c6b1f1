"""A small pack and rule set that are right, and tables of single errors in them: (old text, new text, error)."""
# ruff: noqa: E501  # a row of a table is read in one line
# fmt: off

from __future__ import annotations

PACK = """\
id: small
title: Small
edition: "1"
publisher: Somebody
licence: Anybody
series:
  - code: "100"
    title: One
    standards:
      - code: IN-101
        title: First
        criteria:
          - letter: a
            title: Do it
            expected_notes: [document]
          - letter: b
            title: Show it
"""

RULES = """\
id: plain
title: Plain
scale:
  - {id: met, label: Met, key: "1", tone: met, sign: tick, rank: 0}
  - {id: not-met, label: Not met, key: "2", tone: not-met, sign: cross, rank: 1}
grades:
  - {id: finding, label: Finding, plural: Findings, tone: not-met, due_weeks: 12, blocks: true}
"""

ERRORS_IN_PACKS = [
    ("series:", "template: {}\nseries:", "line 6: The template: “body” is missing."),
    ("series:", "template: {body: B, colours: {accent: '#FFE066'}}\nseries:", "line 6: The colour #FFE066 is too pale to be read: its contrast on white is 1.3 to 1, and text needs more than 4.5. A darker shade of it is #7A6C31."),
    ("series:", "template:\n  body: B\n  logo: gone.png\nseries:", "line 8: The logo “gone.png” is a file name, which needs the pack to be a file too."),
    ("series:", "template:\n  body: B\n  sections: [standards, findings, disagreements, not_covered, exhibits, conclusion, signatures]\nseries:", "line 8: The section “visit” cannot be left out: every assessment report has it."),
    ("series:", "template:\n  body: B\n  colour: red\nseries:", "line 8: The template: the field “colour” is not known. Did you mean “colours”?"),
    ("title: Small", "title: 5", "line 2: The pack: “title” must be text; put it in quotes."),
    ("title: Small", "title:", "line 2: The pack: “title” is empty; it must be text."),
    ("title: Small", "title: [a]", "line 2: The pack: “title” must be text, not a list."),
    ("title: Small", "title: '  '", "line 2: The pack: “title” is empty."),
    ("title: Small\n", "", "line 1: The pack: “title” is missing."),
    ("title: Small", "title: Small\ntitel: x", "line 3: The pack: the field “titel” is not known. Did you mean “title”?"),
    ("title: Small", f"title: {'x' * 301}", "line 2: The pack: “title” has 301 characters; at most 300 are allowed."),
    ("title: Small", 'title: "a\\u0007"', "line 2: The pack: “title” holds a control character (U+0007)."),
    ("title: Small", 'title: "a\\u202e"', "line 2: The pack: “title” holds a mark that turns the writing direction (U+202E)."),
    ("id: small", "id: Small one", "line 1: The pack: “id” must be lower-case letters, digits and hyphens, at most 64."),
    ("id: small", "format: 2\nid: small", "line 1: The pack: “format” is 2; this program reads 1 only."),
    ("id: small", "outline: perhaps\nid: small", "line 1: The pack: “outline” must be true or false, not text."),
    ("id: small", "outline: true\nid: small", "line 1: The pack is an outline, so it needs a “notice” that says so."),
    ("id: small", "report_texts: {Two words: x}\nid: small", "line 1: The pack: the name “Two words” must be lower-case letters, digits and underscores, at most 40."),
    ("id: small", "report_texts: {scope: ''}\nid: small", "line 1: The pack: “scope” of “report_texts” is empty."),
    ("letter: b", "letter: a", "line 16: Standard IN-101: the letter “a” is used twice; it was first used on line 13."),
    ("letter: b", "letter: A", "line 16: Standard IN-101: the letter “A” is used twice; it was first used on line 13."),
    ("letter: b\n            ", "", "line 16: Standard IN-101 has several criteria, so each needs a letter; this one has none."),
    ("letter: b", "letter: b-1", "line 16: Criterion IN-101 b-1: “letter” must be one to four letters or digits, such as a."),
    ("title: Do it", "prompts: [" + "x, " * 30 + "x]\n            title: Do it", "line 14: Criterion IN-101 a: “prompts” has 31 entries; at most 30 are allowed."),
    ("id: small", "format: [1]\nid: small", "line 1: The pack: “format” is a list; this program reads 1 only."),
    ("id: small", "format:\nid: small", "line 1: The pack: “format” is empty; this program reads 1 only."),
    ("title: Do it", "title: ''", "line 14: Criterion IN-101 a: “title” is empty."),
    ("[document]", "[documnt]", "line 15: Criterion IN-101 a: “expected_notes”, item 1 is “documnt” (perhaps “document”); it must be one of: document, interview, observation, sample."),
    ("[document]", "[document, document]", "line 15: Criterion IN-101 a: “expected_notes” names “document” twice."),
    ("[document]", "document", "line 15: Criterion IN-101 a: “expected_notes” must be a list, not text."),
    ("[document]", "[]\n            prompts: [ok, 7]", "line 16: Criterion IN-101 a: “prompts”, item 2 must be text; put it in quotes."),
    ("title: Show it", "title: Show it\n            each_site: 1", "line 18: Criterion IN-101 b: “each_site” must be true or false, not a number."),
    ("code: IN-101", "code: IN_101!", "line 10: Standard IN_101!: “code” must be letters, digits, full stops, hyphens, strokes or spaces, at most 32, such as IN-301."),
]

ERRORS_IN_RULES = [
    ('key: "2"', 'key: "1"', "line 5: Scale point “not-met”: the key 1 is used twice; it was first used on line 4."),
    ('key: "2"', "key: 2", "line 5: Scale point “not-met”: “key” must be text; put it in quotes."),
    ('key: "2"', 'key: "12"', 'line 5: Scale point “not-met”: “key” must be one digit in quotes, such as "1".'),
    ("rank: 1", "rank: 0", "line 5: Scale point “not-met”: the rank 0 is used twice; it was first used on line 4."),
    ("rank: 1", "rank: 0.0", "line 5: Scale point “not-met”: the rank 0 is used twice; it was first used on line 4."),
    ("rank: 1", "rank: worst", "line 5: Scale point “not-met”: “rank” must be a whole number or null, not text."),
    ("rank: 1", "rank: -1", "line 5: Scale point “not-met”: “rank” is -1; it must be at least 0."),
    (", rank: 1", "", "line 5: Scale point “not-met”: “rank” is missing."),
    ("tone: met", "tone: green", "line 4: Scale point “met”: “tone” is “green”; it must be one of: met, partly, not-met, not-applicable, accent."),
    ("sign: tick", "sign: ring", "line 4: Scale point “met”: “sign” is “ring”; it must be one of: tick, half, cross, dash, star."),
    ("label: Not met", "label: MET", "line 5: The name “MET” is used twice; it was first used on line 4."),
    ("label: Not met", 'label: "1"', "line 5: “1” is the key of another scale point."),
    ("blocks: true", "praise: true", "line 7: Grade “finding”: praise has no time limit."),
    ("due_weeks: 12, blocks: true", "blocks: true, praise: true", "line 7: Grade “finding”: praise cannot block a recommendation."),
    ("due_weeks: 12", "due_weeks: 999", "line 7: Grade “finding”: “due_weeks” is 999; it must be at most 260."),
    ("due_weeks: 12", "due_weeks: 1.5", "line 7: Grade “finding”: “due_weeks” must be a whole number or null, not a decimal number."),
    ("blocks: true", "blocks: {}", "line 7: Grade “finding”: “blocks” must be true or false, not a set of fields."),
    ("due_weeks: 12", "due_weeks: 0", "line 7: Grade “finding”: “due_weeks” is 0; it must be at least 1."),
    ("id: plain", "id: plain\nroll_up: best", "line 2: The rule set: “roll_up” is “best”; it must be one of: worst, majority, none."),
    ("title: Plain", "title: ''", "line 2: The rule set: “title” is empty."),
]
