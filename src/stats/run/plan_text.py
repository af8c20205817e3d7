"""A plan as text and as JSON: counts first, and like refusals together."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence

from stats import present
from stats.errors import counted
from stats.run.axes import AXES
from stats.run.planning import Impossible, Plan

SHOWN = 12
"""Names listed of what is to be made, before the rest is counted; `--json` has them all."""

FEW = 4
"""Areas, offences or periods that are named; more are counted."""


def plan_text(plan: Plan, done: Collection[str], *, chosen: Sequence[str]) -> str:
    """Return what would run, what is done, and what cannot be computed.

    Parameters
    ----------
    plan : Plan
    done : collection of str
        Names of what is up to date.
    chosen : sequence of str
        Names of what would run now, after `--limit` and `--only-failed`.
    """
    lines = [counts(plan, done, chosen)]
    if chosen:
        lines += ["", "To make:", *(f"  {name}" for name in chosen[:SHOWN])]
        lines += [f"  … and {len(chosen) - SHOWN:,} more"] if len(chosen) > SHOWN else []
    lacking = _together((plan.known[w.name].without, w.notebook, plan.axes[w.name]) for w in plan.wanted)
    lines += _listed("Made, but not in full:", lacking)
    return "\n".join([*lines, *impossible_lines(plan.impossible)])


def counts(plan: Plan, done: Collection[str], chosen: Sequence[str]) -> str:
    """Return the counts, in one line."""
    whole = len(plan.wanted) + len(plan.impossible)
    left = len(plan.wanted) - len(done) - len(chosen)
    later = f", {left:,} left for later" if left else ""
    return (
        f"{counted(whole, 'combination')}: {len(chosen):,} to make, {len(done):,} up to date, "
        f"{len(plan.impossible):,} cannot be computed{later}"
    )


def impossible_lines(impossible: Iterable[Impossible]) -> list[str]:
    """Return what cannot be computed and why, the most frequent reason first."""
    return _listed("Cannot be computed:", _together((i.reason.words, i.notebook, i.axes) for i in impossible))


def plan_json(plan: Plan, done: Collection[str], *, chosen: Sequence[str]) -> str:
    """Return the same as JSON, with every name."""
    made = [
        {"name": w.name, "notebook": w.notebook, "parameters": w.parameters,
         "releases": list(plan.known[w.name].releases), "without": plan.known[w.name].without or None,
         "state": "up to date" if w.name in done else "to make" if w.name in chosen else "left for later"}
        for w in plan.wanted
    ]  # fmt: skip
    cannot = [
        {"name": i.name, "notebook": i.notebook, **i.axes, "kind": i.reason.kind, "why": i.reason.words}
        for i in plan.impossible
    ]
    numbers = {"to_make": len(chosen), "up_to_date": len(done), "cannot": len(cannot)}
    return json.dumps({"counts": numbers, "runs": made, "cannot": cannot}, indent=1, ensure_ascii=False)


Told = tuple[str, str, Mapping[str, str]]


def _together(told: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """What is told, by its words, the most frequent first; nothing told is left out."""
    found: dict[str, list[Told]] = {}
    for words, notebook, axes in told:
        if words:
            found.setdefault(words, []).append((words, notebook, axes))
    return sorted(found.items(), key=lambda pair: -len(pair[1]))


def _listed(title: str, groups: list[tuple[str, list[Told]]]) -> list[str]:
    if not groups:
        return []
    width = max(len(f"{len(of):,}") for _, of in groups)
    lines = ["", title]
    for words, of in groups:
        lines.append(f"  {len(of):>{width},} × {present.capital(words)}")
        for notebook in dict.fromkeys(notebook for _, notebook, _ in of):
            where = _where([axes for _, its, axes in of if its == notebook])
            lines.append(f"  {'':{width}}   {notebook}: {where}")
    return lines


def _where(axes: Sequence[Mapping[str, str]]) -> str:
    """The areas, offences and periods concerned: by name if they are few."""
    parts = []
    for axis in AXES:
        names = sorted({of[axis] for of in axes if axis in of})
        if names:
            span = f", {names[0]} to {names[-1]}" if axis == "period" else ""
            parts.append(", ".join(names) if len(names) <= FEW else f"{len(names)} {axis}s{span}")
    return "; ".join(parts) or "as it stands"
