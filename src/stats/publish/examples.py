"""Run the worked examples of a method and show what they give, with no more digits than a reader wants."""

from __future__ import annotations

import ast
import doctest
import math
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import fields, is_dataclass
from fractions import Fraction
from io import StringIO
from textwrap import fill
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

from stats.errors import RegisterError
from stats.registers.methods import Method

MOST = 8
"""How many members of a list are shown."""

WIDTH = 110
"""How many characters a line of an answer has."""


def worked(method: Method, module: ModuleType, docstring: str) -> str:
    """Return the worked example of a method as Markdown: its code, run, and what it gives.

    Raises
    ------
    RegisterError
        If there is none, or it does not run.
    """
    try:
        found = _coded(method.example, module) if method.example else _documented(docstring, module)
    except Exception as problem:
        raise RegisterError(
            "the worked example of a method does not run.",
            [("entry", method.id), ("problem", f"{type(problem).__name__}: {problem}")],
            "Mend the example in data/registers/methods.yml, or in the docstring of the function.",
        ) from problem
    if not found and not method.seen_in:
        raise RegisterError(
            "a method has no worked example.",
            [("entry", method.id), ("function", method.function)],
            "Write one in the docstring of the function (Examples), or as `example` in its entry.",
        )
    return found or f"At work in [{method.seen_in}](../{method.seen_in})."


def told(found: object) -> str:
    """Return what an example gives, in words: four significant digits, and the fields of a record by name."""
    if isinstance(found, pd.DataFrame):
        return str(found.map(told).to_string(index=False))
    if is_dataclass(found) and not isinstance(found, type):
        found = {f.name: getattr(found, f.name) for f in fields(found) if getattr(found, f.name) is not None}
    if isinstance(found, Mapping):
        return fill("; ".join(f"{told(key)}: {told(value)}" for key, value in found.items()), WIDTH)
    if isinstance(found, np.ndarray | Sequence) and not isinstance(found, str):
        return _listed([f"({told(m)})" if isinstance(m, np.ndarray | tuple | list) else told(m) for m in found])
    return _number(found) if isinstance(found, int | float | np.number | Fraction) else str(found)


def _listed(members: list[str]) -> str:
    if len(members) > MOST:
        members = [*members[: MOST // 2], f"... ({len(members)} in all) ...", members[-1]]
    return ", ".join(members) or "none"


def _number(found: Any) -> str:
    if isinstance(found, bool | np.bool_):
        return "yes" if found else "no"
    number = float(found)
    if math.isnan(number):
        return "none"
    if number == int(number) if math.isfinite(number) else False:
        return f"{int(number):,}"
    return f"{number:,.1f}" if 1000 <= abs(number) < math.inf else f"{number:.4g}"


def _coded(code: str, module: ModuleType) -> str:
    """The code as given, then what its last line gives."""
    names = {"pd": pd, "np": np, **vars(module)}
    tree = ast.parse(code)
    last = tree.body.pop()
    if not isinstance(last, ast.Expr):
        raise SyntaxError("the last line of an example must be what it gives")
    exec(compile(tree, "<example>", "exec"), names)  # noqa: S102 - the register is ours, and a test runs it
    found = eval(compile(ast.Expression(last.value), "<example>", "eval"), names)  # noqa: S307 - as above
    return f"```python\n{code.strip()}\n```\n\n```text\n{told(found)}\n```"


def _documented(docstring: str, module: ModuleType) -> str:
    """The examples of a docstring, each line with what it prints now."""
    names = dict(vars(module))
    parts: list[str] = []
    lines: list[str] = []
    for part in doctest.DocTestParser().parse(docstring):
        if isinstance(part, str) and part.strip():
            parts += [_block(lines), part.strip()]
            lines = []
        elif isinstance(part, doctest.Example):
            said = StringIO()
            with redirect_stdout(said):
                exec(compile(part.source, "<example>", "single"), names)  # noqa: S102 - docstrings are ours
            first, *more = part.source.rstrip().splitlines()
            lines += [f">>> {first}", *(f"... {line}" for line in more), *said.getvalue().rstrip().splitlines()]
    return "\n\n".join(part for part in [*parts, _block(lines)] if part)


def _block(lines: list[str]) -> str:
    return "\n".join(["```python", *lines, "```"]) if lines else ""
