"""Methods: when each is used and refused, where its formula comes from, and what it is checked against."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pydantic import model_validator

from stats.errors import RegisterError
from stats.registers.entries import Entry, entry, read_mapping, shown, unique, with_id


class Method(Entry):
    """One method, which is a function or one way of calling it.

    `function` is its full name; `serving` names public functions of the same module that it works with. `rows` are its
    methods in tests/reference/values.csv. `example` is code whose last line is shown with what it gives; without one
    the examples of the function's docstring are run, or `seen_in` names the notebook that shows the method at work.
    """

    id: str
    group: str
    name: str
    function: str
    used: str
    refused: str
    formula: str
    rows: tuple[str, ...] = ()
    serving: tuple[str, ...] = ()
    example: str = ""
    seen_in: str = ""

    @model_validator(mode="after")
    def _is_ours(self) -> Method:
        if not self.function.startswith("stats.") or self.function.count(".") < 2:
            raise ValueError("function must be a full name, such as stats.estimate.proportions.proportion")
        return self

    @property
    def module(self) -> str:
        """The module of the function."""
        return self.function.rpartition(".")[0]


def load_methods(folder: Path) -> dict[str, Method]:
    """Return the register of methods in `folder`, by id, in the order of the file.

    Raises
    ------
    RegisterError
        If two methods share a name or a row of the reference values, or a group is not in one place.
    """
    path = folder / "methods.yml"
    methods = [
        entry(Method, with_id(fields, name), file=path, name=name) for name, fields in read_mapping(path).items()
    ]
    unique(((method.name.casefold(), method.id) for method in methods), file=path, what="name")
    unique(((row, method.id) for method in methods for row in method.rows), file=path, what="row")
    runs = [m.group for at, m in enumerate(methods) if at == 0 or methods[at - 1].group != m.group]
    for group in (group for group, times in Counter(runs).items() if times > 1):
        raise RegisterError(
            "the methods of a group are apart.",
            [("file", shown(path)), ("group", group)],
            "Move them together: a group is one part of the page.",
        )
    return {method.id: method for method in methods}
