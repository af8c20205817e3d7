"""One number of a draft and what it is of, as far as words say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stats.claims.draft.people import People
from stats.claims.quantities import Quantity
from stats.period import Period

NOBODY = People("", None)


@dataclass(frozen=True)
class Frame:
    """One number and what it is of.

    Parameters
    ----------
    quantity : Quantity
    after, before, base_words : str
        The words after it up to the next number or the end of the sentence, those before it in the sentence, and those
        after "of".
    stages : tuple of str
        What was counted, the likeliest first; empty where no word says.
    base_stages : tuple of str
        What a share may be of; empty where no word says.
    is_negative : bool
        Whether it is the share of those who did not.
    place, offence : str
        An area code and a group of offences; empty where none is named or it is not covered.
    place_is, offence_is, period_is : str
        'stated' in its sentence, 'carried' from its passage (a place from anywhere, in a text that names one only),
        'implied' (the year before), or 'assumed'; `place_before` is then the last place that was named.
    periods : tuple of Period
        What its period may be, the likeliest first.
    earlier : tuple of Period
        The period of the number that this one starts from.
    beside : Quantity, optional
        The one that states the same: '60% (26 of 43)'.
    base_n : int, optional
    base_size : str
        How that base is known, where it was not printed.
    people : People
        Whom it is of.
    written : datetime.date, optional
        When the draft was written.
    own_before : str
        The words between the number before it and this one.
    is_weak : bool
        Whether what it counts is told only by words of another clause, so that nothing can be said against it.
    """

    quantity: Quantity
    after: str
    before: str
    base_words: str
    stages: tuple[str, ...] = ()
    base_stages: tuple[str, ...] = ()
    is_negative: bool = False
    place: str = ""
    place_is: str = "assumed"
    place_before: str = ""
    offence: str = ""
    offence_is: str = "assumed"
    periods: tuple[Period, ...] = ()
    period_words: str = ""
    period_is: str = "assumed"
    earlier: tuple[Period, ...] = ()
    beside: Quantity | None = None
    base_n: int | None = None
    base_size: str = ""
    people: People = NOBODY
    written: date | None = None
    own_before: str = ""
    is_weak: bool = False

    @property
    def is_percent(self) -> bool:
        """Whether it is printed as a percentage, and not worded as a fraction."""
        return "%" in self.quantity.quote or "cent" in self.quantity.quote
