"""The estimate, and the contract that says what it is an estimate of."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from stats.period import Period
from stats.registers import Area, Break, Measure, OffenceGroup

COLUMNS = ["value", "lower", "upper", "unit", "method", "level", "n", "basis"]
"""The columns every table of estimates has, whatever the method."""

NO_SAMPLING_ERROR = "full count: no sampling error"


@dataclass(frozen=True)
class Contract:
    """What a number is a number of. Two numbers can be compared only if their contracts allow it.

    `breaks` are the registered breaks that touch this series; `release` is the id of the source, and `base_release`
    that of what it is divided by, where it is another: the residents of a rate.
    """

    measure: Measure
    area: Area
    period: Period
    release: str
    offence: OffenceGroup | None = None
    breaks: tuple[Break, ...] = ()
    base_release: str = ""

    @property
    def releases(self) -> tuple[str, ...]:
        """The ids of the sources it rests on."""
        return (self.release, self.base_release) if self.base_release else (self.release,)

    @property
    def subject(self) -> str:
        """What is counted, in words: 'recorded stalking', 'share of recorded offences charged so far, stalking'."""
        offence = self.offence.name if self.offence else ""
        if self.measure.id == "recorded_offences" and offence:
            return f"recorded {offence}"
        return f"{self.measure.plain_name}, {offence}" if offence else self.measure.plain_name


@dataclass(frozen=True)
class Estimate:
    """One number with what belongs to it.

    Parameters
    ----------
    value, lower, upper : float
        In `unit`: 'share' runs from 0 to 1. `lower` and `upper` are not-a-number where none is honest.
    unit, method, basis : str
    level : float
        Confidence level; not-a-number for bounds and full counts.
    n : float
        The base.
    contract : Contract, optional
        Without one the estimate cannot be compared.
    """

    value: float
    lower: float
    upper: float
    unit: str
    method: str
    level: float
    n: float
    basis: str
    contract: Contract | None = None

    def columns(self) -> dict[str, object]:
        """Return the estimate as the columns of a table row."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in COLUMNS}


def full_count(value: float, *, unit: str = "count", contract: Contract | None = None) -> Estimate:
    """Return a complete count: no interval, since nothing was sampled."""
    return Estimate(value, math.nan, math.nan, unit, NO_SAMPLING_ERROR, math.nan, value, "full count", contract)
