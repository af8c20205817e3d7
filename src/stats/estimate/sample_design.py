"""How people came into the sample of a survey: strata, primary sampling units, weights and the population behind."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from stats.errors import BadCount, NotHonest
from stats.estimate.shape import Numbers, refuse
from stats.estimate.surveys import refuse_unsampled


@dataclass(frozen=True, eq=False)
class Design:
    """How each person came into the sample: one entry a person.

    Parameters
    ----------
    weight : array of float
        Sampling weights, none below zero.
    psu : array
        The primary sampling unit (a postcode sector); numbered afresh in each stratum or not.
    stratum : array, optional
        Left out: one stratum.
    population : array of float, optional
        Primary sampling units in the population of the person's stratum, or the fraction of them that was sampled (all
        at most 1). Left out: so many that it does not matter.
    basis : str
        Anything but 'sample' is refused: people who chose to answer have no design.

    Raises
    ------
    NotHonest
        If the basis is not a sample, or a stratum has a single unit and others that were not sampled.
    BadCount
        For weights below zero; weights, units or strata that are missing, with their rows; entries of
        unlike number; and populations smaller than their sample.
    """

    weight: ArrayLike
    psu: ArrayLike
    stratum: ArrayLike | None = None
    population: ArrayLike | None = None
    basis: str = "sample"

    def __post_init__(self) -> None:
        refuse_unsampled(self.basis)
        weight = np.asarray(self.weight, dtype=float)
        stratum = np.zeros(len(weight)) if self.stratum is None else np.asarray(self.stratum)
        psu = np.asarray(self.psu)
        whole = np.inf if self.population is None else np.asarray(self.population, dtype=float)
        population = np.broadcast_to(whole, weight.shape) if np.ndim(whole) == 0 else np.asarray(whole)
        if not 0 < len(weight) == len(stratum) == len(psu) == len(population):
            raise ValueError("weight, psu, stratum and population must have one entry a person each, and there be some")
        _refuse_missing(weight=self.weight, psu=self.psu, stratum=stratum if self.stratum is None else self.stratum)
        refuse(
            "weights must be numbers from 0, and not all of them 0",
            ~((weight >= 0) & np.isfinite(weight)) | ~weight.any(),
            weight=weight,
        )
        for name, column in (("weight", weight), ("stratum", stratum), ("psu", psu), ("population", population)):
            object.__setattr__(self, name, column)
        _refuse_lonely(self)

    def within(self, rows: Numbers) -> Design:
        """Return the design of the people at these positions: the others keep their units, and have weight zero."""
        weight = np.zeros_like(np.asarray(self.weight))
        weight[rows] = np.asarray(self.weight)[rows]
        return replace(self, weight=weight)

    @property
    def units(self) -> tuple[Numbers, Numbers]:
        """Of each person the place of their primary sampling unit; of each unit the place of its stratum."""
        strata = np.unique(np.asarray(self.stratum), return_inverse=True)[1]
        within = np.unique(np.asarray(self.psu), return_inverse=True)[1]
        pairs, at = np.unique(np.stack([strata, within]), axis=1, return_inverse=True)
        return at.ravel(), pairs[0]

    @property
    def df(self) -> int:
        """Degrees of freedom: primary sampling units less strata, both with people of weight above zero."""
        at, strata = self.units
        seen = np.unique(at[np.asarray(self.weight) > 0])
        return len(seen) - len(np.unique(strata[seen]))

    @property
    def unsampled(self) -> Numbers:
        """Of each stratum the fraction of its units that was not sampled: 1 where no population is given."""
        at, strata = self.units
        n = np.bincount(strata)
        people = strata[at]
        given = np.asarray(self.population)
        is_count = (given > 1).any()
        rule = "population must be one number for all people of a stratum: counts from 1, or fractions up to 1"
        refuse(rule, ~((given > 0) & ((given >= 1) | ~is_count)), population=given)
        first = given[np.unique(people, return_index=True)[1]]
        refuse(rule, given != first[people], population=given)
        size = first if is_count else n / first
        refuse("a stratum cannot hold fewer units than were sampled", size < n, sampled=n, population=size)
        return 1 - n / size


def _refuse_missing(**columns: ArrayLike) -> None:
    """Stop where a person lacks an entry: all units without a name would count as one."""
    for name, column in columns.items():
        at = np.flatnonzero(pd.isna(np.asarray(column, dtype=object)))
        if len(at):
            rows = ", ".join(map(str, at[:10])) + (" and more" if len(at) > 10 else "")
            rule = f"every person must have a {name}, and {len(at):,} have none."
            raise BadCount(rule, at, [("rows from 0", rows), ("why", "missing is not a value that people share")])


def _refuse_lonely(design: Design) -> None:
    at, strata = design.units
    lonely = (np.bincount(strata) == 1) & (design.unsampled > 1e-7)
    if lonely.any():
        named = np.unique(np.asarray(design.stratum)[lonely[strata[at]]])
        raise NotHonest(
            "a stratum with a single primary sampling unit does not show how far its units differ.",
            [("strata", ", ".join(str(name) for name in named[:5].tolist()))],
            "Join it with the stratum most like it, as the survey's technical report says.",
        )
