"""The base of a share or a count that its sentence gives: '5% of 118,411 offences', 'of the 19, 14 were convicted'."""

from __future__ import annotations

import re
from dataclasses import replace

from stats.claims.gaps import after, before, gap
from stats.claims.quantity import Quantity

_ALL = r"(?:the |all |these |those |its |their |an |some )*"
_OF_BASE = re.compile(rf"^[ ,)\u2013\u2014-]*(?:out )?of {_ALL}$", re.I)
_THEN_OF = re.compile(r"^(?: [a-z-]+){1,6} (?:out )?of the $", re.I)
_THESE_WORDS = r"of (?:these|those|them|which|whom)\b"
_OF_THESE = re.compile(rf"^ (?:[a-z]+ )?{_THESE_WORDS}", re.I)
_THESE = re.compile(rf"\b{_THESE_WORDS},?(?: only| just| about)* $", re.I)
_OPENING_OF = re.compile(rf"(?:^|[.,;:\u2026\u2013-] ?|\band |\bbut )\W*(?:out )?of {_ALL}$", re.I)


def based(found: list[Quantity], piece: str) -> list[Quantity]:
    """Give a base to what stands before it: '5% of 118,411', '14 were convicted of the 19 taken to court'."""
    for at in range(len(found) - 1):
        a, b = found[at], found[at + 1]
        between = gap(a, b, piece)
        if _may_be_of(a, b) and (_OF_BASE.match(between) or (a.kind == "count" and _THEN_OF.match(between))):
            found[at], found[at + 1] = _of(a, b), replace(b, is_base=True)
    return found


def referred(found: list[Quantity], piece: str) -> list[Quantity]:
    """Give a base to 'of these': '93 went to the police, and 62 of these', '135,628 offences, of which 11,610'."""
    last: int | None = None
    for at, one in enumerate(found):
        is_part = _OF_THESE.match(after(one, piece)) or _THESE.search(before(one, piece))
        if is_part and last is not None and _may_be_of(replace(one, base=None), found[last]):
            found[at], found[last] = _of(one, found[last]), replace(found[last], is_base=True)
        last = at if whole(one) and one.role != "from" else last
    return found


def opened(found: list[Quantity], piece: str) -> list[Quantity]:
    """Give a base to what follows it: 'of 356 applications, 78% were granted and 5% refused', as far as a semicolon."""
    base: Quantity | None = None
    for at, one in enumerate(found):
        if base is not None:
            between = gap(base, one, piece)
            if ";" in between or one.is_base:
                base = None
            elif re.search(r"[,\u2013(-]", between) and one.role != "from" and _may_be_of(one, base):
                found[at] = _of(one, base)
        if whole(one) and not found[at].base and _OPENING_OF.search(before(one, piece)):
            base = found[at] = replace(one, is_base=True)
    return found


def whole(one: Quantity) -> int | None:
    """Return the count that a quantity states; an estimate gives its middle, and a bound none."""
    high = one.reading.high
    if one.kind != "count" or high is None or one.reading.is_bound:
        return None
    middle = (one.reading.low + high) / 2
    is_point = one.reading.low == high or "estimated" in one.quote.casefold()
    return int(middle) if is_point and middle.denominator == 1 else None


def _may_be_of(one: Quantity, base: Quantity) -> bool:
    size = whole(base)
    if not size or one.base is not None or one.is_base:
        return False
    return one.kind == "share" or (one.kind == "count" and one.reading.low <= size)


def _of(one: Quantity, base: Quantity) -> Quantity:
    return replace(one, base=whole(base), base_is_printed=True, unit=one.unit or base.unit)
