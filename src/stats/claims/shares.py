"""The worded shares of one document as the whole counts they allow, on their own base and on the first base."""

from __future__ import annotations

import math

import pandas as pd

from stats.claims.feasible import nested, within
from stats.claims.wording import Convention, Reading, read_words
from stats.estimate.shape import WHY_NONE
from stats.registers.claims import PEOPLE_AND_FILES, Claim, Document

NO_INTERVAL = WHY_NONE | {
    "sample": "no interval: the survey's base and design factor are not to hand",
    "": "no interval: nothing is known of how it was counted",
}


def worded_shares(document: Document) -> pd.DataFrame:
    """Return every share of a document, and every count out of a stated base, as the whole counts its words allow.

    Returns
    -------
    DataFrame
        One row a claim. `base_low` to `base_high`: the bases it may have; `count_low` to `count_high`: the counts under
        the default reading; `strict_low` to `strict_high` of `strict_base_low` to `strict_base_high`: under the strict
        one; `lower` and `upper`: share of its own base (0 to 1); `first_n`, `first_lower`, `first_upper`: share of the
        document's first base, where the claim is nested in it; `counts`, `bases`, `of_first_base`: the same in words;
        `is_bound`: the words give one end only; `basis`, `interval`: why there is or is no interval. Missing where the
        base is not stated.
    """
    rows = [_row(claim, document) for claim in document.claims if claim.is_share]
    return pd.DataFrame(rows)


def of_people_and_files(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the shares that a survey or a case audit found, and none that rests on records of police or courts."""
    return shares[shares["basis"].isin(PEOPLE_AND_FILES)]


def claims_table(document: Document) -> pd.DataFrame:
    """Return every claim of a document as a reader checks it: words, base and the measure they are bound to."""
    return pd.DataFrame(
        [
            {
                "claim_id": claim.id,
                "quote": claim.quote,
                "quantity": claim.quantity,
                "words": claim.words,
                "base": claim.base.population if claim.base else "",
                "nested_in": claim.nesting,
                "period": claim.period.words,
                "measured_by": claim.measured_by,
                "evidence_kind": claim.evidence_kind,
                "measure": claim.measure or "",
            }
            for claim in document.claims
        ]
    )


def _row(claim: Claim, document: Document) -> dict[str, object]:
    reading = read_words(claim.words)
    bases = _bases(claim, document, "default")
    counts, strict = (_counts(claim, document, convention) for convention in ("default", "strict"))
    shares = _shares(reading, bases, counts)
    first = _first_base(document)
    in_first = first is not None and counts and (claim.nested_in is not None)
    basis = claim.basis
    return {
        "claim_id": claim.id,
        "words": claim.words,
        "of": claim.base.population if claim.base else "not stated",
        "base_is": _base_is(claim, document),
        **_ends("base", bases),
        **_ends("count", counts),
        **_ends("strict", strict),
        **_ends("strict_base", _bases(claim, document, "strict")),
        "lower": shares[0],
        "upper": shares[1],
        "first_n": first if in_first else None,
        "first_lower": counts[0] / first if in_first and first else math.nan,
        "first_upper": counts[-1] / first if in_first and first else math.nan,
        "is_bound": reading.is_bound,
        "basis": basis,
        "interval": NO_INTERVAL[basis],
        "counts": _text(counts) if counts or not bases else "none: no whole count fits",
        "bases": _text(bases),
        "of_first_base": f"{_text(counts)} of {first}" if in_first else "",
        "quote": claim.quote,
        "measured_by": claim.measured_by,
        "place": claim.place,
        "period": claim.period.words,
    }


def _counts(claim: Claim, document: Document, convention: Convention) -> tuple[int, ...]:
    bases = _bases(claim, document, convention)
    return nested(bases, [read_words(claim.words, convention)]).counts if bases else ()


def bases_of_claim(claim: Claim, document: Document) -> tuple[int, ...]:
    """Return the bases that a share may have, or none where nothing is known of them."""
    return _bases(claim, document, "default")


def _bases(claim: Claim, document: Document, convention: Convention) -> tuple[int, ...]:
    """The bases a claim may have: the one printed or assumed, else the counts that its parent allows."""
    if claim.base and claim.base.n:
        return (claim.base.n,)
    if claim.nested_in is None:
        return ()
    parent = document.claim(claim.nested_in)
    if parent.quantity == "share":
        return _counts(parent, document, convention)
    return (parent.base.n,) if parent.base and parent.base.n else ()


def _base_is(claim: Claim, document: Document) -> str:
    """How the base is known: a share of an assumed base is itself on an assumed base, all the way down."""
    own = claim.base.n_is if claim.base else "not stated"
    if claim.nested_in is None or own == "printed":
        return own
    parent = document.claim(claim.nested_in)
    above = _base_is(parent, document) if parent.quantity == "share" else (parent.base.n_is if parent.base else own)
    return "assumed" if "assumed" in (own, above) else own


def _shares(reading: Reading, bases: tuple[int, ...], counts: tuple[int, ...]) -> tuple[float, float]:
    """The share of its own base: from the counts where there is a base, else as the words alone say."""
    if not bases or not counts:
        return float(reading.low), float(reading.high if reading.high is not None else 1)
    shares = [k / n for n in bases for k in within(reading, n)]
    return min(shares), max(shares)


def _text(values: tuple[int, ...]) -> str:
    if not values:
        return "not stated"
    return f"{values[0]:,}" if len(values) == 1 else f"{values[0]:,} to {values[-1]:,}"


def _first_base(document: Document) -> int | None:
    if document.first_base is None:
        return None
    base = document.claim(document.first_base).base
    return base.n if base else None


def _ends(name: str, values: tuple[int, ...]) -> dict[str, int | None]:
    return {f"{name}_low": values[0] if values else None, f"{name}_high": values[-1] if values else None}
