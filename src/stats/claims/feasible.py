"""The whole counts that a worded share allows, on one base or nested in another, by full enumeration."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from stats.claims.wording import Convention, Reading, read_words


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
    if n <= 0:
        raise ValueError(f"a base must be above zero, not {n}")
    if reading.kind == "count":
        return tuple(k for k in range(n + 1) if reading.holds(Fraction(k)))
    low = max(0, math.floor(reading.low * n))
    high = min(n, math.ceil((Fraction(1) if reading.high is None else reading.high) * n))
    return tuple(k for k in range(low, high + 1) if reading.holds(Fraction(k, n)))


@dataclass(frozen=True)
class Nested:
    """What a chain of shares allows for the last count.

    `counts` are the last counts, `parents` the bases of the last step, `shares` the last count over the first base
    (smallest and largest).
    """

    counts: tuple[int, ...]
    parents: tuple[int, ...]
    shares: tuple[Fraction, Fraction] | None


def nested(first_bases: Iterable[int], steps: Sequence[Reading]) -> Nested:
    """Return the counts that a chain of shares, each of the one before, allows.

    Parameters
    ----------
    first_bases : iterable of int
        Every base the first share may have.
    steps : sequence of Reading
        The shares, outermost first.
    """
    chains = {(base, base) for base in first_bases}
    parents: set[int] = set()
    for step in steps:
        parents = {last for _, last in chains if last > 0}
        chains = {(base, k) for base, last in chains if last > 0 for k in within(step, last)}
    shares = sorted(Fraction(last, base) for base, last in chains)
    return Nested(
        tuple(sorted({last for _, last in chains})), tuple(sorted(parents)), (shares[0], shares[-1]) if shares else None
    )


def bases_of(words: str, convention: Convention = "default") -> tuple[int, ...]:
    """Return the bases a worded count allows: '122' is 122, 'more than 140' is 141 to 149.

    Under the strict convention 'more than 140' has no upper end; the default one is then used.
    """
    reading = read_words(words, convention)
    if reading.kind != "count":
        raise ValueError(f"'{words}' is a share and not a count, so it names no base")
    if reading.high is None:
        reading = read_words(words, "default")
    high = reading.high or reading.low
    return tuple(k for k in range(math.floor(reading.low), math.ceil(high) + 1) if reading.holds(Fraction(k)))


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
    first, last = math.floor(part / reading.high), math.ceil(part / reading.low)
    return tuple(n for n in range(max(first, part, 1), last + 1) if reading.holds(Fraction(part, n)))
