"""Whom a survey's number is of: women or men, and of what ages."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WOMEN = re.compile(r"\b(?:women|woman|females?|girls?)\b", re.I)
_MEN = re.compile(r"\b(?:men|man|males?|boys?)\b", re.I)
_AGES = re.compile(
    r"\b(?P<low>\d\d)(?: ?(?:to|and|-|\u2013) ?(?P<high>\d\d)| (?:years )?(?:and|or) (?:over|older|above)|\+)",
    re.I,
)


@dataclass(frozen=True)
class People:
    """The sex ('women', 'men' or '' for all) and the ages that a number is of; no ages where none are given."""

    sex: str
    ages: tuple[int, int | None] | None

    def may_be(self, other: People) -> bool:
        """Whether two may be the same people: ages that are not given may be any, a sex that is not given is all."""
        return self.sex == other.sex and (self.ages is None or other.ages is None or self.ages == other.ages)


def people_in(words: str) -> People:
    """Return whom words speak of: 'women aged 16 and over', '16 to 59-year-olds'."""
    women, men = bool(_WOMEN.search(words)), bool(_MEN.search(words))
    found = _AGES.search(words)
    ages = (int(found["low"]), int(found["high"]) if found["high"] else None) if found else None
    return People("women" if women and not men else "men" if men and not women else "", ages)
