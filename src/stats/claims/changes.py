"""Read a worded change ('doubled', 'rose by a third', 'up 487%') as a range: 0.05 is a rise of 5%, -0.5 a halving."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from stats.claims.numerals import number
from stats.claims.wording import Convention, Reading, read_words
from stats.errors import UsageMistake

RISE = (
    r"up|rose|risen|rising|rises?|increas(?:ed?|es|ing)|grew|grown|growth|growing|jump(?:ed|s)?|leap|leapt|soared"
    r"|climb(?:ed|s)?|surged?|higher|uplift"
)
FALL = (
    r"down|fell|fallen|falling|falls?|decreas(?:ed?|es|ing)|dropped|dropping|drops?|declin(?:ed?|es|ing)"
    r"|plunged?|plummeted|slumped|reduced|reductions?|cut|shrank|lower"
)
UP, DOWN = rf"{RISE}|more|greater|\+", rf"{FALL}|fewer|less|-|\u2212"
TIMES = {
    "halved": Fraction(1, 2), "halving": Fraction(1, 2), "doubled": Fraction(2), "doubling": Fraction(2),
    "double": Fraction(2), "twice": Fraction(2), "tripled": Fraction(3), "tripling": Fraction(3),
    "triple": Fraction(3), "trebled": Fraction(3), "trebling": Fraction(3), "treble": Fraction(3),
    "quadrupled": Fraction(4), "quadrupling": Fraction(4), "quintupled": Fraction(5), "half": Fraction(1, 2),
}  # fmt: skip
_HALF_STEP = {"default": Fraction(1, 8), "strict": Fraction(1, 40)}
"""'Doubled' is 1.75 to 2.25 times, or 1.95 to 2.05 under the strict convention."""
_MORE = r"more than|over|in excess of|well over|at least"
_NEARLY = r"almost|nearly|close to|not quite|just under"
_LEAD = rf"(?:(?P<lead>{_MORE}|{_NEARLY}|about|around|roughly|some|approximately|up to|just over|just|only) )?"
_MOVED = re.compile(rf"(?:an? )?(?P<way>{UP}|{DOWN}) ?(?:by |of )?(?P<size>.+)")
_AFTER = re.compile(
    rf"(?:an? (?=.*(?:%|cent)))?(?P<size>.+?) ?(?:year on year |annual |overall |yearly )?(?P<way>{UP}|{DOWN})(?: on)?"
)
_TIMES = re.compile(
    rf"(?:(?P<way>{UP}|{DOWN}) (?:by )?)?{_LEAD}(?:by )?(?:an? )?(?:"
    rf"(?P<verb>{'|'.join(TIMES)})(?: (?:the|that|what|as) ?\w*)?"
    r"|(?P<fold>[\w. ]{1,40}?) ?fold(?: (?P<after>\w+))?"
    r"|factor of (?P<factor>[\w. ]{1,40})"
    r"|(?P<many>[\w. ]{1,40}?) times(?: (?P<than>as|the|more|higher|greater|larger|bigger|that|what|fewer|lower"
    r"|less).*)?)"
)


def read_change(words: str, convention: Convention = "default") -> Reading:
    """Return what a worded change can mean.

    Parameters
    ----------
    words : str
        'doubled', 'threefold', 'twice as many', 'up 487%', 'a 30% rise', 'rose by a third', 'fell from 12% to 8%',
        '3 percentage points', '310 fewer'.
    convention : {"default", "strict"}

    Notes
    -----
    'Three times more' is read as 'three times as many', as it is used; a fall that is 'threefold' leaves a third.

    Raises
    ------
    UsageMistake
        If the words name no change.
    """
    text = re.sub(r"\s+", " ", re.sub(r"(?<=[a-z\d])[-\u2010\u2011\u2013](?=[a-z])", " ", words.casefold())).strip()
    for read in (_from_to, _times, _points, _moved):
        found = read(text, convention)
        if found is not None:
            return found
    raise UsageMistake(
        f"'{text}' names no change that can be read.",
        [("given", text)],
        "Write it as 'doubled', 'up 20%', 'fell by a third' or 'fell from 12% to 8%'.",
    )


def _times(text: str, convention: Convention) -> Reading | None:
    found = _TIMES.fullmatch(text)
    if not found:
        return None
    size = found["fold"] or found["factor"] or found["many"]
    times = TIMES.get(found["verb"] or "") or number(size or "")
    if not times or (found["verb"] == "half" and " as " not in text and " the " not in text):
        return None
    if _falls(found["way"] or found["after"] or found["than"]):
        times = 1 / times
    return _near(times, found["lead"] or "", convention)


def _falls(way: str | None) -> bool:
    return bool(way and re.fullmatch(DOWN, way))


def _near(times: Fraction, lead: str, convention: Convention) -> Reading:
    """'More than doubled' has no upper end and 'more than halved' goes down to nothing left."""
    half = times * _HALF_STEP[convention]
    near = Reading("change", times - 1 - half, times - 1 + half)
    if re.fullmatch(_MORE, lead):
        is_in = lead == "at least"
        if times < 1:
            return Reading("change", Fraction(-1), times - 1, high_is_in=is_in, is_bound=True)
        return Reading("change", times - 1, None, low_is_in=is_in, is_bound=True)
    if not re.fullmatch(_NEARLY, lead):
        return near
    if times < 1:
        return replace(near, low=times - 1, low_is_in=False)
    return replace(near, high=times - 1, high_is_in=False)


def _points(text: str, convention: Convention) -> Reading | None:
    found = re.fullmatch(
        rf"(?:an? )?(?:(?P<way>{UP}|{DOWN}) ?(?:by |of )?)?(?P<size>.+?)(?: percentage points?|% points?| ?ppts?| ?pp)"
        rf"(?: (?P<after>{UP}|{DOWN}))?",
        text,
    )
    if not found:
        return None
    size = replace(read_words(f"{found['size']}%", convention), kind="points")
    return _turned(size) if _falls(found["way"] or found["after"]) else size


def _moved(text: str, convention: Convention) -> Reading | None:
    found = _MOVED.fullmatch(text) or _AFTER.fullmatch(text)
    if not found:
        return None
    size = read_words(found["size"], convention)
    if _falls(found["way"]):
        return _turned(replace(size, kind="difference" if size.kind == "count" else "change"))
    if size.kind == "count":
        return replace(size, kind="difference")
    return replace(size, kind="change", high=None if size.is_bound and size.high == 1 else size.high)


def _turned(size: Reading) -> Reading:
    """The same size downwards; what has no upper end, as a share, goes down to nothing left."""
    end = None if size.high is None and size.kind == "difference" else size.high or Fraction(1)
    if end is None:
        return replace(size, low=-size.low, high=-size.low, low_is_in=size.low_is_in, high_is_in=size.low_is_in)
    return replace(size, low=-end, high=-size.low, low_is_in=size.high_is_in, high_is_in=size.low_is_in)


def _from_to(text: str, convention: Convention) -> Reading | None:
    """The change between two printed values: in points for two percentages, else relative to the first."""
    found = re.fullmatch(rf"(?:{UP}|{DOWN}) from (.+?) to (.+)", text)
    if not found:
        return None
    (low, high), (low2, high2) = (read_words(part, convention).ends for part in found.groups())
    if "%" in text or "cent" in text:
        return Reading("points", low2 - high, high2 - low)
    return Reading("change", low2 / high - 1, high2 / low - 1) if low > 0 else None
