"""The notes that more than one kind of figure prints, and the line that names its sources."""

from __future__ import annotations

from collections.abc import Sequence

from stats.errors import counted
from stats.estimate.small_counts import MINIMUM_BASE
from stats.registers import Area, Source
from stats.registers.sources import SILENT_KINDS

WHOSE = "Chart: Plain Figures, not an official publication."


def coverage(area: Area) -> list[str]:
    """Return what a nation, or England and Wales together, holds and leaves out, as a note for a figure of it."""
    holds = {"nations": "includes", "nation": "leaves out"}.get(area.kind)
    if holds is None:
        return []
    return [f"{area.name} {holds} British Transport Police; Scotland and Northern Ireland are not included"]


def source_line(sources: Sequence[Source]) -> str:
    """Return 'Source: …' for a figure, with the status of the statistics and any provenance that must be shown."""
    by_publisher: dict[str, list[Source]] = {}
    for source in sources:
        by_publisher.setdefault(source.publisher, []).append(source)
    cited = "; ".join(
        f"{publisher}, " + ", and ".join(f"{s.title} (published {s.published})" for s in its)
        for publisher, its in by_publisher.items()
    )
    states = "; ".join(dict.fromkeys(source.status for source in sources))
    licences = "; ".join(dict.fromkeys(source.licence for source in sources))
    lead = "Source" if len(sources) == 1 else "Sources"
    return f"{lead}: {stopped(cited)} Licence: {stopped(licences)} Status: {stopped(states)}{_provenance(sources)}"


def _provenance(sources: Sequence[Source]) -> str:
    """Return the kinds that must be shown, and whose they are where an official source stands beside them."""
    shown = [source for source in sources if source.kind not in SILENT_KINDS]
    kinds = {kind: {s.publisher: None for s in shown if s.kind == kind} for kind in sorted({s.kind for s in shown})}
    whose = {kind: f" from {'; '.join(publishers)}" for kind, publishers in kinds.items()}
    told = [f"{kind}{whose[kind] if len(shown) < len(sources) else ''}" for kind in kinds]
    return f" Provenance: {', '.join(told)}." if told else ""


def few(area: Area, recorded: int) -> list[str]:
    """Return, as a note, that an area has so few offences that each of them moves a percentage."""
    if not 0 < recorded < MINIMUM_BASE:
        return []
    points = counted(round(100 / recorded), "percentage point")
    return [f"{area.name}: only {counted(recorded, 'offence')}, so one more or less is about {points}"]


def stopped(text: str) -> str:
    """Return a text as a sentence."""
    return text if text.endswith((".", "?", "!")) else text + "."
