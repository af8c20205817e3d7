"""As at which day, or which release, a series is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from stats.errors import NotToHand, UnknownName, nearest
from stats.registers.sources import PartialDate, Source, last_day

_DATE: TypeAdapter[str] = TypeAdapter(PartialDate)


@dataclass(frozen=True)
class AsAt:
    """A day, and the release that was named, if one was.

    Parameters
    ----------
    words : str
        What was asked.
    day : str
        The last day on which a release may have come out, as an ISO date.
    release : str, optional
        The id of a release: of its own dataset it is the one, whatever else came out that day.
    """

    words: str
    day: str
    release: str | None = None

    def out_of(self, sources: Sequence[Source]) -> list[Source]:
        """Return the releases of a dataset that were out then, oldest first; the one that was named, if it is one.

        Parameters
        ----------
        sources : sequence of Source
            Every release of one dataset, oldest first.

        Raises
        ------
        NotToHand
            If none was out.
        """
        named = [source for source in sources if source.id == self.release]
        out = named or [source for source in sources if source.order <= self.day]
        if not out:
            what = sources[0].dataset.replace("_", " ")
            raise NotToHand(
                f"no release of {what} that is here was out as at {self.words}.",
                [("releases", listed(sources))],
                "Ask as at a later day, or name one of these releases.",
            )
        return out


def as_at(asked: str | date, sources: Sequence[Source]) -> AsAt:
    """Return the day that a release, or a date as far as it is given, stands for.

    Parameters
    ----------
    asked : str or date
        The id of a release, or a date: '2018-12-01'; '2018-12' and '2018' stand for their last day.
    sources : sequence of Source
        The releases that may be named.

    Raises
    ------
    UnknownName
        If it is neither; the releases that are here are listed.
    """
    words = str(asked)
    for source in sources:
        if source.id == words:
            return AsAt(words, source.order, source.id)
    if not _is_a_date(words):
        close = ", ".join(nearest(words, [source.id for source in sources])) or "none"
        raise UnknownName(
            f"'{words}' is neither a release that is here nor a date.",
            [("nearest", close), ("releases", listed(sources))],
            "Write one of these names, or a date such as 2018-12-31.",
        )
    return AsAt(words, last_day(words))


def _is_a_date(words: str) -> bool:
    try:
        _DATE.validate_python(words)
    except ValidationError:
        return False
    return True


def listed(sources: Sequence[Source]) -> str:
    """Return one line a release: its id, when it was published and what it covers."""
    return "\n".join(
        f"{s.id}: published {s.published}" + (f", covers {s.covers_from} to {s.covers_to}" if s.covers_from else "")
        for s in sources
    )
