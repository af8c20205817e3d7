"""Read a worded change ('doubled', 'rose by a third', 'up 487%') as a range: 0.05 is a rise of 5%, -0.5 a halving."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from stats.claims.numerals import number
from stats.claims.wording import Convention, Reading, read_words
from stats.errors import UsageMistake

UP = r"up|rose|risen|rising|increased|increase|grew|grown|jumped|soared|climbed|surged|rise|higher"
DOWN = r"down|fell|fallen|falling|decreased|decrease|dropped|drop|declined|plunged|fall|lower"
TIMES = {"halved": Fraction(1, 2), "doubled": Fraction(2), "doubling": Fraction(2), "tripled": Fraction(3),
         "trebled": Fraction(3), "quadrupled": Fraction(4)}  # fmt: skip
_HALF_STEP = {"default": Fraction(1, 8), "strict": Fraction(1, 40)}
"""'Doubled' is 1.75 to 2.25 times, or 1.95 to 2.05 under the strict convention."""


def read_change(words: str, convention: Convention = "default") -> Reading:
    """Return what a worded change can mean.

    Parameters
    ----------
    words : str
        'doubled', 'threefold', 'up 487%', 'rose by a third', 'fell from 12% to 8%', '3 percentage points'.
    convention : {"default", "strict"}

    Raises
    ------
    UsageMistake
        If the words name no change.
    """
    text = re.sub(r"\s+", " ", words.casefold()).strip()
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
    found = re.fullmatch(
        r"(?:(more than|over|almost|nearly|about|around) )?(?:a )?([\w.]+?)(?:[- ]?fold(?: \w+)?)?", text
    )
    if not found:
        return None
    times = TIMES.get(found[2]) or (number(found[2]) if "fold" in text else None)
    if not times:
        return None
    half = times * _HALF_STEP[convention]
    near = Reading("change", times - 1 - half, times - 1 + half)
    if found[1] in ("more than", "over"):
        return _beyond(times)
    return replace(near, high=times - 1, high_is_in=False) if found[1] in ("almost", "nearly") else near


def _beyond(times: Fraction) -> Reading:
    """'More than doubled' has no upper end and 'more than halved' goes down to nothing left."""
    if times < 1:
        return Reading("change", Fraction(-1), times - 1, high_is_in=False, is_bound=True)
    return Reading("change", times - 1, None, low_is_in=False, is_bound=True)


def _points(text: str, convention: Convention) -> Reading | None:
    found = re.fullmatch(rf"(?:({UP}|{DOWN}) (?:by )?)?(.+?)(?: percentage|%) points?", text)
    if not found:
        return None
    size = replace(read_words(f"{found[2]}%", convention), kind="points")
    return _turned(size) if found[1] and re.fullmatch(DOWN, found[1]) else size


def _moved(text: str, convention: Convention) -> Reading | None:
    found = re.fullmatch(rf"(?:an? )?({UP}|{DOWN}) (?:by |of )?(.+)", text)
    if not found:
        return None
    size = read_words(found[2], convention)
    if size.kind == "count":
        return None
    size = replace(size, kind="change")
    return _turned(size) if re.fullmatch(DOWN, found[1]) else size


def _turned(size: Reading) -> Reading:
    low, high = size.low, size.high if size.high is not None else Fraction(1)
    return replace(size, low=-high, high=-low, low_is_in=size.high_is_in, high_is_in=size.low_is_in)


def _from_to(text: str, convention: Convention) -> Reading | None:
    """The change between two printed values: in points for two percentages, else relative to the first."""
    found = re.fullmatch(rf"(?:{UP}|{DOWN}) from (.+?) to (.+)", text)
    if not found:
        return None
    (low, high), (low2, high2) = (read_words(part, convention).ends for part in found.groups())
    if "%" in text or "cent" in text:
        return Reading("points", low2 - high, high2 - low)
    return Reading("change", low2 / high - 1, high2 / low - 1) if low > 0 else None
