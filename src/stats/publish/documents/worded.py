"""A right number under wrong words: another measure's name, another stage, place or period; in finished sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from stats.errors import BadPeriod, StatsError
from stats.period import MONTHS, Period
from stats.publish.documents.blocks import BEGIN, SIGN, sign
from stats.publish.documents.characters import folded
from stats.publish.documents.model import Line, Reference, Words
from stats.registers import Registers
from stats.registers.areas import Areas
from stats.registers.entries import shown
from stats.registers.measures import Measure
from stats.registers.wordings import pattern

_ENDS = re.compile(f"(?<=[.!?])[\u201d\u2019\"')]*\\s+(?=[A-Z\u201c\u2018\"'({BEGIN}])")
_MONTH = f"(?:{'|'.join(MONTHS)})"
_PERIOD = re.compile(rf"\byear (?:ending|to) {_MONTH} \d{{4}}|\b\d{{4}}/\d{{2}}\b|(?<=\b[Ii]n ){_MONTH} \d{{4}}")
_FORBIDDEN_LIST = "Not:"
_LATER = ("sentenced", "convicted", "prosecuted", "charged")
"""Stages that a sentence must not name for a number of an earlier one."""

Finding = tuple[str, str]


class WrongWords(StatsError):
    """A sentence says something else than its number does."""


def must_be_worded(
    lines: Iterable[Line], registers: Registers, references: Mapping[str, Reference], *, file: Path
) -> None:  # fmt: skip
    """Stop if a sentence sets a number under a name, place or period that is not its own.

    Sentences that quote a claim are left alone, and so are lines that begin with 'Not:'.

    Parameters
    ----------
    lines : iterable of Line
        Finished; a cell of a table with its heads before it.
    registers : Registers
    references : mapping
        What the document states, by id.
    file : Path

    Raises
    ------
    WrongWords
        With each sentence, and what is wrong in it.
    """
    found = [
        (why, f"“{words[:160]}”")
        for line in lines
        if not _own(line).lstrip().startswith(_FORBIDDEN_LIST)
        for words, stated in _sentences(line, references)
        for why in _wrong(words, stated, registers)
    ]
    if found:
        raise WrongWords(
            "a document sets a number under words that are not its own.",
            [("file", shown(file)), *found[:6]],
            "Say what the number is of, where and when; or refer to the number that the sentence is about.",
        )


def _own(line: Line) -> str:
    return "".join(words.text for words in line if not words.reference)


def _sentences(line: Line, references: Mapping[str, Reference]) -> Iterator[tuple[str, list[Reference]]]:
    """Give each sentence that states a number and quotes no claim, with the numbers it states."""
    marked = "".join(sign(at) if words.reference else words.text for at, words in enumerate(line))
    for sentence in _ENDS.split(" ".join(marked.split())):
        within: list[Words] = [line[int(at)] for at in SIGN.findall(sentence)]
        stated = [references[one.reference] for one in within if one.reference in references]
        numbers = [one for one in stated if one.measure]
        if numbers and not any(one.verdict for one in stated):
            yield _spelt(sentence, line, {one.id for one in numbers}), numbers


def _spelt(sentence: str, line: Line, numbers: set[str]) -> str:
    """Return a sentence with what its references say, but for its numbers."""
    return SIGN.sub(lambda found: "…" if (one := line[int(found[1])]).reference in numbers else one.text, sentence)


def _wrong(sentence: str, stated: list[Reference], registers: Registers) -> Iterator[str]:
    plain = folded(sentence)
    measures = [registers.measures[one.measure] for one in stated if one.measure in registers.measures]
    yield from dict.fromkeys(
        chain(_names(plain, measures), _stages(plain, measures, registers), _places(plain, stated, registers.areas),
              _periods(plain, stated))
    )  # fmt: skip


def _names(sentence: str, measures: Iterable[Measure]) -> Iterator[str]:
    """Give what a measure must not be called, and is."""
    for measure in measures:
        said = pattern(measure.forbidden_names).search(sentence) if measure.forbidden_names else None
        if said:
            yield f"'{said[0]}' is not the {measure.plain_name}"


def _stages(sentence: str, measures: list[Measure], registers: Registers) -> Iterator[str]:
    """Give a later stage that stands in a sentence in place of that of its numbers."""
    words = registers.wordings.stages
    parts = [part for one in measures for part in (one.numerator, one.denominator) if part]
    own = {one.stage for one in measures} | {part.stage for part in parts}
    if not measures or any(stage in words and words[stage].search(sentence) for stage in own):
        return
    for stage in _LATER:
        said = words[stage].search(sentence)
        if said:
            yield f"'{said[0]}' is another stage than that of the {measures[0].plain_name}"


def _places(sentence: str, stated: list[Reference], areas: Areas) -> Iterator[str]:
    """Give a place that is none of these statistics, and one that stands where the number's own is not named."""
    own = {one.area for one in stated if one.area in areas.current}
    if not own:
        return
    beyond = _named(sentence, ((name, one.code) for one in areas.elsewhere for name in (one.name, *one.aliases)))
    yield from (f"'{name}' is not where the number is of" for name in beyond)
    named = _named(sentence, ((name, one.code) for one in areas.rows for name in (one.name, *one.aliases)))
    for code in sorted(own):
        if named and code not in named.values():
            yield f"'{next(iter(named))}' is not {areas.current[code].name}, of which the number is"


def _named(sentence: str, names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names that stand in a sentence, the longest first taken, with their codes."""
    codes = {name: code for name, code in names if name[0].isupper() and (len(name) > 3 or name in ("UK", "GB"))}
    every = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    return {said[0]: codes[said[0]] for said in re.finditer(rf"(?<!\w)(?:{every})(?!\w)", sentence)}


def _periods(sentence: str, stated: list[Reference]) -> Iterator[str]:
    """Give the one period of a sentence where it is not that of its numbers."""
    said = {_period(words): words for words in _PERIOD.findall(sentence)}
    own = {period: one.period for one in stated if (period := _period(one.period))}
    if len(said) == 1 and len(own) == 1 and set(said) != set(own):
        yield f"'{next(iter(said.values()))}' is not the number's period, {next(iter(own.values()))}"


def _period(words: str) -> Period | None:
    try:
        return Period.parse(words)
    except BadPeriod:
        return None
