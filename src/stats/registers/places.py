"""Where an entry stands: the file as a reader of the repository knows it, and the line in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import yaml

from stats.home import home

Evidence = list[tuple[str, object]]


def shown(path: Path) -> str:
    """Return a path as a reader of the repository knows it."""
    try:
        return path.resolve().relative_to(home()).as_posix()
    except ValueError:
        return str(path)


def place(path: Path, entry: object = None, *keys: object, value: object = None) -> Evidence:
    """Return file, line and entry, as evidence of an error.

    Parameters
    ----------
    path : Path
        A YAML or CSV file.
    entry : str or int
        The id or key of an entry, or its number in a list without ids.
    *keys : str or int
        The way to a field inside it; the line is that of the deepest one that is there.
    value : str, optional
        A text inside the entry, or inside that field, whose line is wanted.
    """
    lines = lines_of(path, entry, *keys, value=value)
    return [
        ("file", shown(path)),
        *([("line", lines[0])] if lines else []),
        *([("entry", entry)] if entry is not None else []),
    ]


def lines_of(path: Path, entry: object, *keys: object, value: object = None) -> list[int]:
    """Return the line of every entry of this name in a file, as an editor counts them; empty if there is none."""
    try:
        if path.suffix == ".csv":
            return list(_rows(path, str(entry)))
        with path.open(encoding="utf-8") as file:
            root = yaml.compose(file, Loader=yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return []
    if root is None:
        return []
    named = list(_named(root, entry)) or ([(1, root)] if keys else [])
    return [_deepest(line, node, keys, value) for line, node in named]


def _rows(path: Path, name: str) -> Iterator[int]:
    """Lines of the rows that go by a name; a register has it in one of its first two columns."""
    with path.open(encoding="utf-8", newline="") as file:
        rows, start = csv.reader(file), 1
        for row in rows:
            if name in row[:2]:
                yield start
            start = rows.line_num + 1


def _named(node: yaml.Node, entry: object) -> Iterator[tuple[int, yaml.Node]]:
    """Entries of a name: a key of a mapping, a mapping with that id, or the item of that number in the list."""
    if isinstance(node, yaml.SequenceNode):
        if isinstance(entry, int) and 0 < entry <= len(node.value):
            yield _line(node.value[entry - 1]), node.value[entry - 1]
        for item in node.value:
            yield from _named(item, entry)
    elif isinstance(node, yaml.MappingNode):
        for key, inside in node.value:
            if key.value == "id" and inside.value == entry:
                yield _line(key), node
            elif key.value == entry:
                yield _line(key), inside
            else:
                yield from _named(inside, entry)


def _deepest(line: int, node: yaml.Node, keys: tuple[object, ...], value: object) -> int:
    for wanted in keys:
        step = next(((at, inside) for key, at, inside in _inside(node) if key == wanted), None)
        if step is None:
            return line
        line, node = step
    return next((at for at in _holding(node, value)), line) if value is not None else line


def _inside(node: yaml.Node) -> Iterator[tuple[object, int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, _line(key), value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((number, _line(item), item) for number, item in enumerate(node.value))


def _holding(node: yaml.Node, text: object) -> Iterator[int]:
    if isinstance(node, yaml.ScalarNode):
        if node.value == text:
            yield _line(node)
        return
    for _, _, inside in _inside(node):
        yield from _holding(inside, text)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
