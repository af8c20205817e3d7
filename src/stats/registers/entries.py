"""Read a register file into validated entries; an error names the file, the entry and the mend."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from stats.errors import RegisterError, UnknownName, nearest
from stats.registers.places import lines_of, place, shown

__all__ = [
    "Entry",
    "entry",
    "find",
    "name_of",
    "parsed",
    "read_csv",
    "read_list",
    "read_mapping",
    "shown",
    "unique",
    "with_id",
]


class Entry(BaseModel):
    """One entry of a register: no field may be misspelt, none may change after it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Model = TypeVar("Model", bound=BaseModel)


class _OneOfEachKey(yaml.CSafeLoader):
    """Refuses a key written twice: YAML would quietly keep the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {sorted(twice)[0]!r} is written twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def parsed(text: str | TextIO) -> Any:
    """Return what YAML holds; a key that is written twice is an error of YAML."""
    return yaml.load(text, Loader=_OneOfEachKey)  # noqa: S506 - a subclass of the safe loader


def read_yaml(path: Path) -> Any:
    """Return what a YAML file holds.

    Raises
    ------
    RegisterError
        If the file is missing, is not YAML, or repeats a key.
    """
    try:
        with path.open(encoding="utf-8") as file:
            return parsed(file)
    except FileNotFoundError:
        raise RegisterError("a file is missing.", [("file", shown(path))], "Restore it, or correct the name.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise RegisterError(
            "a file cannot be read as YAML.",
            [("file", shown(path)), ("problem", problem)],
            "Mend the line named above; text that holds ': ' or starts with a sign wants quotes.",
        ) from None


def read_mapping(path: Path) -> dict[str, Any]:
    """Return a YAML file of names and values; stop if it holds anything else, or nothing."""
    found: dict[str, Any] = _of_kind(path, dict, "names and values (name: value)")
    return found


def read_list(path: Path) -> list[Any]:
    """Return a YAML file that is a list of entries; stop if it holds anything else, or nothing."""
    found: list[Any] = _of_kind(path, list, "a list of entries (- id: ...)")
    return found


def name_of(fields: Any, number: int) -> object:
    """Return what an error calls an entry: its id, or its place in the file."""
    return fields.get("id", number + 1) if isinstance(fields, dict) else number + 1


def with_id(fields: Any, name: str) -> Any:
    """Return the fields of an entry that goes by its key, with that key as its id."""
    return {"id": name, **fields} if isinstance(fields, dict) else fields


def read_csv(path: Path, model: type[BaseModel]) -> list[dict[str, str | None]]:
    """Return the rows of a CSV file as text; an empty cell is None, and every field of the model has its column."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restkey="cells beyond the header")
            header, rows = list(reader.fieldnames or ()), list(reader)
    except FileNotFoundError:
        raise RegisterError("a file is missing.", [("file", shown(path))], "Restore it, or correct the name.") from None
    except (UnicodeDecodeError, csv.Error) as problem:
        raise RegisterError(
            "a file cannot be read as a table.",
            [("file", shown(path)), ("problem", problem)],
            "It must be comma-separated text in UTF-8.",
        ) from None
    missing = [name for name in model.model_fields if name not in header]
    if missing:
        raise RegisterError(
            "a register has not the columns of its model.",
            [
                ("file", shown(path)),
                *(
                    (f"missing {name}", f"nearest found: {', '.join(nearest(name, header)) or 'none'}")
                    for name in missing
                ),
            ],
            f"The first line must name {', '.join(model.model_fields)}.",
        )
    return [{key: value or None for key, value in row.items()} for row in rows]


def entry(model: type[Model], fields: Any, *, file: Path, name: object) -> Model:
    """Return one validated entry.

    Raises
    ------
    RegisterError
        Naming the file, the entry, each wrong field, and the mend.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as problem:
        wrong = [(_field(error["loc"]), _said(error, model)) for error in problem.errors()]
        raise RegisterError(
            "an entry does not fit its model.",
            [*place(file, name, *problem.errors()[0]["loc"]), *wrong],
            f"Mend the entry; the fields of {model.__name__} are {', '.join(model.model_fields)}.",
        ) from None


def unique(values: Iterable[tuple[str, object]], *, file: Path, what: str) -> None:
    """Stop if two entries share a value.

    Parameters
    ----------
    values : iterable of (value, name of its entry)
    """
    seen: dict[str, object] = {}
    for value, name in values:
        if value in seen and seen[value] != name:
            lines = " and ".join(map(str, lines_of(file, value)))
            raise RegisterError(
                f"two entries share one {what}.",
                [
                    ("file", shown(file)),
                    *([("lines", lines)] if lines else []),
                    (what, value),
                    ("entries", f"{seen[value]} and {name}"),
                ],
                f"Give each entry a {what} of its own.",
            )
        seen[value] = name


def find(register: dict[str, Model], name: str, *, what: str, where: str = "") -> Model:
    """Return the entry of that name.

    Raises
    ------
    UnknownName
        Naming the nearest known names.
    """
    if name in register:
        return register[name]
    close = nearest(name, register) or sorted(register)
    raise UnknownName(
        f"no {what} is called '{name}'.",
        [("nearest", ", ".join(close))],
        f"See them all in {where}" if where else f"See them all with: stats show {what}",
    )


def _of_kind(path: Path, kind: type, words: str) -> Any:
    found = read_yaml(path)
    if not isinstance(found, kind):
        raise RegisterError(
            f"a file must hold {words}.",
            [("file", shown(path)), ("found", "nothing" if found is None else type(found).__name__)],
            "Restore the file (git checkout), or write it in that form.",
        )
    return found


def _field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "entry"


def _said(error: Any, model: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        close = nearest(str(error["loc"][-1]), model.model_fields)
        return "no such field" + (f"; the nearest is '{close[0]}'" if close else "")
    if error["type"] == "missing":
        return "missing"
    return f"{error['msg']} (found {error['input']!r})" if error["loc"] else str(error["msg"])
