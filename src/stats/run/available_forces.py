"""Whether enough police forces can be shown to be compared by the share charged: the rules of `estimate.forces`."""

from __future__ import annotations

from stats.errors import NotHonest
from stats.estimate.small_counts import LEAST_SHOWN, MINIMUM_BASE, also_hidden, hidden
from stats.period import Period
from stats.registers import Area, OffenceGroup
from stats.registers.areas import ENGLAND_AND_WALES
from stats.run.availability import OUTCOMES, Reason, by_outcome, not_counted_then, not_to_hand
from stats.run.held import Held, quarter

TOO_FEW = "too few forces can be shown for them to stand for all"
FEWEST = 2
"""Judged forces below which there is no variation between them (`estimate.funnel`)."""

Counts = list[list[int]]
"""Offences by force (rows) and outcome group (columns), each in the order of its register."""


def of_forces(held: Held, *, group: OffenceGroup, period: Period) -> Reason | None:
    """Return why police forces cannot be compared in an offence group and period, or None."""
    return held.once(("forces", group.codes, period), lambda: _of_forces(held, group, period))


def _of_forces(held: Held, group: OffenceGroup, period: Period) -> Reason | None:
    registers = held.registers
    release = registers.newest(OUTCOMES, period).id
    starts = [quarter(q.start) for q in period.through(period, by="quarter")]
    if not set(starts) <= held.quarters_of_outcomes.get(release, set()):
        whole = registers.areas.current[ENGLAND_AND_WALES]
        early = not_counted_then(group, period, registers)
        return early or not_to_hand(OUTCOMES, whole, group, period, registers)
    forces = sorted(registers.areas.forces, key=lambda area: area.name)
    counts = [by_outcome(held, release, [force.code], group, starts) for force in forces]
    is_known = [
        _sent(held, release, force, group, starts) and _is_fit(row, _stages(held))
        for force, row in zip(forces, counts, strict=True)
    ]
    shown = _shown(counts, is_known, _stages(held))
    territorial = [at for at, force in enumerate(forces) if force.kind == "force"]
    judged = [at for at in territorial if shown[at] and sum(counts[at]) >= MINIMUM_BASE]
    is_enough = sum(shown[at] for at in territorial) / len(territorial) >= LEAST_SHOWN and len(judged) >= FEWEST
    return None if is_enough else Reason("too few", TOO_FEW)


def _stages(held: Held) -> dict[str, str]:
    """The stage of each outcome group, in the order of the register."""
    return {outcome.group: outcome.stage for outcome in held.registers.outcomes.values()}


def _sent(held: Held, release: str, force: Area, group: OffenceGroup, starts: list[str]) -> bool:
    """Whether a force sent something, under any offence, in each quarter, and no count of the group is missing."""
    quarters = [held.outcomes.get((release, force.code), {}).get(start, {}) for start in starts]
    is_whole = all(any(count for cells in classes.values() for _, count in cells) for classes in quarters)
    return is_whole and all(count is not None for _, count in held.counts(release, force.code, group.codes, starts))


def _is_fit(counts: list[int], stages: dict[str, str]) -> bool:
    """Whether shares can be made: something was recorded, and no part is below zero."""
    charged, pending = (_of_stage(counts, stages, stage) for stage in ("charged", "pending"))
    return min(charged, pending, sum(counts) - charged - pending) >= 0 and sum(counts) != 0


def _of_stage(counts: list[int], stages: dict[str, str], stage: str) -> int:
    return sum(count for count, its in zip(counts, stages.values(), strict=True) if its == stage)


def _shown(counts: Counts, is_known: list[bool], stages: dict[str, str]) -> list[bool]:
    """Which forces are shown: known, and their charged not hidden for their own sake or to protect another's."""
    at_charge = [at for at, stage in enumerate(stages.values()) if stage == "charged"]
    own = [known and any(_hidden(row)[at] for at in at_charge) for known, row in zip(is_known, counts, strict=True)]
    charged = [_of_stage(row, stages, "charged") if known else 0 for known, row in zip(is_known, counts, strict=True)]
    return [known and not hide for known, hide in zip(is_known, also_hidden(charged, own), strict=True)]


def _hidden(counts: list[int]) -> list[bool]:
    try:
        return hidden(counts)
    except NotHonest:
        return [True] * len(counts)
