"""What a matrix comes to before anything runs: what can be made, and what cannot and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stats.errors import NotToHand, StatsError, UsageMistake
from stats.registers import Registers
from stats.run.asking import Parameters
from stats.run.availability import Availability, Reason
from stats.run.held import Held
from stats.run.matrix import Combination, Matrix, Wanted, combinations, name_of, wanted_of
from stats.run.parameters import MODELS

KINDS = {"NotToHand": "not to hand", "BreakCrossed": "a break", "NotComparable": "a break"}
"""The kinds of refusals that a notebook's model makes by itself, by their error."""


@dataclass(frozen=True)
class Impossible:
    """One combination that cannot be computed, and why."""

    name: str
    notebook: str
    axes: Mapping[str, str]
    reason: Reason


@dataclass(frozen=True)
class Plan:
    """What is wanted, in order; what is known of each by its name; and what cannot be computed."""

    wanted: tuple[Wanted, ...]
    impossible: tuple[Impossible, ...]
    known: Mapping[str, Availability] = field(default_factory=dict)
    axes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def plan_of(matrices: Sequence[Matrix], registers: Registers) -> Plan:
    """Return the plan of one matrix or more; what two of them ask for is run once.

    Raises
    ------
    UsageMistake
        If a name or a parameter is wrong: that is a mistake to mend, and no number that cannot be computed.
    NotToHand, CheckFailed, SourceChanged
        If a table that is needed has not been made, or was changed.
    """
    asked = [c for matrix in matrices for c in combinations(matrix, registers)]
    held = Held(registers)
    held.must_be_as_made(table for name in {c.notebook for c in asked} for table in MODELS[name].reads)
    possible: list[tuple[Combination, Parameters, Availability]] = []
    impossible, mistakes = [], []
    for combination in asked:
        found = _asked(combination)
        if isinstance(found, UsageMistake):
            mistakes.append(found)
        there = _availability(found, combination, held)
        if there.why_not:
            impossible.append(Impossible(name_of(combination), combination.notebook, combination.axes, there.why_not))
        else:
            assert isinstance(found, Parameters)
            possible.append((combination, found, there))
    if mistakes and len(mistakes) == len(asked):
        raise mistakes[0]
    return _plan(possible, impossible)


def _plan(possible: list[tuple[Combination, Parameters, Availability]], impossible: Iterable[Impossible]) -> Plan:
    """Put it together, each run once, whichever of two matrices asked for it first."""
    once = {repr((c.notebook, asked.as_parameters())): (c, asked, there) for c, asked, there in reversed(possible)}
    kept = list(reversed(once.values()))
    wanted = wanted_of([(combination, asked) for combination, asked, _ in kept])
    names = [w.name for w in wanted]
    return Plan(
        tuple(wanted), tuple({(i.name, i.reason): i for i in impossible}.values()),
        {name: there for name, (_, _, there) in zip(names, kept, strict=True)},
        {name: combination.axes for name, (combination, _, _) in zip(names, kept, strict=True)},
    )  # fmt: skip


def _asked(combination: Combination) -> Parameters | StatsError:
    """The validated parameters, or the refusal of the notebook's model."""
    try:
        return MODELS[combination.notebook].ask(**combination.values)
    except StatsError as refusal:
        return refusal


def _availability(found: Parameters | StatsError, combination: Combination, held: Held) -> Availability:
    """What there is; where the model refuses, the reason in the words of the registers if they have any."""
    if isinstance(found, Parameters):
        return found.availability(held)
    if isinstance(found, NotToHand):
        there = _unvalidated(combination).availability(held)
        if there.why_not:
            return there
    kind = "not asked so" if isinstance(found, UsageMistake) else KINDS.get(type(found).__name__, "refused")
    return Availability(why_not=Reason(kind, _sentence(found)))


def _unvalidated(combination: Combination) -> Parameters:
    """The parameters whose fields are right, and whose model refused what they ask for together."""
    model = MODELS[combination.notebook]
    values: dict[str, Any] = dict(combination.values)
    return model.model_construct(**values)


def _sentence(refusal: StatsError) -> str:
    return refusal.wrong.rstrip(".:")
