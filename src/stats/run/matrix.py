"""A matrix: notebooks x areas x offences x periods. Each combination is a run, validated as one typed by hand is."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from stats.errors import BadParameter
from stats.registers import Registers
from stats.registers.entries import Entry, entry, read_mapping
from stats.run.asking import Parameters
from stats.run.axes import AXES, resolved
from stats.run.parameters import MODELS, model_of
from stats.run.plan import defaults
from stats.run.slugs import slug

LONGEST = 120
"""Letters of a name; a longer one is cut, and told from others by its hash."""


def _one_or_more(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


Names = Annotated[tuple[Annotated[str, Field(strict=True)], ...], BeforeValidator(_one_or_more)]
"""A name, or a list of them. A number is refused: YAML reads 4.10 as 4.1, so a code wants quotes."""


class LeftOut(Entry):
    """What is left out of a matrix: the combinations that have all of these."""

    notebook: Names = ()
    area: Names = ()
    offence: Names = ()
    period: Names = ()


class Matrix(Entry):
    """What a matrix file, or flags in its place, ask for; an axis that is not given keeps the notebook's default."""

    name: str = "asked"
    title: str = ""
    notebooks: Annotated[Names, Field(min_length=1)]
    areas: Names = ()
    offences: Names = ()
    periods: Names = ()
    parameters: dict[str, Any] = Field(default_factory=dict)
    leave_out: Annotated[tuple[LeftOut, ...], Field(alias="except")] = ()

    def of(self, axis: str) -> tuple[str, ...]:
        """What is given for an axis: 'area', 'offence' or 'period'."""
        given: tuple[str, ...] = getattr(self, f"{axis}s")
        return given


@dataclass(frozen=True)
class Wanted:
    """One run that is wanted.

    Parameters
    ----------
    notebook : str
    parameters : dict
        Plain values, as the notebook's model returns them from `as_parameters`.
    name : str
        A slug: safe as the name of a file, and of no other run of the plan.
    """

    notebook: str
    parameters: dict[str, Any]
    name: str


@dataclass(frozen=True)
class Combination:
    """One notebook with one area, offence and period (those that it takes), and all parameters, not yet validated."""

    notebook: str
    axes: Mapping[str, str]
    values: Mapping[str, Any]
    others: Mapping[str, Any]
    """What is neither an axis nor left as it is in the notebook."""


def load_matrix(path: Path) -> Matrix:
    """Return the matrix of a file.

    Raises
    ------
    RegisterError
        Naming the file, the line and what is wrong in it.
    """
    return entry(Matrix, {"name": path.stem, **read_mapping(path)}, file=path, name=path.stem)


def combinations(matrix: Matrix, registers: Registers) -> list[Combination]:
    """Return the combinations of a matrix, in order: notebooks, areas, offences and periods, each as they are listed.

    Names are written as their registers write them, so that two spellings of one area are one combination.

    Raises
    ------
    UnknownName, BadPeriod, BadParameter
        If a name is wrong, a fixed parameter is of no notebook, or an exception leaves nothing out.
    """
    notebooks = _notebooks(matrix)
    _must_be_taken(matrix, notebooks)
    found = {_same(c): c for notebook in notebooks for c in _of_notebook(MODELS[notebook], matrix, registers)}
    kept = dict(found)
    for exception in matrix.leave_out:
        left_out = _left_out(exception, found.values(), registers)
        if not left_out:
            given = [(name, ", ".join(words)) for name, words in exception if words]
            raise BadParameter("an exception of the matrix leaves nothing out.", [("matrix", matrix.name), *given],
                               "Correct its names, or take it out.")  # fmt: skip
        kept = {same: c for same, c in kept.items() if same not in left_out}
    return list(kept.values())


def wanted_of(validated: Sequence[tuple[Combination, Parameters]]) -> list[Wanted]:
    """Return a run for each, with its name: the notebook, then what is told apart by the axes.

    A name depends on nothing but its run, unless two would share it: then each gets a hash of its parameters.
    """
    names = [name_of(combination) for combination, _ in validated]
    times = Counter(names)
    found = []
    for name, (combination, asked) in zip(names, validated, strict=True):
        parameters = asked.as_parameters()
        unique = name if times[name] == 1 else f"{name}-{_digest([combination.notebook, parameters])}"
        found.append(Wanted(combination.notebook, parameters, unique))
    return found


def name_of(combination: Combination) -> str:
    """Return the name of a run: 'charge_share-lincolnshire-stalking-2024_25'; a hash tells of other parameters."""
    words = [combination.notebook, *(combination.axes[axis] for axis in AXES if axis in combination.axes)]
    name = "-".join(filter(None, map(slug, words)))
    others = [_digest(dict(combination.others))] if combination.others else []
    if len(name) > LONGEST:
        name, others = name[:LONGEST], [_digest(words + others)]
    return "-".join([name, *others])


def _notebooks(matrix: Matrix) -> list[str]:
    """The notebooks by name; 'all' are those that take an axis that is given."""
    names: list[str] = []
    for word in matrix.notebooks:
        if word.casefold() != "all":
            names.append(model_of(word).notebook)
            continue
        names += [name for name, model in MODELS.items() if any(matrix.of(a) and model.takes(a) for a in AXES)]
    return list(dict.fromkeys(names))


def _must_be_taken(matrix: Matrix, notebooks: Sequence[str]) -> None:
    """Stop if no notebook takes an axis or a parameter that is given, or if a parameter is an axis as well."""
    for axis in AXES:
        if matrix.of(axis) and not any(MODELS[name].takes(axis) for name in notebooks):
            raise BadParameter(
                f"no notebook of this matrix takes an {axis}." if axis != "period" else "no notebook takes a period.",
                [("notebooks", ", ".join(notebooks)), (f"{axis}s", ", ".join(matrix.of(axis)))],
                "Leave it out, or choose another notebook.",
            )
    for name in matrix.parameters:
        if not any(name in MODELS[notebook].model_fields for notebook in notebooks):
            known = dict.fromkeys(field for notebook in notebooks for field in MODELS[notebook].model_fields)
            raise BadParameter(
                "no notebook of this matrix has this parameter.",
                [("parameter", name), ("they take", ", ".join(known))], "Correct its name.",
            )  # fmt: skip


def _of_notebook(model: type[Parameters], matrix: Matrix, registers: Registers) -> Iterator[Combination]:
    """The combinations of one notebook, over the axes that it takes; its own defaults are the rest."""
    taken = [axis for axis in AXES if matrix.of(axis) and model.takes(axis)]
    default = defaults(model.notebook, registers.root)
    fixed = {name: value for name, value in matrix.parameters.items() if name in model.model_fields}
    choices = [resolved(axis, matrix.of(axis), registers, model) for axis in taken]
    for chosen in itertools.product(*choices):
        axes = dict(zip(taken, chosen, strict=True))
        stand = {name: value for axis, words in axes.items() for name, value in model.stands_for(axis, words).items()}
        both = [name for name in fixed if name in stand and name != "by"]
        if both:
            raise BadParameter("a parameter is fixed, and an axis stands for it as well.",
                               [("notebook", model.notebook), ("parameter", ", ".join(both))],
                               "Give it once: under parameters, or as an axis.")  # fmt: skip
        others = {name: value for name, value in fixed.items() if value != default[name]}
        yield Combination(model.notebook, axes, {**default, **stand, **fixed}, others)


def _same(combination: Combination) -> str:
    return json.dumps([combination.notebook, dict(combination.values)], sort_keys=True, default=str)


def _left_out(exception: LeftOut, found: Iterable[Combination], registers: Registers) -> set[str]:
    """Which combinations have all that an exception names."""
    names = {model_of(word).notebook for word in exception.notebook}
    words = {
        axis: set(resolved(axis, getattr(exception, axis), registers)) for axis in AXES if getattr(exception, axis)
    }
    if not names and not words:
        return set()
    return {
        _same(c)
        for c in found
        if (not names or c.notebook in names) and all(c.axes.get(axis) in of for axis, of in words.items())
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()[:8]
