"""Lints on shares: per cent for percentage points, and a majority that its own number does not bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from stats import present
from stats.claims.changes import DOWN, UP
from stats.claims.draft.lint_page import WORD, Lint, Page, Passage, is_denied, is_share, phrase
from stats.claims.facts import Facts
from stats.claims.numerals import NUMBER_WORDS, number
from stats.claims.quantities import Quantity

_N = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})?|(?:{NUMBER_WORDS})(?:-(?:{NUMBER_WORDS}))?)"
_PC = r"(?:\s?%|\s?per\s?cent\b)"
_RISE = (
    r"(?:increase|rise|jump|growth|climb|leap|uplift|hike|improvement|fall|drop|decrease|decline|reduction|dip|slump"
    r"|cut)"
)
_BY = r"(?: (?:by|of|an?|about|around|some|nearly|almost|over|more|than|just|only|roughly|approximately)){0,4}"
_X = rf"(?P<said>(?P<x>{_N}){_PC})(?!\s?(?:age )?points?|-points?|age)"
_ENDS = rf"from (?P<a>{_N}){_PC}? (?:{WORD} ){{0,6}}to (?P<b>{_N}){_PC}"
_WHEN = rf"(?:,? (?:in|over|within|since|during)(?: {WORD}){{1,5}})?"
_FORMS = tuple(
    phrase(form)
    for form in (
        rf"\b(?:{UP}|{DOWN}){_BY} {_X}{_WHEN},? \(?{_ENDS}",
        rf"\b(?:{UP}|{DOWN}){_BY} {_X},? to (?P<b>{_N}){_PC},? (?:(?:up|down) )?from (?P<a>{_N}){_PC}",
        rf"\b{_X} (?:{WORD} )?{_RISE}{_WHEN}[\s,:(\u2013-]{{1,4}}{_ENDS}",
        rf"\b{_ENDS}[^.;]{{0,40}}?[\s,:(\u2013-]{{1,4}}(?:an?|which is|that is|meaning|the|{UP}|{DOWN}|{_RISE})"
        rf"(?: (?:an?|{_RISE}|{UP}|{DOWN}|of|by|only|just)){{0,4}} {_X}",
        rf"\b{_ENDS}[\s,:(\u2013-]{{1,4}}{_X} (?:{WORD} )?{_RISE}\b",
    )
)
"""'x' is what the move is called, 'a' and 'b' are the shares it goes from and to."""
_PERCENT = phrase(rf"(?P<n>{_N}){_PC}")
_THEN = phrase(
    r"[^.;\d]{0,40}(?:\d{4}(?:[-/]\d\d)?[^.;\d]{0,20})?[,:(\u2013\u2014-]\s{0,2}"
    r"(?:(?:or|which is|that is|meaning|making) )?"
    r"(?:(?:an?|the) )?(?:(?:further|total|overall|sharp|steep|modest|huge|big|small|net) )?"
)
_DOWNWARDS = phrase(rf"\b(?:{DOWN})\b")


def percentage_points(page: Page, facts: Facts) -> Iterator[Lint]:
    """A move between two shares is called 'per cent' by the number of its percentage points."""
    for passage in page.passages:
        if "%" not in passage.text and "cent" not in passage.low:
            continue
        for start, end, moved, first, last in (*_from_to(passage), *_side_by_side(passage)):
            said = _of_points(moved, first, last)
            if said:
                yield passage.lint("percentage-points", start, end, ("wrong-unit", *said))


def _from_to(passage: Passage) -> Iterator[tuple[int, int, str, str, str]]:
    """'A fall of 5%, from 10% to 5%': where the move stands, how much it is said to be, and from what to what."""
    for form in _FORMS if "from" in passage.low else ():
        for found in form.finditer(passage.text):
            yield *found.span("said"), found["x"], found["a"], found["b"]


def _side_by_side(passage: Passage) -> Iterator[tuple[int, int, str, str, str]]:
    """'Charges made up 40.6% in one year and 19.6% in another, a drop of 21%'."""
    for first, last, move in zip(passage.found, passage.found[1:], passage.found[2:], strict=False):
        printed = [found for one in (first, last, move) if (found := _PERCENT.search(one.quote))]
        if move.kind != "change" or not (is_share(first) and is_share(last)) or len(printed) < 3:
            continue
        between = passage.text[passage.ends(first)[1] : passage.ends(last)[0]]
        ahead = passage.text[passage.ends(last)[1] : passage.ends(move)[0]]
        if ";" in between or not _THEN.fullmatch(ahead):
            continue
        a, b, moved = (one["n"] for one in printed)
        if bool(_DOWNWARDS.search(f"{move.quote} {move.is_of[:12]}")) == (_value(b)[0] < _value(a)[0]):
            start = passage.ends(move)[0]
            yield start + printed[2].start(), start + printed[2].end(), moved, a, b


def _value(words: str) -> tuple[Fraction, Fraction]:
    """Return a printed number and half the step to which it is printed."""
    half = Fraction(1, 2 * 10 ** len(words.partition(".")[2]))
    return number(words.casefold().replace("-", " ")) or Fraction(0), half


def _of_points(move: str, *ends: str) -> tuple[str, str] | None:
    """Return reason and suggestion where the number is that of the points and cannot be that of the change."""
    (moved, step), (first, half), (last, half_too) = (_value(words) for words in (move, *ends))
    half = max(half, half_too)
    if first <= half or first == last:
        return None
    points, change = abs(last - first), abs(last - first) / first * 100
    least, most = sorted(abs((last + at) / (first - at) - 1) * 100 for at in (half, -half))
    if least - step <= moved <= most + step or abs(points - moved) > max(step, half):
        return None
    moves, said = "rise" if last > first else "fall", f"from {_plain(first)}% to {_plain(last)}%"
    about = "" if change.denominator == 1 else "about "
    reason = (
        f"{present.capital(said)} is a {moves} of {_plain(points)} percentage points, which is a change of "
        f"{about}{present.half_away(change)}%."
    )
    return reason, f"Write “a {moves} of {_plain(points)} percentage points, {said}”."


def _plain(value: Fraction) -> str:
    return f"{float(value):.10g}"


_VAST = phrase(r"\b(?:an? |the )?(?:overwhelming|vast|huge|great) majority\b")
_MAJORITY = phrase(
    r"\b(?:a|the) (?:large |clear |small |slim |narrow |sizeable )?majority\b"
    r"|(?<!\bthe\s)(?<!\bat\s)\bmost (?:of (?:the |these |those |our )?)?"
    r"(?:victims|respondents|people|women|men|survivors|offences|crimes|reports|perpetrators|stalkers|defendants"
    r"|suspects"
    r"|adults|prosecutions|convictions|charges|forces|investigations|those|them|orders|applications)\b"
)
_NO_TURN = re.compile(
    r"\b[A-Z]\w+ (?:and|&) (?=[A-Z])|\b(?:stalking|harassment|controlling|police|men|women) (?:and|or) (?=\w)"
)
"""'England and Wales' and 'stalking and harassment' are one thing, and begin no other clause."""
_PARTED = phrase(
    r"[;:]|\b(?:and|while|but|yet|although|though|whereas|where|despite|which|because|as|when|after|before|if|than)\b"
)
_LINK_AHEAD = phrase(
    rf"[\s,(\u2013-]{{0,4}}(?:of(?: {WORD}){{1,4}})?[,\s(\u2013-]{{0,3}}(?:(?:or|is|are|was|were|that is|namely) )?$"
)


def majority(page: Page, facts: Facts) -> Iterator[Lint]:
    """A 'vast majority' under 75%, or a majority at or under 50%, by the share that stands with it."""
    for passage in page.passages:
        if "most" not in passage.low and "majority" not in passage.low:
            continue
        for pattern, limit in ((_VAST, Fraction(3, 4)), (_MAJORITY, Fraction(1, 2))) if passage.shares else ():
            for found in pattern.finditer(passage.text):
                one = _share_of(passage, found)
                if one and _falls_short(one, limit) and not is_denied(passage, found.start()):
                    yield passage.lint("majority", *_over(passage, found, one), _of_majority(found[0], one, limit))


def _share_of(passage: Passage, found: re.Match[str]) -> Quantity | None:
    """The share that stands with the words: after them in the same clause, or right before them."""
    for one in passage.shares[:_MOST_SHARES]:
        start, end = passage.ends(one)
        after = passage.text[found.end() : start] if 0 <= start - found.end() <= _LONG else None
        ahead = passage.text[end : found.start()] if 0 <= found.start() - end <= 60 else None
        if after is not None and not _PARTED.search(_NO_TURN.sub("", after)):
            return one
        if ahead is not None and _LINK_AHEAD.fullmatch(ahead):
            return one
    return None


_LONG = 110
_MOST_SHARES = 40
"""A sentence with more shares than this is a list, and no sentence."""


def _falls_short(one: Quantity, limit: Fraction) -> bool:
    stated = _stated(one)
    return stated < limit if limit > Fraction(1, 2) else stated <= limit


def _stated(one: Quantity) -> Fraction:
    """The share as a reader hears it: 60% of 'over 60%', and the middle of what other words allow."""
    low, high = one.reading.low, one.reading.high
    if high is None or (one.reading.is_bound and high == 1):
        return low
    return high if one.reading.is_bound else (low + high) / 2


def _over(passage: Passage, found: re.Match[str], one: Quantity) -> tuple[int, int]:
    start, end = passage.ends(one)
    return min(start, found.start()), max(end, found.end())


def _of_majority(words: str, one: Quantity, limit: Fraction) -> tuple[str, str, str]:
    said = re.sub(r"^(?:an?|the)\s+", "", words.strip(), flags=re.I).casefold()
    what = "under three quarters" if limit > Fraction(1, 2) else "not more than half"
    reason = f"The share given with it, {one.quote}, is {what}, so “{said}” says more than the number does."
    return "contradicted", reason, f"Give the share alone: {one.quote}."
