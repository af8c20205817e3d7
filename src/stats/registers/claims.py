"""Claims: words that somebody published, bound to a measure, an area, a period, a base and evidence."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from stats.errors import RegisterError
from stats.period import Period
from stats.registers.entries import Entry, entry, name_of, read_mapping, unique
from stats.registers.places import place
from stats.registers.sources import PartialDate

LONGEST_QUOTE = 25

_IN_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BASIS = {
    "self-selected survey": "self-selected",
    "household survey": "sample",
    "case audit": "case audit",
    "case audit anecdote": "case audit",
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
    """What a claim is a share of.

    `n` is the count printed for it, `n_is` how that is known; `size` says in words what else is known of it, such as
    'about 93, derived' where no count was printed.
    """

    population: str
    n: int | None = None
    n_is: Literal["printed", "assumed", "not stated"] = "not stated"
    size: str | None = None


class Part(Entry):
    """One of the counts that a statement prints: '14 of 19 (74%)', or '696' of a period of its own."""

    n: int
    of: int | None = None
    words: str | None = None
    period: Span | None = None


class Claim(Entry):
    """One quantitative statement of a document.

    `words` is the quantity as worded ('just over half', '65%'), `value` the number it prints, as text so that
    '65%' and '65.0%' stay apart. `quantity` says what kind of thing it is; 'vague' states no number.
    `nested_in` is the claim whose cases it is among, and for a share the one that gives its base; `also_nested_in`
    names others that hold them too, `or_nested_in` those that the words allow in its place. `same_as` is the same
    finding in another document. `evidence_detail` says more of the kind of evidence. `parts` are the counts it prints,
    earliest first, `change` the change it prints from the first to the last of them.
    """

    id: str
    quote: str
    quantity: Literal["count", "share", "date", "duration", "trend", "comparison", "vague", "out of scope"]
    words: str
    value: str | None = None
    unit: str | None = None
    base: Base | None = None
    nested_in: str | None = None
    also_nested_in: tuple[str, ...] = ()
    or_nested_in: tuple[str, ...] = ()
    nesting_is: Literal["as worded", "assumed", "unclear"] = "as worded"
    place: str
    area_code: str | None = None
    offence: str | None = None
    period: Span
    measured_by: str
    evidence_kind: Literal[
        "self-selected survey",
        "household survey",
        "case audit",
        "case audit anecdote",
        "inspection finding",
        "recorded crime",
        "recorded crime outcomes",
        "statute",
        "statement",
        "news",
        "interviews",
        "page furniture",
        "page metadata",
        "not named",
    ]
    evidence_detail: str | None = None
    measure: str | None = None
    same_as: str | None = None
    parts: tuple[Part, ...] = ()
    change: str | None = None
    figures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    note: str | None = None

    @property
    def nesting(self) -> str:
        """What it is nested in, in words: 'C000-01 or C000-02', 'C000-01 (unclear)'."""
        nested = " or ".join(filter(None, [self.nested_in, *self.or_nested_in]))
        nested = (", and " if self.or_nested_in else " and ").join(filter(None, [nested, *self.also_nested_in]))
        known = "" if self.nesting_is == "as worded" else f" ({self.nesting_is})"
        same = f"the same as {self.same_as}" if self.same_as else ""
        return "; ".join(filter(None, [nested + known, same]))

    @property
    def basis(self) -> str:
        """What the number rests on, as estimates call it; empty where nothing is known of how it was counted."""
        return BASIS.get(self.evidence_kind, "")

    @property
    def is_share(self) -> bool:
        """Whether it is a share, or a count out of a stated base; one story told from the files counts nothing."""
        counts = self.quantity == "count" and self.evidence_kind != "case audit anecdote"
        of_a_base = counts and self.nested_in is not None and self.base is not None and self.base.n
        return self.quantity == "share" or bool(of_a_base)

    @model_validator(mode="after")
    def _is_short_and_whole(self) -> Claim:
        if len(self.quote.split()) > LONGEST_QUOTE:
            raise ValueError(f"the quote is longer than {LONGEST_QUOTE} words: quote only the words that claim")
        if self.quantity == "share" and self.base is None:
            raise ValueError("a share wants its base; write what is known and n_is: not stated")
        if self.nested_in is None and (self.also_nested_in or self.or_nested_in or self.nesting_is != "as worded"):
            raise ValueError("nested_in comes first: the other fields of nesting only add to it")
        return self

    @model_validator(mode="after")
    def _says_one_number(self) -> Claim:
        if self.quantity not in ("count", "share", "duration"):
            return self
        worded, value = _numbers(self.words) or _named(self.words), _numbers(self.value or "")
        if worded and not value <= worded:
            raise ValueError(f"words say {self.words!r} and value says {self.value!r}: give the number as it is worded")
        if not _numbers(self.words) <= _numbers(self.quote):
            raise ValueError(f"words say {self.words!r} and the quote does not: quote the words that hold the number")
        return self


def _named(text: str) -> set[str]:
    """The number that a text spells out and counts something by: 'four years', but no fraction and no 'one in five'."""
    found = re.fullmatch(
        rf"(?:just |only )?({'|'.join(_IN_WORDS)})(?: (?!half|third|quarter|fifth|tenth)[a-z]+)?", text
    )
    return {str(_IN_WORDS.index(found[1]))} if found else set()


def _numbers(text: str) -> set[str]:
    """The numbers printed in a text, without their commas, a percentage with its sign."""
    plain = re.sub(r"\s*(%|per ?cent\b)", "%", text.casefold())
    return {number.replace(",", "") for number in re.findall(r"\d[\d,]*(?:\.\d+)?%?", plain)}


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
        listed = fields.pop("claims", None) or ()
        if not isinstance(listed, (list, tuple)):
            raise RegisterError(
                "the claims of a document are no list.", place(path, path.stem, "claims"), "Write each as: - id: ..."
            )
        claims = tuple(entry(Claim, c, file=path, name=name_of(c, n)) for n, c in enumerate(listed))
        earlier = [(c.id, d.id) for d in documents.values() for c in d.claims]
        unique([*earlier, *((c.id, n) for n, c in enumerate(claims))], file=path, what="id")
        documents[path.stem] = entry(Document, {**fields, "claims": claims}, file=path, name=path.stem)
    return documents
