"""What may be put before an inspectorate, a committee or the press: nothing that was made up, and it says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from stats.draw.page import Drawing
from stats.errors import NotHonest
from stats.publish.rests_on import Asked
from stats.registers import Source
from stats.registers.illustrative import BEGINS, is_made_up


def must_be_evidence(what: str, sources: Iterable[Source | Mapping[str, Any]]) -> None:
    """Stop if anything rests on made-up data. Packs and briefings call this with every source they name.

    Parameters
    ----------
    what : str
        The figure, number or document that is to be used.
    sources : iterable of Source, or of the entries that the JSON of a figure or of a brief's numbers lists
        None at all is no evidence either.

    Raises
    ------
    NotHonest
        Naming the made-up sources, or that there is no source.
    """
    named = [_told(source) for source in sources]
    made_up = [name for name, kind in named if kind == "illustrative" or name.startswith(BEGINS)]
    if made_up or not named:
        raise NotHonest(
            f"{what} is no evidence: it rests on " + ("made-up data." if made_up else "no source."),
            [("made up", ", ".join(made_up))] if made_up else [],
            "Leave it out. What is illustrative shows how a page looks, and reaches no pack, briefing or verdict.",
        )


def must_be_told(drawing: Drawing, asked: Asked) -> None:
    """Stop if a notebook was asked for made-up data and a figure of it names none, however its table was derived.

    Raises
    ------
    NotHonest
        Naming the figure.
    """
    made_up = [source.id for source in getattr(asked, "made_up", ())]
    if made_up and not is_made_up(drawing.sources):
        raise NotHonest(
            "a notebook that reads made-up data makes no figure that does not say so.",
            [("figure", drawing.name), ("the notebook reads", ", ".join(made_up))],
            "Name the made-up source among those of the figure; draw what is official in a notebook of its own.",
        )


def _told(source: Source | Mapping[str, Any]) -> tuple[str, str]:
    if isinstance(source, Source):
        return source.id, source.kind
    return str(source.get("id", "")), str(source.get("kind", "illustrative"))
