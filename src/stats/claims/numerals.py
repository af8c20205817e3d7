"""Whole and decimal numbers and simple fractions, in words or in figures, as exact values."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_LOW = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: at for at, word in enumerate(_LOW)} | {word: 10 * at for at, word in enumerate(_TENS, start=2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9,
           "mn": 10**6, "k": 1_000}  # fmt: skip
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "twentieth": 20, "hundredth": 100,
}  # fmt: skip
NUMBER_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))
SCALE_WORDS = "hundred|thousand|million|billion|dozen"
PART_WORDS = "|".join(_PARTS)


def number(text: str) -> Fraction | None:
    """Return the number that a text in lower case is ('118,411', '1.5 million', 'a hundred and twelve'), or None."""
    plain = text.replace(",", "").replace(" ", "")
    if plain.isdecimal():
        return Fraction(int(plain))
    return _not_whole(text)


@lru_cache(maxsize=4096)
def _not_whole(text: str) -> Fraction | None:
    found = re.fullmatch(rf"(\d[\d,]*(?:\.\d+)?) ?({SCALE_WORDS}|mn?|bn|k)?", text)
    if found:
        return Fraction(found[1].replace(",", "")) * _SCALES.get(found[2] or "", 1)
    found = re.fullmatch(rf"(half|(?:a )?quarter|three quarters)(?: of)? an? ({SCALE_WORDS})", text)
    if found:
        part = {"half": Fraction(1, 2), "three quarters": Fraction(3, 4)}.get(found[1], Fraction(1, 4))
        return part * _SCALES[found[2]]
    found = re.fullmatch(rf"(.+) and a half(?: ({SCALE_WORDS}))?", text)
    if found:
        whole = number(found[1])
        return None if whole is None else (whole + Fraction(1, 2)) * _SCALES.get(found[2] or "", 1)
    return _words(re.split(r"[ -]", text))


def fraction(text: str) -> Fraction | None:
    """Return the fraction that a text in lower case names ('two thirds', '3/4', 'half'), or None."""
    if text == "half":
        return Fraction(1, 2)
    found = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    if found:
        top, base = int(found[1]), int(found[2])
        return Fraction(top, base) if 0 < top < base else None
    found = re.fullmatch(rf"(a|\w+) ({PART_WORDS})s?", text)
    if not found:
        return None
    over = 1 if found[1] == "a" else _VALUES.get(found[1], 0)
    return Fraction(over, _PARTS[found[2]]) if 0 < over < _PARTS[found[2]] else None


def _words(words: list[str]) -> Fraction | None:
    """Add up number words; None unless each is smaller than what the one before leaves room for."""
    total, current, last_scale = 0, 0, 10**12
    if words[0] == "a":
        if len(words) < 2 or words[1] not in _SCALES:
            return None
        words = ["one", *words[1:]]
    for at, word in enumerate(words):
        if word == "and" and 0 < at < len(words) - 1:
            continue
        if word in _VALUES and _fits(current, _VALUES[word]):
            current += _VALUES[word]
        elif word in ("hundred", "dozen") and 0 < current < 100:
            current *= _SCALES[word]
        elif word in _SCALES and current and _SCALES[word] < last_scale:
            last_scale = _SCALES[word]
            total, current = total + current * last_scale, 0
        else:
            return None
    return Fraction(total + current)


def _fits(current: int, value: int) -> bool:
    room = current % 100
    return room == 0 or (room >= 20 and room % 10 == 0 and 0 < value < 10)
