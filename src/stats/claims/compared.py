"""Which claims can stand on an axis beside the figures they are judged by, and which cannot, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from stats import present
from stats.claims.agreeing import readings
from stats.claims.facts import Evidence, Facts
from stats.claims.saying import told
from stats.claims.verdicts import VERDICTS, Verdict
from stats.claims.wording import Reading, read_words
from stats.errors import NotHonest
from stats.registers.claims import Claim, Document

Axis = Literal["share", "count"]
Group = Literal["does not fit", "neither", "fits"]
GROUPS: tuple[Group, ...] = ("does not fit", "neither", "fits")
"""In the order in which rows stand: what is wrong comes first."""

_WRONG, _RIGHT = 1, 4
"""Ratings of `VERDICTS`: at most this is wrong (0 has no rating), at least this is right."""


@dataclass(frozen=True)
class Ends:
    """Where a range lies; an end that the words do not give is open, and is drawn as an arrow.

    Shares run from 0 to 1, counts from 0; `high` None is a count without an upper end. `at` is the number that stands
    for the range: its middle, and of 'more than 5,000' the number that is named.
    """

    low: Fraction
    high: Fraction | None
    at: Fraction
    low_is_in: bool
    high_is_in: bool
    low_is_open: bool
    high_is_open: bool

    @classmethod
    def of(cls, reading: Reading, base_n: int | None = None) -> Ends:
        """Return the ends of a reading; counts of a base as shares of it."""
        per = base_n or 1
        low, high = reading.low / per, None if reading.high is None else reading.high / per
        no_low = reading.is_bound and not reading.low
        no_high = high is None or (reading.is_bound and reading.kind == "share" and high == 1)
        at = low if high is None or (reading.is_bound and not no_low) else high if no_low else (low + high) / 2
        return cls(low, high, at, reading.low_is_in, reading.high_is_in, no_low, no_high)


@dataclass(frozen=True)
class Figure:
    """A figure that a claim stands beside; `is_own` says that it is of the claim's own measure."""

    evidence: Evidence
    ends: Ends
    is_own: bool


@dataclass(frozen=True)
class Row:
    """A claim that states a share or a count, and the figures beside it.

    `words` is what is read as a range under either reading; `base_n` what a count is a count of, where it is drawn as
    a share.
    """

    claim: Claim
    document: Document
    verdict: Verdict
    axis: Axis
    words: str
    default: Ends
    strict: Ends
    figures: tuple[Figure, ...]
    base_n: int | None = None

    @property
    def group(self) -> Group:
        """Whether the claim fits its figures: by the rating of its verdict."""
        return group_of(self.verdict)

    @property
    def reference(self) -> Figure:
        """The figure it is measured by: of its own measure and exact, if there is one; in the order of the verdict."""
        return min(self.figures, key=lambda f: (not f.is_own, not f.evidence.is_exact))

    @property
    def times(self) -> Fraction | None:
        """How many times the figure the claim is; None where either is zero."""
        claim, figure = self.default.at, self.reference.ends.at
        return claim / figure if claim and figure else None

    @property
    def allows(self) -> tuple[str, str]:
        """What the words allow under the default and the strict reading, in words."""
        return told(self.words)


@dataclass(frozen=True)
class Left:
    """A claim that stands on no axis, and why."""

    claim: Claim
    document: Document
    verdict: Verdict
    why: str


def group_of(verdict: Verdict) -> Group:
    """Return whether what was judged fits its evidence, does not, or neither can be said."""
    rating = VERDICTS[verdict.verdict][1]
    return "fits" if rating >= _RIGHT else "does not fit" if rating == _WRONG else "neither"


def compared(judged: Iterable[tuple[Claim, Verdict]], facts: Facts) -> tuple[list[Row], list[Left]]:
    """Return the claims that can be drawn beside their figures, the wrong ones first, and those that cannot.

    Parameters
    ----------
    judged : iterable of (Claim, Verdict)
    facts : Facts
        Those that they were judged by.
    """
    found = [_row(claim, verdict, facts) for claim, verdict in judged]
    rows = sorted((r for r in found if isinstance(r, Row)), key=lambda r: GROUPS.index(r.group))
    return rows, [r for r in found if isinstance(r, Left)]


def must_be_published(rows: Sequence[Row]) -> None:
    """Stop if a claim, or a figure beside it, was made up.

    Raises
    ------
    NotHonest
        Naming the claim.
    """
    for row in rows:
        made_up = [f.evidence.release for f in row.figures if f.evidence.kind == "illustrative"]
        if made_up or row.verdict.verdict == "illustrative":
            raise NotHonest(
                f"claim {row.claim.id} rests on numbers that were made up, and stands beside no evidence.",
                [("words", row.words), ("rests on", present.listed(made_up) or "made-up numbers")],
                "Leave it out: what is illustrative gets no verdict above 'illustrative', and no place among claims.",
            )


def _row(claim: Claim, verdict: Verdict, facts: Facts) -> Row | Left:
    document = facts.document_of(claim)
    words, evidence = claim.words, verdict.evidence
    if verdict.verdict == "arithmetic-error":
        words, evidence = _own_counts(claim, document) or (words, evidence)
    found = readings(words)
    why = _why_not(claim, verdict, found, evidence)
    if why or found is None:
        return Left(claim, document, verdict, why)
    base_n = _base(claim, evidence)
    figures = tuple(
        Figure(e, Ends.of(e.reading, base_n), e.measure == claim.measure)
        for e in evidence
        if e.reading.kind == found[0].kind
    )
    axis: Axis = "share" if base_n or found[0].kind == "share" else "count"
    default, strict = (Ends.of(reading, base_n) for reading in found)
    row = Row(claim, document, verdict, axis, words, default, strict, figures, base_n)
    if axis == "count" and (row.times is None or any(not f.ends.at for f in figures)):
        return Left(claim, document, verdict, "nothing has no ratio to a number, so it has no place on the axis")
    return row


def _why_not(
    claim: Claim, verdict: Verdict, found: tuple[Reading, Reading] | None, evidence: Sequence[Evidence]
) -> str:
    """Return why a claim stands on no axis, or nothing if it does."""
    kind = found[0].kind if found else None
    reasons = {
        "it rests on made-up numbers": verdict.verdict == "illustrative",
        "it tells one story from the files, which counts nothing": claim.evidence_kind == "case audit anecdote",
        "a date or a span of time is no share and no count": claim.quantity in ("date", "duration"),
        "it states no share and no count": kind is None or claim.quantity in ("vague", "out of scope"),
        "it states a change, which is no share and no count": kind not in ("share", "count"),
        "no figure is to hand that it could stand beside": not any(e.reading.kind == kind for e in evidence),
    }
    return next((why for why, holds in reasons.items() if holds), "")


def _base(claim: Claim, evidence: Sequence[Evidence]) -> int | None:
    """Return what a count is drawn as a share of: its own base, where every figure has the same."""
    n = claim.base.n if claim.base and claim.quantity == "count" and claim.is_share else None
    return n if n and all(e.base_n == n for e in evidence) else None


def _own_counts(claim: Claim, document: Document) -> tuple[str, tuple[Evidence, ...]] | None:
    """Return the share that a claim prints wrongly, beside the counts that it prints for it: '84%', '24 of 29'."""
    for part in claim.parts:
        if not (part.of and part.words) or read_words(part.words).holds(Fraction(part.n, part.of)):
            continue
        share = Fraction(part.n, part.of)
        counted = Evidence(
            f"{present.half_away(share * 100, 1)}%", Reading("share", share, share), claim.measure or "", claim.place,
            claim.period.words, claim.base.population if claim.base else "", document.publisher, document.title,
            document.published, document.url or "", document.id, "reported", part.n, part.of,
        )  # fmt: skip
        return part.words, (replace(counted, base="its own counts"),)
    return None
