"""Claims: words that somebody published, bound to a measure, an area, a period, a base and evidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from stats.period import Period
from stats.registers.entries import Entry, entry, name_of, read_mapping, unique
from stats.registers.sources import PartialDate

LONGEST_QUOTE = 25

BASIS = {
    "self-selected survey": "self-selected",
    "household survey": "sample",
    "case audit": "case audit",
    "recorded crime": "full count",
    "recorded crime outcomes": "full count",
}
"""The basis of a number, by the kind of evidence behind it; other kinds have none."""

PEOPLE_AND_FILES = ("sample", "self-selected", "case audit")
"""What was found by asking people or reading case files."""


class Span(Entry):
    """A period as far as it is known: the words, and the dates where the words settle them."""

    words: str
    start: date | None = None
    end: date | None = None

    @property
    def period(self) -> Period | None:
        """The period, if both ends are known."""
        return Period(self.start, self.end) if self.start and self.end else None


class Base(Entry):
    """What a claim is a share of. `n` is the count printed for it, `n_is` how that is known."""

    population: str
    n: int | None = None
    n_is: Literal["printed", "assumed", "not stated"] = "not stated"


class Claim(Entry):
    """One quantitative statement of a document.

    `words` is the quantity as worded ('just over half', '65%'), `value` the number it prints, as text so that
    '65%' and '65.0%' stay apart. `quantity` says what kind of thing it is; 'vague' states no number.
    """

    id: str
    quote: str
    quantity: Literal["count", "share", "date", "duration", "trend", "comparison", "vague", "out of scope"]
    words: str
    value: str | None = None
    unit: str | None = None
    base: Base | None = None
    nested_in: str | None = None
    place: str
    area_code: str | None = None
    offence: str | None = None
    period: Span
    measured_by: str
    evidence_kind: Literal[
        "self-selected survey",
        "household survey",
        "case audit",
        "recorded crime",
        "recorded crime outcomes",
        "statute",
        "statement",
        "news",
        "interviews",
        "page furniture",
    ]
    measure: str | None = None
    same_as: str | None = None
    figures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    note: str | None = None

    @model_validator(mode="after")
    def _is_short_and_whole(self) -> Claim:
        if len(self.quote.split()) > LONGEST_QUOTE:
            raise ValueError(f"the quote is longer than {LONGEST_QUOTE} words: quote only the words that claim")
        if self.quantity == "share" and self.base is None:
            raise ValueError("a share wants its base; write what is known and n_is: not stated")
        return self

    @property
    def basis(self) -> str:
        """What the number rests on, as estimates call it; empty where nothing is known of how it was counted."""
        return BASIS.get(self.evidence_kind, "")

    @property
    def is_share(self) -> bool:
        """Whether it is a share, or a count out of a base that is stated."""
        of_a_base = self.quantity == "count" and self.nested_in is not None and self.base is not None and self.base.n
        return self.quantity == "share" or bool(of_a_base)


class Document(Entry):
    """One publication and the claims it makes."""

    id: str
    title: str
    publisher: str
    published: PartialDate
    retrieved: date
    url: str | None = None
    first_base: str | None = None
    claims: tuple[Claim, ...]

    @property
    def cited(self) -> str:
        """How a sentence names it: 'Morning Star, 2022-11'."""
        return f"{self.publisher}, {self.published}"

    def claim(self, claim_id: str) -> Claim:
        """Return the claim of that id."""
        return next(claim for claim in self.claims if claim.id == claim_id)


def load_claims(folder: Path) -> dict[str, Document]:
    """Return every document in `folder` with its claims, by id."""
    documents: dict[str, Document] = {}
    for path in sorted(folder.glob("*.yml")):
        fields = {"id": path.stem, **read_mapping(path)}
        claims = tuple(entry(Claim, c, file=path, name=name_of(c, n)) for n, c in enumerate(fields.pop("claims", ())))
        earlier = [(c.id, d.id) for d in documents.values() for c in d.claims]
        unique([*earlier, *((c.id, n) for n, c in enumerate(claims))], file=path, what="id")
        documents[path.stem] = entry(Document, {**fields, "claims": claims}, file=path, name=path.stem)
    return documents
