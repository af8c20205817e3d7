"""What a template may ask of the registers beside numbers: the day of a release, of the next one, a force's replies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from stats.claims.verdict import DUE_AFTER
from stats.errors import counted
from stats.period import Period, day_in_words
from stats.present import listed
from stats.publish.documents.model import Bullets, Paragraph, Reference, Words
from stats.publish.documents.pictures import rows_of
from stats.publish.documents.stated import Stated
from stats.registers import Area

NO_REPLY = "No reply is registered here. That does not mean that the force was asked."


class Answering:
    """Functions of a template on releases and replies.

    Parameters
    ----------
    stated : Stated
        Keeps what the document states.
    """

    def __init__(self, stated: Stated) -> None:
        self.stated, self.registers = stated, stated.facts.registers

    @property
    def names(self) -> dict[str, Callable[..., str]]:
        """The functions, by the name they go by in a template."""
        return {"released": self.released, "due": self.due, "replies": self.replies, "covered": self.covered}

    def released(self, source: str) -> str:
        """Return the day on which a source was published: '23 April 2026'."""
        return self._day(source, "published", self._published(source))

    def due(self, source: str) -> str:
        """Return the day by which a newer release of a quarterly source is due."""
        return self._day(source, "a newer one is due", self._published(source) + DUE_AFTER)

    def covered(self, name: str) -> str:
        """Return how many quarters or years of a figure's series are there, which are not, and its open gaps."""
        folder, figure = self.stated.figure_of(name)
        asked, rows = folder.records[figure]["parameters"], rows_of(folder.path, figure)
        lacking = [row["period"] for row in rows if not row["value"]]
        said = f"{len(rows) - len(lacking)} of {counted(len(rows), asked['by'])} are in the release"
        said += f"; not there: {listed(lacking)}" if lacking else ""
        span = Period(date.fromisoformat(rows[0]["period_start"]), date.fromisoformat(rows[-1]["period_end"]))
        area, codes = self.registers.areas.find(asked["area"]), self.registers.offences.find(asked["offence"]).codes
        every = self.registers.gaps_in("recorded_offences", span, codes=codes, area=area)
        gaps = [gap.what for gap in every if gap.is_open and gap.areas]
        sources = tuple(source["id"] for source in folder.records[figure]["sources"])
        return self.stated.words(Reference(f"{name}: covered", ". ".join([said, *gaps]), sources=sources, figure=name))

    def replies(self, area: Area) -> str:
        """Return what a force answered, each reply with its day, or that none is registered; a paragraph of its own."""
        found = [reply for reply in self.registers.replies if reply.area == area.code]
        if not found:
            return self.stated.blocks([Paragraph((Words(NO_REPLY),))])
        items = []
        for reply in found:
            id_ = f"reply of {area.name}, {reply.date}"
            said = Words(f"{day_in_words(reply.date)}, on {reply.to}: “{reply.words}”", reference=id_)
            self.stated.references.setdefault(id_, Reference(id_, said.text, area=area.code, area_name=area.name))
            where = [Words(" "), Words(str(reply.url), address=str(reply.url))] if reply.url else []
            items.append((said, *where))
        return self.stated.blocks([Bullets(tuple(items))])

    def _published(self, source: str) -> date:
        return date.fromisoformat(self.registers.source(source).order)

    def _day(self, source: str, what: str, day: date) -> str:
        self.stated.citing.rests_on([source])
        return self.stated.words(Reference(f"source {source}: {what}", day_in_words(day), sources=(source,)))
