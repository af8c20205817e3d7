"""What to know before quoting: caveats printed from the registers, never typed into a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stats.draw.page import Drawing
from stats.period import Period
from stats.registers import Area, Registers, Source


@dataclass(frozen=True)
class Caveats:
    """Lines a notebook shows as a list."""

    lines: tuple[str, ...]

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- {line}" for line in self.lines)

    def __repr__(self) -> str:
        return "\n".join(f"* {line}" for line in self.lines)


def data_as_at(sources: Sequence[Source]) -> Caveats:
    """Return the release of each source, as the first lines a reader meets."""
    return Caveats(tuple(f"Data as at {s.published}: {s.citation}. Provenance: {s.kind}." for s in sources))


def caveats(
    drawings: Sequence[Drawing],
    registers: Registers,
    *,
    datasets: Iterable[str] = (),
    period: Period | None = None,
    area: Area | None = None,
    codes: Sequence[str] = (),
) -> Caveats:
    """Return the caveats of what was drawn: measures, breaks and notices, gaps, sources.

    Parameters
    ----------
    drawings : sequence of Drawing
    registers : Registers
    datasets : iterable of str
        Whose breaks and gaps are looked up.
    period, area, codes
        Of the series, for breaks and gaps.
    """
    lines = [f"{m.plain_name}: {m.caveat}" for d in drawings for m in d.measures]
    for dataset in datasets if period else ():
        lines += [
            f"{b.when}: {b.what_changed}. {b.effect}"
            for b in registers.breaks_in(dataset, codes=codes, area=area)
            if period and period.contains(b.date)
        ]
        lines += (
            [f"{g.what}. {g.effect}" for g in registers.gaps_in(dataset, period, codes=codes, area=area)]
            if period
            else []
        )
    lines += [c for d in drawings for s in d.sources for c in s.caveats]
    lines += [f"Status of the statistics: {s.status}." for d in drawings for s in d.sources]
    return Caveats(tuple(dict.fromkeys(" ".join(line.split()) for line in lines)))
