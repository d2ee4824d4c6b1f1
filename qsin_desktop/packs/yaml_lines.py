"""Read YAML into plain values that know their lines: no tags, few aliases, bounded depth and size.

The events of the parser are followed one by one, so that a hostile file is refused before it costs memory.
Plain scalars are read as YAML 1.2 reads them, with `yes` and `no` besides `true` and `false`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from qsin_desktop.packs.located import Located, Path, Place
from qsin_desktop.packs.refusals import MOST_ERRORS, PackError, cut_short

GREATEST_DEPTH = 20
MOST_ALIASES = 50
MOST_VALUES = 100_000  # counted with what aliases stand for

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "yes"), True),
    **dict.fromkeys(("false", "no"), False),
    **dict.fromkeys(("", "~", "null"), None),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,15}|[0-9]{1,15}(\.[0-9]{0,15})?)([eE][-+]?[0-9]{1,2})?")


class YamlRefused(Exception):
    """The text is not YAML that this program reads; `errors` names every reason."""

    def __init__(self, *errors: PackError) -> None:
        super().__init__("; ".join(map(str, errors)))
        self.errors = errors


@dataclass
class _Node:
    """A value being read. `fields` is for mappings (key → line of the key, value), `items` for lists."""

    line: int
    scalar: object = None
    items: list[_Node] | None = None
    fields: dict[str, tuple[int, _Node]] | None = None
    size: int = 1
    height: int = 1


def read_yaml(text: str) -> Located:
    """Raises `YamlRefused` with every repeated key, tag and tab, or the place where reading stopped."""
    tabs = _tabs(text)
    if tabs:
        raise YamlRefused(*tabs)
    reader = _Reader(_events(text))
    root = reader.document()
    if reader.errors:
        raise YamlRefused(*reader.errors)
    return Located(_plain(root), lambda path: _place(root, path))


def _tabs(text: str) -> list[PackError]:
    lines = text.split("\n") if "\t" in text else []
    found = [number for number, line in enumerate(lines, 1) if "\t" in line]
    return [PackError(line, "There is a tab character; use spaces.") for line in found[:MOST_ERRORS]]


def _events(text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise YamlRefused(_syntax_error(error)) from None
    except yaml.reader.ReaderError as error:
        raise YamlRefused(_unreadable(text, error)) from None


def _syntax_error(error: yaml.MarkedYAMLError) -> PackError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "it cannot be read"
    return PackError(mark.line + 1 if mark else None, f"This is not well-formed YAML ({problem}).")


def _unreadable(text: str, error: yaml.reader.ReaderError) -> PackError:
    line = text.count("\n", 0, error.position) + 1
    return PackError(line, "There is a control character that a text file should not hold.")


@dataclass
class _Reader:
    events: Iterator[yaml.Event]
    errors: list[PackError] = field(default_factory=list)
    anchors: dict[str, _Node] = field(default_factory=dict)
    aliases: int = 0
    values: int = 0

    def document(self) -> _Node:
        next(self.events)  # the stream starts
        if not isinstance(next(self.events), yaml.DocumentStartEvent):
            raise YamlRefused(PackError(None, "the file is empty."))
        root = self._node(next(self.events), 1)
        next(self.events)  # the document ends
        self._only_one_document()
        return root

    def _only_one_document(self) -> None:
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self._fault(event, "A second document starts here; a file holds one.")

    def _node(self, event: yaml.Event, depth: int) -> _Node:
        if depth > GREATEST_DEPTH:
            raise YamlRefused(PackError(_line(event), f"It is nested more than {GREATEST_DEPTH} deep."))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        self._count(event, 1)
        node = self._fresh(event, depth)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self.anchors[anchor] = node
        return node

    def _fresh(self, event: yaml.Event, depth: int) -> _Node:
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._fault(event, f"The tag “{cut_short(tag)}” is not allowed; write plain values.")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return _Node(_line(event), scalar=_scalar(event))

    def _alias(self, event: yaml.AliasEvent, depth: int) -> _Node:
        self.aliases += 1
        name = str(event.anchor)
        if self.aliases > MOST_ALIASES:
            raise YamlRefused(PackError(_line(event), f"More than {MOST_ALIASES} aliases (*name) are used."))
        node = self.anchors.get(name)
        if node is None:
            reason = f"The alias “*{cut_short(name)}” stands for nothing that is complete before it."
            raise YamlRefused(PackError(_line(event), reason))
        self._count(event, node.size)
        if depth + node.height - 1 > GREATEST_DEPTH:
            raise YamlRefused(PackError(_line(event), f"It is nested more than {GREATEST_DEPTH} deep."))
        return node

    def _count(self, event: yaml.Event, size: int) -> None:
        self.values += size
        if self.values > MOST_VALUES:
            raise YamlRefused(PackError(_line(event), f"There are more than {MOST_VALUES:,} values in it."))

    def _sequence(self, start: yaml.Event, depth: int) -> _Node:
        items: list[_Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return _measured(_Node(_line(start), items=items), items)

    def _mapping(self, start: yaml.Event, depth: int) -> _Node:
        fields: dict[str, tuple[int, _Node]] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event)
            node = self._node(next(self.events), depth + 1)
            if key in fields:
                self._fault(
                    event, f"“{cut_short(key)}” is there twice; the first is on line {fields[key][0]}."
                )
            else:
                fields[key] = (_line(event), node)
        return _measured(_Node(_line(start), fields=fields), [node for _, node in fields.values()])

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlRefused(PackError(_line(event), "The name of a field must be a plain word."))
        return str(event.value)

    def _fault(self, event: yaml.Event, reason: str) -> None:
        self.errors.append(PackError(_line(event), reason))
        if len(self.errors) == MOST_ERRORS:
            raise YamlRefused(*self.errors)


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _measured(node: _Node, parts: list[_Node]) -> _Node:
    node.size = 1 + sum(part.size for part in parts)
    node.height = 1 + max((part.height for part in parts), default=0)
    return node


def _scalar(event: yaml.Event) -> object:
    if not isinstance(event, yaml.ScalarEvent):
        raise TypeError(event)
    text = str(event.value)
    if not event.implicit[0]:  # quoted or a block: text as it stands
        return text
    if text in (text.lower(), text.upper(), text.capitalize()) and text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def _plain(node: _Node) -> object:
    if node.fields is not None:
        return {key: _plain(part) for key, (_, part) in node.fields.items()}
    if node.items is not None:
        return [_plain(part) for part in node.items]
    return node.scalar


def _place(root: _Node, path: Path) -> Place:
    """The line of the field or list item at `path`, or of the last part of it that is there."""
    node, line = root, root.line
    for step in path:
        if node.fields is not None and step in node.fields:
            line, node = node.fields[str(step)]
        elif node.items is not None and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            break
    return Place(line)
