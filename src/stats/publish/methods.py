"""The page of methods, made from the docstrings of the functions and the register: docs/methods.md."""

from __future__ import annotations

import csv
import inspect
import re
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from itertools import groupby
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import stats.estimate
from stats.errors import RegisterError, nearest
from stats.present import capital, count
from stats.publish.examples import worked
from stats.registers.methods import Method, load_methods

PAGE = "docs/methods.md"
VALUES = "tests/reference/values.csv"
NOT_METHODS = (
    "by_series",
    "shape",
)
"""Modules of stats.estimate that hold no method."""

OPENING = """\
# Methods

<!-- Made by `stats methods` from data/registers/methods.yml and the docstrings of the functions. Do not edit. -->

How a number comes about, and what is refused throughout, is in [methodology.md](methodology.md). This page lists each
method: when it is used and refused, where its formula comes from, what it is checked against, and an example. The
examples are run when the page is made, and `make reproduce` fails while the page differs from what the code gives.

{methods} methods are checked against {values} values computed elsewhere: published papers, other people's tests, and R.
"""


def methods_page(root: Path) -> bytes:
    """Return the text of docs/methods.md.

    Raises
    ------
    RegisterError
        If an entry names a function that is not there, or its example does not run.
    """
    methods = list(load_methods(root / "data" / "registers").values())
    values = reference_rows(root)
    checked = [method for method in methods if method.rows]
    total = sum(values[row] for method in checked for row in method.rows)
    groups = {group: list(inside) for group, inside in groupby(methods, key=lambda method: method.group)}
    parts = [OPENING.format(methods=len(checked), values=count(total)), _contents(groups)]
    for group, inside in groups.items():
        parts.append(f"## {group}")
        for function, ways in groupby(inside, key=lambda method: method.function):
            parts += _section(function, list(ways), values)
    return ("\n\n".join(part.strip() for part in parts) + "\n").encode("utf-8")


def public_functions() -> set[str]:
    """Return the full name of every public method of stats.estimate.

    A public method is a function whose docstring has sections; what serves it has one line, and the bare limits of an
    interval are no method.
    """
    found = set()
    for module in iter_modules(stats.estimate.__path__, "stats.estimate."):
        if module.name.rpartition(".")[2] not in NOT_METHODS:
            names = vars(import_module(module.name)).items()
            found |= {f"{module.name}.{name}" for name, value in names if _is_public(name, value, module.name)}
    return found


def reference_rows(root: Path) -> Counter[str]:
    """Return how many reference values each method has."""
    with (root / VALUES).open(encoding="utf-8", newline="") as file:
        return Counter(row["method"] for row in csv.DictReader(file))


def function_of(method: Method) -> Callable[..., Any]:
    """Return the function of a method, after checking that it and those that serve it are there.

    Raises
    ------
    RegisterError
        Naming the nearest functions of the module.
    """
    module = import_module(method.module)
    there = [name for name, value in vars(module).items() if _is_ours(name, value, method.module)]
    for name in (method.function.rpartition(".")[2], *method.serving):
        if name not in there:
            raise RegisterError(
                "a method names a function that is not there.",
                [("entry", method.id), ("function", name), ("nearest", ", ".join(nearest(name, there)) or "none")],
                "Correct the name in data/registers/methods.yml.",
            )
    found: Callable[..., Any] = getattr(module, method.function.rpartition(".")[2])
    return found


def sections(docstring: str) -> dict[str, str]:
    """Return the parts of a numpydoc docstring by title; the opening goes by ''."""
    titles = re.split(r"^(\w[\w ]*)\n-{3,}$", docstring, flags=re.M)
    return dict(zip(["", *titles[1::2]], map(str.strip, titles[0::2]), strict=True))


def _is_ours(name: str, value: object, module: str) -> bool:
    return inspect.isfunction(value) and value.__module__ == module and not name.startswith("_")


def _is_public(name: str, value: object, module: str) -> bool:
    ours = _is_ours(name, value, module) and not name.endswith("_limits")
    return ours and len(sections(inspect.getdoc(value) or "")) > 1


def _contents(groups: dict[str, list[Method]]) -> str:
    return "\n".join(f"- [{group}](#{_anchor(group)})" for group in groups)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _section(function: str, ways: list[Method], values: Counter[str]) -> list[str]:
    """What is said of a function: its purpose, each way of calling it, and the errors it stops with."""
    docstring = inspect.getdoc(function_of(ways[0])) or ""
    told = sections(docstring)
    purpose, *more = told.get("", "").split("\n\n")
    name = function.rpartition(".")[2]
    title = f"`{name}`" if len(ways) > 1 else capital(ways[0].name)
    parts = [f"### {title}", *map(_line, [purpose, *more])]
    for way in ways:
        function_of(way)
        parts += [f"#### {capital(way.name)}"] if len(ways) > 1 else []
        parts += [_facts(way, values), worked(way, import_module(way.module), told.get("Examples", ""))]
    stops = _stops(told.get("Raises", ""))
    return [*parts, f"`{name}` stops with:\n\n{stops}"] if stops else parts


def _facts(way: Method, values: Counter[str]) -> str:
    stage, module = way.module.split(".")[1:3]
    rows = ", ".join(f"{values[row]} of `{row}`" for row in way.rows)
    facts = {
        "Used": way.used,
        "Refused": way.refused,
        "Formula": way.formula,
        "Values computed elsewhere": rows or "none; tested by its properties",
        "Code": f"[{module}.py](../src/stats/{stage}/{module}.py), "
        f"tests in [test_{module}.py](../tests/{stage}/test_{module}.py)",
        "Works with": ", ".join(f"`{name}`" for name in way.serving),
    }
    return "\n".join(f"- **{title}:** {_line(fact)}" for title, fact in facts.items() if fact)


def _stops(raises: str) -> str:
    """The errors of a docstring as a list: an error a line, its reason indented below."""
    found = re.findall(r"^(\S.*)\n((?:[ ]+.*\n?)+)", raises + "\n", re.M)
    return "\n".join(f"- `{error}`: {_line(why)}" for error, why in found)


def _line(text: str) -> str:
    return " ".join(text.split())
