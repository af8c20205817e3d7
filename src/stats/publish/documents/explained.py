"""One number taken apart: where it lies, how it is made, and in what it differs from another."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from importlib import import_module

from stats.errors import NotToHand
from stats.present import capital, listed
from stats.publish.documents.model import Cell, Grid, Words
from stats.publish.documents.side import Side, lies, parting
from stats.registers.measures import Measure

CODE = {
    "charge_share_of_offences_recorded": "stats.estimate.attrition.cohort_bounds",
    "charge_share_of_offences_resolved": "stats.estimate.attrition.resolved_only",
    "offences_charged": "stats.estimate.attrition.cohort",
    "recorded_offences": "stats.estimate.counts.recorded",
}  # fmt: skip
"""The function that makes the estimates of a measure."""

EXPLAINS = {
    "What is counted": "what is counted", "What it is a share of": "what they are a share of",
    "Where": "the place they are of", "When": "the period they are of", "Which offences": "the offences they are of",
}  # fmt: skip
"""Differences that explain why two numbers are not equal, as they are read after 'They differ in'."""

ALIKE = {
    "When": "the period", "Where": "the place", "Which offences": "the offences",
    "What it is a share of": "what they are a share of", "What is counted": "what is counted",
}  # fmt: skip
"""What two numbers may have in common, as it is read after 'The same in both:'."""

NOT_STATED = "not stated"

UNSAID = ("", NOT_STATED, "none: a count")
"""What says nothing, so that two numbers have nothing in common by it."""

SIDE_BY_SIDE = ("In print", "It differs from the first in", "What is set over what", "When; where; which offences")
"""The heads of the table of several numbers."""

_AS_READ = re.compile(r"\s*\((?:as read\b|')[^)]*\)")
"""A remark of ours on how a period was read, or the words it was read from, which are no part of it."""


def differences(one: Side, other: Side) -> list[tuple[str, str, str]]:
    """Return in what two numbers differ, one thing at a time: what it is, and each side's own.

    Where two sides print the same, there is no row: what is left explains why the numbers are not equal.
    """
    return [(what, a, b) for what, a, b in _compared(one, other) if not _is_same(what, a, b, one, other)]


def alike(one: Side, other: Side) -> str:
    """Return in one line what two numbers have in common, as it is read after 'The same in both:'."""
    told = {what: _unremarked(a) for what, a, b in _compared(one, other) if _is_same(what, a, b, one, other)}
    if one.measure and "What is counted" in told:
        told["What is counted"] = one.measure.numerator.what
    said = [f"{name} ({told[what]})" for what, name in ALIKE.items() if told.get(what, "") not in UNSAID]
    return listed(said) if said else "nothing that is printed beside them"


def subject(one: Side, other: Side) -> str:
    """Return of which offences, place and period two numbers are, each said once."""
    is_same = one.span is not None and one.span == other.span
    periods = [_unremarked(side.period) for side in ((one,) if is_same else (one, other))]
    told = ([one.offence, other.offence], [one.place, other.place], periods)
    said = [listed(list(dict.fromkeys(word for word in words if word not in UNSAID))) for words in told]
    return capital(", ".join(filter(None, said)))


def _is_same(what: str, a: str, b: str, one: Side, other: Side) -> bool:
    """Whether two numbers do not differ in something; periods are compared by their days, whatever they are called."""
    if what == "When" and one.span and other.span:
        return one.span == other.span
    return _unremarked(a).casefold() == _unremarked(b).casefold()


def _unremarked(words: str) -> str:
    return _AS_READ.sub("", words)


def _compared(one: Side, other: Side) -> Iterator[tuple[str, str, str]]:
    yield "What is counted", _counted(one), _counted(other)
    yield "What it is a share of", *_bases(one, other)
    yield "Where", one.place, other.place
    yield "When", one.period, other.period
    yield "Which offences", one.offence, other.offence
    yield "Counts behind it", one.counts or "not printed", other.counts or "not printed"
    yield "Rounding", one.rounding, other.rounding
    yield "Release or date", one.published, other.published
    yield "Who says so", one.cited, other.cited
    yield "Note", one.note, other.note
    yield "What its measure cannot say", _caveat(one), _caveat(other)


def _caveat(side: Side) -> str:
    return side.measure.caveat if side.measure else "none"


def _counted(side: Side) -> str:
    measure = side.measure
    return f"{measure.numerator.what} ({measure.numerator.unit})" if measure else "not stated"


def _set_over(side: Side) -> str:
    measure = side.measure
    return f"{measure.numerator.what}, over {measure.base}" if measure and measure.denominator else _counted(side)


def _bases(one: Side, other: Side) -> tuple[str, str]:
    """Return what two numbers are set over: as their measures have it, or as printed where one has no measure.

    Offences recorded are the same, whatever words a measure has for the period: that has a row of its own.
    """
    if not (one.measure and other.measure) or NOT_STATED in one.base + other.base:
        return one.base, other.base
    parts = (one.measure.denominator, other.measure.denominator)
    same = all(part and (part.unit, part.stage) == ("offences", "recorded") for part in parts)
    return one.measure.base, one.measure.base if same else other.measure.base


def differences_table(one: Side, other: Side, reference: str) -> Grid:
    """Return the table of differences, each with its own row."""
    told = [("What is printed", "", one.text, other.text)]
    told += [(what, "", a, b) for what, a, b in differences(one, other)]
    told += [(capital(it.what_changed), reference, lies(one, it), lies(other, it)) for it in parting(one, other)]
    rows = tuple((_cell(what, of), _cell(a, reference), _cell(b, reference)) for what, of, a, b in told)
    caption = "In what the two numbers differ, one thing at a time"
    return Grid("differences", caption, ("What", "The first", "The other"), rows)


def side_by_side_table(sides: Mapping[str, Side]) -> Grid:
    """Return the table of several numbers, by their references: what each is, and what sets it apart from the first.

    Only the number itself is marked as one of the document's: the words beside it are not what is computed again.
    """
    first = next(iter(sides.values()))
    rows = tuple(
        (
            Cell(
                (Words(side.text, reference=reference), Words(", "), Words(side.cited, reference=f"{reference}: side"))
            ),
            _cell("" if side is first else capital(in_words(first, side)), f"{reference}: side"),
            _cell(_set_over(side), f"{reference}: side"),
            _cell(f"{side.period}; {side.place}; {side.offence}", f"{reference}: side"),
        )
        for reference, side in sides.items()
    )
    return Grid(
        "side_by_side", "What each of the numbers is, and in what it differs from the first", SIDE_BY_SIDE, rows
    )


def in_words(one: Side, other: Side) -> str:
    """Return in one line what the differences are, as it is read after 'They differ in'.

    What either does not state is no difference that is known, and is named as not stated. A change in what is counted
    that lies between their periods is said in a sentence of its own.
    """
    told = [(EXPLAINS[what], NOT_STATED in a + b) for what, a, b in differences(one, other) if what in EXPLAINS]
    names, unsaid = ([name for name, is_unsaid in told if is_unsaid == wanted] for wanted in (False, True))
    alike = "nothing: the same is printed" if one.text == other.text else "nothing that is printed beside them"
    said = listed(names) if names else alike if one.text == other.text or unsaid else f"{alike}; why is not known"
    said = f"{said}; left unsaid by one or both: {listed(unsaid)}" if unsaid else said
    crossed = [entry.what_changed for entry in parting(one, other)]
    return f"{said}. Between them lies a change in what is counted: {'; '.join(crossed)}" if crossed else said


def formula(measure: Measure) -> str:
    """Return how a measure is made, in the words of its register."""
    if measure.denominator is None:
        return measure.numerator.what
    return f"{measure.numerator.what}, divided by {measure.denominator.what}"


def code_of(measure: Measure) -> str:
    """Return the file and line of the function that makes the estimates of a measure.

    Raises
    ------
    NotToHand
        If nothing of ours makes it.
    """
    name = CODE.get(measure.id)
    if name is None:
        raise NotToHand(f"nothing here computes '{measure.plain_name}'.", [("computed", ", ".join(CODE))],
                        "It is quoted from who published it.")  # fmt: skip
    module, _, function = name.rpartition(".")
    line = inspect.getsourcelines(getattr(import_module(module), function))[1]
    return f"src/{module.replace('.', '/')}.py, line {line}, {function}"


def _cell(text: str, reference: str) -> Cell:
    return Cell((Words(text, reference=reference),))
