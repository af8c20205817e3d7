"""The whole counts that a worded share allows, on one base or nested in another, by full enumeration."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from stats.claims.wording import Convention, Reading, read_words
from stats.errors import NotHonest
from stats.estimate.estimate import Estimate
from stats.estimate.proportions import wilson_limits
from stats.estimate.shape import WHY_NONE, interval_method, named


def counts_for(words: str, n: int, convention: Convention = "default") -> tuple[int, ...]:
    """Return every whole count of `n` that the words allow; empty if the claim is impossible on that base.

    Parameters
    ----------
    words : str
        As `wording.read_words` takes them.
    n : int
        The base, above zero.
    convention : {"default", "strict"}
    """
    return within(read_words(words, convention), n)


def within(reading: Reading, n: int) -> tuple[int, ...]:
    """Return every whole count of `n` that lies in a reading."""
    return tuple(whole(reading, n))


def whole(reading: Reading, n: int) -> range:
    """Return the whole numbers that a reading allows on a base of `n`: exact, and as quick for a million as for ten.

    A share allows 0 to `n`. A count allows itself, and no more than `n`. A mean allows every total of whole numbers.
    """
    if n <= 0:
        raise ValueError(f"a base must be above zero, not {n}")
    scale = 1 if reading.kind == "count" else n
    low = reading.low * scale
    first = math.ceil(low) + (not reading.low_is_in and low.denominator == 1)
    high = n if reading.high is None else reading.high * scale
    last = math.floor(high) - (not reading.high_is_in and high.denominator == 1)
    if reading.kind != "mean":
        first, last = max(first, 0), min(last, n)
    return range(first, max(first, last + 1))


@dataclass(frozen=True)
class Nested:
    """What a chain of shares allows for the last count.

    `counts` are the last counts, `parents` the bases of the last step, `shares` the last count over the first base
    (smallest and largest), `ends` the first bases, each with the smallest and the largest last count it allows.
    """

    counts: tuple[int, ...]
    parents: tuple[int, ...]
    shares: tuple[Fraction, Fraction] | None
    ends: tuple[tuple[int, int, int], ...] = ()


def nested(first_bases: Iterable[int], steps: Sequence[Reading]) -> Nested:
    """Return the counts that a chain of shares, each of the one before, allows.

    Every chain of whole counts is tried; a count of zero is never the base of the next share.

    Parameters
    ----------
    first_bases : iterable of int
        Every base the first share may have.
    steps : sequence of Reading
        The shares, outermost first.

    Examples
    --------
    Just over half of 122 people, and two-thirds of these:

    >>> found = nested([122], [read_words("just over half"), read_words("two-thirds")])
    >>> found.counts[0], found.counts[-1]
    (40, 45)
    >>> [round(float(share), 3) for share in found.shares]
    [0.328, 0.369]
    """
    counts: set[int] = set()
    parents: set[int] = set()
    ends = []
    for base in sorted(set(first_bases)):
        above, last = {base}, {base}
        for step in steps:
            above = {count for count in last if count > 0}
            last = _any_of(whole(step, count) for count in above)
        parents |= above
        counts |= last
        ends += [(base, min(last), max(last))] if last else []
    shares = sorted(Fraction(count, base) for base, low, high in ends for count in (low, high))
    return Nested(
        tuple(sorted(counts)), tuple(sorted(parents)), (shares[0], shares[-1]) if shares else None, tuple(ends)
    )


def nested_interval(
    first_bases: Iterable[int], steps: Sequence[Reading], *, basis: str, level: float = 0.95, as_if: bool = False
) -> Estimate:
    """Return the last of a chain of shares as one share of the first base, with the interval round all it may be.

    The chain is one binomial: the last count over the first base. The interval is the envelope of the Wilson (1927)
    intervals of every pair that the words allow. There is no one value, so it is not-a-number unless only one is left.

    Parameters
    ----------
    first_bases, steps
        As `nested` takes them.
    basis : {"sample", "full count", "case audit", "self-selected"}
        Without an interval, the ends are the smallest and the largest share that the words allow.
    level : float
    as_if : bool
        As for a proportion.

    Raises
    ------
    NotHonest
        If no whole counts fit the words, or an interval is asked for on a basis that has none.

    Examples
    --------
    >>> steps = [read_words("just over half"), read_words("two-thirds")]
    >>> found = nested_interval([122], steps, basis="sample")
    >>> round(found.lower, 3), round(found.upper, 3)
    (0.251, 0.457)
    """
    method = interval_method(basis, None, ("wilson",), as_if=as_if, level=level)
    ends = nested(first_bases, steps).ends
    if not ends:
        raise NotHonest("no whole counts fit these words.", [], "Check the base, or give the counts.")
    base, low, high = (np.asarray(column) for column in zip(*ends, strict=True))
    shares = [low / base, high / base]
    limits = [wilson_limits(low, base, level)[0], wilson_limits(high, base, level)[1]] if method else shares
    words = f"{named('envelope of wilson intervals', as_if=as_if)}" if method else f"range; {WHY_NONE[basis]}"
    only = float(shares[0][0]) if len(ends) == 1 and low[0] == high[0] else math.nan
    first = float(base[0]) if len(ends) == 1 else math.nan
    lower, upper = float(limits[0].min()), float(limits[1].max())
    return Estimate(only, lower, upper, "share", words, level if method else math.nan, first, basis)


def _any_of(ranges: Iterable[range]) -> set[int]:
    """Return every number in any of some ranges; those that overlap are joined first, so that long ones stay quick."""
    joined: list[range] = []
    for part in sorted((r for r in ranges if r), key=lambda r: r.start):
        if joined and part.start <= joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, part.stop))
        else:
            joined.append(part)
    return {number for part in joined for number in part}


def bases_of(words: str, convention: Convention = "default") -> tuple[int, ...]:
    """Return the bases a worded count allows: '122' is 122, 'more than 140' is 141 to 149.

    Under the strict convention 'more than 140' has no upper end; the default one is then used.
    """
    reading = read_words(words, convention)
    if reading.kind != "count":
        raise ValueError(f"'{words}' is a share and not a count, so it names no base")
    if reading.high is None:
        reading = read_words(words, "default")
    return tuple(whole(replace(reading, kind="mean"), 1))


def bases_for(words: str, part: int, convention: Convention = "default") -> tuple[int, ...]:
    """Return every base of which `part` is the share in words: 304 is 26% of 1,148 to 1,192.

    Parameters
    ----------
    words : str
        A percentage or fraction above zero.
    part : int
    convention : {"default", "strict"}
    """
    reading = read_words(words, convention)
    if reading.kind != "share" or reading.low <= 0 or reading.high is None:
        raise ValueError(f"'{words}' is not a share above zero")
    turned = Reading(
        "mean", part / reading.high, part / reading.low, low_is_in=reading.high_is_in, high_is_in=reading.low_is_in
    )
    found = whole(turned, 1)
    return tuple(range(max(found.start, part, 1), found.stop))
