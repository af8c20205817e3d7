"""How much of England and Wales a set of answers from police forces speaks for."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from stats import present
from stats.errors import BadCount
from stats.estimate.counts import cells, recorded
from stats.period import Period
from stats.registers import Area, OffenceGroup, Registers
from stats.registers.areas import ENGLAND_AND_WALES

WORDS = re.compile(r"\d+ of \d+ forces(?: \(\d+ of them in part\))?, \d+(?:\.\d)?% of recorded [^.;]+")
"""How coverage is written, so that a figure can be asked for it."""


@dataclass(frozen=True)
class Coverage:
    """Which forces gave a number, of how many, and the share of recorded offences that they have.

    Parameters
    ----------
    forces, of : int
        Territorial forces that gave a number, in full or in part, and all of them.
    in_part : int
        How many of these gave only a part.
    share : float
        Of the offences that all territorial forces recorded, from 0 to 1.
    group : OffenceGroup
    period : Period
        The offences that the share is of.
    apart : tuple of str
        Forces without an area (British Transport Police) that gave a number: in neither count.
    """

    forces: int
    of: int
    in_part: int
    share: float
    group: OffenceGroup
    period: Period
    apart: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every territorial force gave its whole number."""
        return self.forces == self.of and not self.in_part

    def __str__(self) -> str:
        """Return the coverage as every figure prints it: '27 of 43 forces, 61% of recorded stalking …'."""
        part = f" ({self.in_part} of them in part)" if self.in_part else ""
        apart = f", and {present.listed(self.apart)}" if self.apart else ""
        return (
            f"{self.forces} of {self.of} forces{part}, {present.percent(self.share, self.of)} of recorded "
            f"{self.group.name} in the {self.period}{apart}"
        )


def coverage(
    gave: Collection[str],
    *,
    in_part: Collection[str] = (),
    group: OffenceGroup,
    period: Period,
    offences: pd.DataFrame,
    registers: Registers,
) -> Coverage:
    """Return what the forces that gave a number cover.

    Parameters
    ----------
    gave, in_part : collection of str
        Codes of the forces that gave a number, and of those among them that gave only a part.
    group, period : OffenceGroup, Period
        The recorded offences to weigh the forces by; of the newest release.
    offences : DataFrame
        Tidy recorded offences.
    registers : Registers

    Raises
    ------
    NotToHand
        If the recorded offences of that period are not to hand for every force.
    BadCount
        If a code is that of no force, or the forces recorded no such offence.
    """
    gave, in_part = set(gave), set(in_part)
    forces = {area.code: area for area in registers.areas.forces}
    strange = sorted(gave - set(forces)) + sorted(in_part - gave)
    if strange:
        raise BadCount("these are codes of no force, or of none that gave a number.", evidence=[("codes", strange)])
    whole = registers.areas.current[ENGLAND_AND_WALES]
    recorded(offences, area=whole, group=group, period=period, registers=registers)
    by_force = cells(offences, area=whole, group=group, period=period, registers=registers)
    counts = by_force.groupby("area_code")["offences_n"].sum()
    territorial = [code for code, area in forces.items() if area.kind == "force"]
    if counts[territorial].sum() <= 0:
        raise BadCount("the forces recorded no such offence, so none of them has a share.")
    gave_here = [code for code in territorial if code in gave]
    return Coverage(
        len(gave_here), len(territorial), len(in_part.intersection(gave_here)),
        float(counts[gave_here].sum() / counts[territorial].sum()), group, period, _apart(gave, forces),
    )  # fmt: skip


def _apart(gave: Collection[str], forces: dict[str, Area]) -> tuple[str, ...]:
    return tuple(forces[code].name for code in sorted(gave) if forces[code].kind != "force")
