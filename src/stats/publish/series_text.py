"""A series of recorded offences as text for a terminal, with its release, cut at its breaks."""

from __future__ import annotations

from collections.abc import Sequence

from stats import present
from stats.estimate.counts import DATASET, breaks_between, segments
from stats.estimate.estimate import Contract, Estimate
from stats.registers import Registers
from stats.registers.releases import listed

CUT = "  - - - - -  recording break"
MIXED = "  a break falls inside"


def series_text(estimates: Sequence[Estimate], registers: Registers) -> str:
    """Return a line a period, and below them the breaks that cut the series, its release, source and status.

    Parameters
    ----------
    estimates : sequence of Estimate
        As `counts.series` returns them, all of one release.
    registers : Registers
        Those that the series was made with.
    """
    contracts = [estimate.contract for estimate in estimates if estimate.contract]
    first = contracts[0]
    crossed = breaks_between([contract.period for contract in contracts], first.breaks)
    notes = [f"{entry.when}: {entry.what_changed}" for entry in crossed]
    return "\n".join(
        [
            present.capital(f"{first.subject}, {first.area.name}"),
            "",
            *_rows(estimates, contracts),
            "",
            *(f"Break, {note}." for note in notes),
            *([""] if notes else []),
            *_of_release(first, registers),
        ]
    )


def _rows(estimates: Sequence[Estimate], contracts: Sequence[Contract]) -> list[str]:
    periods = [contract.period for contract in contracts]
    counts = [present.count(estimate.value) for estimate in estimates]
    left, right = max(len(p.label) for p in periods), max(map(len, [*counts, "offences"]))
    lines, last = [f"{'period':<{left}}  {'offences':>{right}}"], 0
    for period, count, (run, is_mixed) in zip(periods, counts, segments(periods, contracts[0].breaks), strict=True):
        lines += [CUT] if run != last else []
        lines.append(f"{period.label:<{left}}  {count:>{right}}{MIXED if is_mixed else ''}")
        last = run
    return lines


def _of_release(contract: Contract, registers: Registers) -> list[str]:
    source = registers.source(contract.release)
    others = [other for other in registers.sources_of(DATASET) if other.id != source.id]
    return [
        f"Release: {listed([source])}",
        f"Source: {source.citation}. Provenance: {source.kind}.",
        f"Status: {source.status}.",
        *(f"Other release: {line}" for line in listed(others).splitlines()),
    ]
