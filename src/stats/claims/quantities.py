"""Find every quantity a text claims, where it stands, what it can mean and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from stats.claims.belonging import Mark, belonging, marks
from stats.claims.changes import read_change
from stats.claims.earlier import recomputed
from stats.claims.furniture import AGES, AGES_OF_ONE, CASED, FURNITURE, PAGE, blanked
from stats.claims.grammar import MAY_HOLD, PLAIN, TOLD, UNIT, find, is_pair
from stats.claims.joined import joined
from stats.claims.numerals import PART_WORDS, number
from stats.claims.quantity import Quantity
from stats.claims.sentences import sentences
from stats.claims.spans import LOW_SPAN
from stats.claims.wording import Convention, Reading, read_words
from stats.errors import UsageMistake

__all__ = ["Quantity", "quantities"]

_EVEN = str.maketrans("\t\u00a0\u2010\u2011\u02d7", "  ---")
_BROKEN_LINE = re.compile(r"(?<![\d\n])\n(?!\n)|(?<!\n)\n(?![\d\n])")
_HALF_OF = re.compile(
    r" (?:of|the(?! (?:time|battle|story|way|night|fun|point))|those|a|said|say|were|was|had|have|did|do|felt|all"
    r"|who)\b| ?\(| ?%"
)
_CAME_TO = re.compile(r" (?:were|had|have|resulted|led|ended)\b")
_STOP = re.compile(r"[\x1f.,;:()\n]| [-\u2013\u2014] ")
_FAR = 80
_ROUND_BASES = (2, 3, 4, 5, 10, 100, 1000)
_LONGEST = 2_000
"""A longer sentence is a table or a damaged text; it is read in pieces."""


def quantities(text: str, document_date: date | None = None) -> list[Quantity]:
    """Return every quantity that a text claims, in its order.

    Money, ages, sections of law, dates, addresses and page furniture are passed over. Times are read by
    `document_date`, never by the clock.
    """
    even = _lowered(blanked(text.translate(_EVEN), CASED))
    even = _BROKEN_LINE.sub(" ", blanked(even, PAGE))
    found: list[Quantity] = []
    last: Mark | None = None
    for start, end in _pieces(text):
        if not MAY_HOLD.search(even, start, end):
            continue
        here, last = _of_sentence(text, even, (start, end), document_date, last)
        found += here
    return found


def _lowered(text: str) -> str:
    """The text in lower case, each letter where it was."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text):
        at = start
        while end - at > _LONGEST:
            cut = text.rfind(" ", at + 1, at + _LONGEST) + 1 or at + _LONGEST
            yield at, cut
            at = cut
        yield at, end


def _of_sentence(
    text: str, even: str, place: tuple[int, int], day: date | None, last: Mark | None
) -> tuple[list[Quantity], Mark | None]:
    """The quantities of a sentence, and its last time, which 'the year before' in the next one may mean."""
    start, end = place
    piece = even[start:end]
    ages = [(age.start(), age.end(), age[0]) for age in AGES.finditer(piece)]
    piece = blanked(piece, AGES)
    times = marks(piece, text[start:end], start, day, last)
    piece = blanked(blanked(blanked(piece, LOW_SPAN), AGES_OF_ONE), FURNITURE)
    found = [_quantity(one, piece, text, place) for one in _matches(piece)]
    if found:
        found = [
            replace(one, spans=tuple(time.spans for time in times), ages=tuple(a[2] for a in ages)) for one in found
        ]
        found = recomputed(belonging(joined(found, piece), times, ages, piece))
    known = [time for time in times if time.spans]
    return found, known[-1] if known else None


_Found = tuple[re.Match[str], Reading, Reading, int]


def _matches(piece: str) -> Iterator[_Found]:
    """What can be read, with both readings and where the next one starts."""
    read: list[tuple[re.Match[str], Reading, Reading]] = []
    at = 0
    while match := find(piece, at):
        both = _both(match, piece)
        plain = PLAIN.match(piece, match.start()) if both is None and not is_pair(match, piece) else None
        if plain and plain.end() < match.end():
            match, both = plain, _both(plain, piece)
        if both:
            read.append((match, *both))
        at = match.end()
    for turn, one in enumerate(read, start=1):
        yield (*one, read[turn][0].start() if turn < len(read) else len(piece))


def _both(match: re.Match[str], piece: str) -> tuple[Reading, Reading] | None:
    """Both readings of what was found; None for what cannot be read, or counts nothing, as the 1,000 of 'per 1,000'."""
    if piece.endswith(("per ", "for every "), 0, match.start()):
        return None
    try:
        default, strict = _reading(match, "default"), _reading(match, "strict")
    except (UsageMistake, ValueError, ZeroDivisionError):
        return None
    after = piece[match.end() : match.end() + _FAR]
    if (
        _CAME_TO.match(after)
        and not piece.endswith(("the ", "these ", "those "), 0, match.start())
        and match[0] != "one"
    ):
        return default, strict
    if match[0] == "one" and TOLD.match(after):
        return replace(default, kind="rate"), replace(strict, kind="rate")
    return None if _is_idle(match, after) else (default, strict)


def _part(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _reading(match: re.Match[str], convention: Convention) -> Reading:
    """What the words mean.

    Raises
    ------
    UsageMistake, ValueError
        If they cannot be read.
    """
    words = match[0]
    if _part(match, "of"):
        count, base = _counts(match)
        lead = words[: match.start("count" if match["count"] else "count2") - match.start()]
        return (
            _part_of(lead, count, base, convention)
            if not _is_round(match)
            else read_words(f"{lead}{count} in {base}", convention)
        )
    if _part(match, "change"):
        return read_change(words, convention)
    if _part(match, "rate"):
        return _rate(match, convention)
    reading = read_words(re.sub(r"^(the |a )?\w+ (?=majority|minority)", "", words), convention)
    is_whole = reading.kind != "count" or reading.low != reading.high or reading.low.denominator == 1
    return reading if is_whole else replace(reading, kind="rate")


def _counts(match: re.Match[str]) -> tuple[int, int]:
    count, base = _whole(match["count"] or match["count2"]), _whole(match["base"] or match["base2"])
    if not 0 <= count <= base or not base:
        raise ValueError(f"{count} is no part of {base}")
    return count, base


def _part_of(lead: str, count: int, base: int, convention: Convention) -> Reading:
    """'Nearly 6,000 of the 118,411': the lead is of the count, but what has one end only is a bound of the share."""
    of = read_words(f"{lead}{count}", convention)
    if of.is_bound or of.high is None:
        return read_words(f"{lead}{count} of {base}", convention)
    return replace(of, kind="share", low=of.low / base, high=min(Fraction(1), of.high / base))


def _is_round(match: re.Match[str]) -> bool:
    """Whether 'nine out of 10' names a proportion, and not nine things of ten."""
    if not match["base"] or match["printed"] or " the " in match["of"] or "out of" not in match["of"]:
        return False
    return _whole(match["base"]) in _ROUND_BASES


def _rate(match: re.Match[str], convention: Convention) -> Reading:
    if match["gap"]:
        return Reading("rate", Fraction(1), Fraction(1))
    plain = PLAIN.match(match[0])
    reading = read_words(plain[0] if plain else match[0], convention)
    if reading.kind != "count":
        raise ValueError(f"'{match[0]}' is a share, and no rate")
    decimals = re.search(r"\.(\d+)$", plain[0] if plain else "")
    half = Fraction(1, 2 * 10 ** len(decimals[1])) if decimals and reading.low == reading.high else Fraction(0)
    return replace(reading, kind="rate", low=reading.low - half, high=reading.high and reading.high + half)


def _is_idle(match: re.Match[str], after: str) -> bool:
    """Whether number words count nothing: 'one reason', 'half the time', '9-12'."""
    words = match[0].casefold()
    if any(_part(match, name) for name in ("of", "rate", "change", "most", "none")):
        return False
    if words in ("half", "\u00bd"):
        return not _HALF_OF.match(after)
    if re.search(r"%|cent|pct|\dpc\b|[ -](?:in|out)\b|[\u00bd\u00bc\u00be\u2153\u2154]", words):
        return False
    if re.search(rf"(?:{PART_WORDS})s?$", words) or (re.search(r"\d", words) and not _part(match, "range")):
        return False
    return words == "one" or not UNIT.search(" ".join(_STOP.split(after, maxsplit=1)[0].split()[:4]))


def _after(piece: str, start: int, end: int) -> str:
    """The words after a place, as far as the next mark."""
    return _STOP.split(piece[start : min(end, start + _FAR)], maxsplit=1)[0]


def _quantity(one: _Found, piece: str, text: str, place: tuple[int, int]) -> Quantity:
    match, reading, strict, following = one
    start, end = place
    first, last = start + match.start(), start + match.end()
    of = _part(match, "of") or ""
    count, base = _counts(match) if of and not _is_round(match) else (None, None)
    printed = (match["printed"] or match["printed2"]) if of else None
    is_of = " ".join(_after(piece, match.end(), len(piece)).split()[:8])
    counted = UNIT.search(" ".join([of, *_after(piece, match.end(), following).split()[:6]]))
    unit = _per(match, piece) if reading.kind == "rate" else counted[0] if counted else ""
    return Quantity(
        text[first:last], first, last, text[start:end], start, reading, reading.kind, unit, is_of, strict, count, base,
        printed,
    )  # fmt: skip


def _per(match: re.Match[str], piece: str) -> str:
    """'per 1,000', 'per day', 'per 6 minutes'; for a bare decimal that of the words before it, if any."""
    if not _part(match, "rate"):
        said = re.search(r"\bper ([\d,]{1,9}\d)\b", piece[: match.start()])
        return f"per {said[1]}" if said else ""
    if match["per"]:
        return f"per {int(number(match['per']) or 0):,}"
    if match["time"]:
        return f"per {match['time']}"
    size, _, unit = match["gap"].rpartition(" ")
    return f"per {int(number(size) or 0)} {unit}"


def _whole(words: str) -> int:
    value = number(re.sub(r"(?<=\d)\s(?=\d)", "", words.casefold()).replace("-", " "))
    if value is None or value.denominator != 1:
        raise ValueError(f"'{words}' is not a whole number")
    return int(value)
