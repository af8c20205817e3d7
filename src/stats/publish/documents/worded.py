"""A right number under wrong words: another measure's name, another stage, place or period; in finished sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product
from pathlib import Path
from typing import NamedTuple

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
_NOWHERE = re.compile(r"(?!)")
_TO = rf"(?:\d\d? )?{_MONTH} \d{{4}}"
_FROM = rf"(?:\d\d? )?{_MONTH}(?: \d{{4}})?"
_PERIOD = re.compile(
    rf"\byear (?:ending|ended|to)(?: on| in| the end of)? {_TO}|\b\d{{4}}/\d{{2}}\b"
    rf"|\b{_FROM}(?: to | until | ?[-\u2013] ?){_TO}|(?<=\b[Bb]etween ){_FROM} and {_TO}"
    rf"|(?:(?<=\b[Ii]n )|(?<=\b[Dd]uring )){_MONTH} \d{{4}}"
)
_NOT = re.compile(r"\A\s*Not:[^.!?;]*")
"""What is listed as wrong: one sentence, and no more of its line."""
_IS_NOT = re.compile(r"\bnot an? \w+|\bno \w+")
_NOT_OF = re.compile(r"\b(?:not|without) \w+|(?:\b[A-Z]\w*\s(?:(?:from|of|and|on)\s)*)+Act\b")
"""What a number is said not to be of, and the names of laws."""
_STAGES = ("recorded", "closed", "charged", "prosecuted", "convicted", "sentenced")
"""In the order in which an offence comes to them: a sentence must not name a later one than that of its numbers."""
_OF_POLICE = ("recorded", "closed")
_BOUND = re.compile(r"\bat most\b|\bwould\b|\bif every\b", re.IGNORECASE)


class WrongWords(StatsError):
    """A sentence says something else than its number does."""


class Sentence(NamedTuple):
    """What is read in one go, with the numbers that it states; or the caption of a table, with all of the table's."""

    words: str
    stated: list[Reference]
    of_table: bool = False


def must_be_worded(
    lines: Iterable[Line], cells: Iterable[Line], tables: Iterable[Line], registers: Registers,
    references: Mapping[str, Reference], *, file: Path,
) -> None:  # fmt: skip
    """Stop if a sentence sets a number under a name, place or period that is not its own.

    Sentences that quote a claim are left alone, and so is the sentence after a 'Not:' with which a line begins.

    Parameters
    ----------
    lines : iterable of Line
        Finished.
    cells : iterable of Line
        Each with its heads before it, and read as one sentence whatever stops stand in it.
    tables : iterable of Line
        The caption and first head of each, with every number in it.
    registers : Registers
    references : mapping
        What the document states, by id.
    file : Path

    Raises
    ------
    WrongWords
        With each sentence, and what is wrong in it.
    """
    read = chain(
        (one for line in lines for one in _sentences(line, references, _ENDS)),
        (one for line in cells for one in _sentences(line, references, _NOWHERE)),
        (one._replace(of_table=True) for line in tables for one in _sentences(line, references, _NOWHERE)),
    )
    found = [(why, f"“{one.words[:160]}”") for one in read for why in _wrong(one, registers)]
    if found:
        raise WrongWords(
            "a document sets a number under words that are not its own.",
            [("file", shown(file)), *found[:6]],
            "Say what the number is of, where and when; or refer to the number that the sentence is about.",
        )


def _sentences(line: Line, references: Mapping[str, Reference], ends: re.Pattern[str]) -> Iterator[Sentence]:
    """Give each sentence that states a number and quotes no claim, with the numbers it states."""
    marked = "".join(sign(at) if words.reference else words.text for at, words in enumerate(line))
    for sentence in ends.split(_NOT.sub("", " ".join(marked.split()))):
        within: list[Words] = [line[int(at)] for at in SIGN.findall(sentence)]
        stated = [references[one.reference] for one in within if one.reference in references]
        numbers = [one for one in stated if one.measure]
        if numbers and not any(one.verdict for one in stated):
            yield Sentence(_spelt(sentence, line, {one.id for one in numbers}), numbers)


def _spelt(sentence: str, line: Line, numbers: set[str]) -> str:
    """Return a sentence with what its references say, but for its numbers."""
    return SIGN.sub(lambda found: "…" if (one := line[int(found[1])]).reference in numbers else one.text, sentence)


def _wrong(sentence: Sentence, registers: Registers) -> Iterator[str]:
    plain = sentence._replace(words=folded(sentence.words))
    measures = [registers.measures[one.measure] for one in sentence.stated if one.measure in registers.measures]
    of_numbers = () if plain.of_table else (_bases(plain), _bounds(plain))
    found = chain(_names(plain.words, measures), _stages(plain, measures, registers), _places(plain, registers.areas),
                  _periods(plain), _offences(plain, registers), *of_numbers)  # fmt: skip
    yield from dict.fromkeys(found)


def _names(sentence: str, measures: Iterable[Measure]) -> Iterator[str]:
    """Give what a measure must not be called, and is."""
    for measure in measures:
        said = pattern(measure.forbidden_names).search(sentence) if measure.forbidden_names else None
        if said:
            yield f"'{said[0]}' is not the {measure.plain_name}"


def _stages(sentence: Sentence, measures: list[Measure], registers: Registers) -> Iterator[str]:
    """Give a later stage than any of the numbers of a sentence; beside stages without an order, one in their place."""
    words = registers.wordings.stages
    parts = [part for one in measures for part in (one.numerator, one.denominator) if part]
    own = {one.stage for one in measures} | {part.stage for part in parts}
    own |= {stage for stage in _STAGES for one in sentence.stated if words[stage].search(one.measure_name)}
    known = [_STAGES.index(stage) for stage in own if stage in _STAGES]
    is_named = not known and any(stage in words and words[stage].search(sentence.words) for stage in own)
    if not measures or is_named:
        return
    for stage in _STAGES[max(known, default=-1) + 1 :]:
        said = words[stage].search(_IS_NOT.sub("", sentence.words)) if stage not in _OF_POLICE else None
        if said:
            yield f"'{said[0]}' is another stage than that of the {measures[0].plain_name}"


def _places(sentence: Sentence, areas: Areas) -> Iterator[str]:
    """Give a place that is none of these statistics, or of none of the numbers, or that stands for a number's own."""
    own = {one.area: areas.current[one.area].name for one in sentence.stated if one.area in areas.current}
    if not own:
        return
    beyond = _named(sentence.words, ((name, one.code) for one in areas.elsewhere for name in (one.name, *one.aliases)))
    yield from (f"'{name}' is not where the number is of" for name in beyond)
    names = [(name, one.code) for one in areas.rows for name in (one.name, *one.aliases)]
    named = _named(sentence.words, names)
    of_any = own.keys() | _named("; ".join(one.area_name for one in sentence.stated), names).values()
    for name in (name for name, code in named.items() if code not in of_any):
        yield f"'{name}' is not {' or '.join(own.values())}, of which the number is"
    for code in own.keys() - named.values() if named and not sentence.of_table else ():
        yield f"'{next(iter(named))}' is not {own[code]}, of which the number is"


def _named(sentence: str, names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names that stand in a sentence, the longest first taken, with their codes."""
    codes = {name: code for name, code in names if name[0].isupper() and (len(name) > 3 or name in ("UK", "GB"))}
    every = "|".join(re.escape(name) for name in sorted(codes, key=len, reverse=True))
    return {said[0]: codes[said[0]] for said in re.finditer(rf"(?<!\w)(?:{every})(?!\w)", sentence)}


def _periods(sentence: Sentence) -> Iterator[str]:
    """Give the period of a number where the sentence names others and not that."""
    said = {period: found[0] for found in _PERIOD.finditer(sentence.words) if (period := _period(found[0]))}
    told = [found[0] for one in sentence.stated if (found := _PERIOD.match(one.period or ""))]
    own = {period: words for words in told if (period := _period(words))}
    is_told = not said or (sentence.of_table and said.keys() & own.keys())
    for period in () if is_told else own.keys() - said.keys():
        yield f"'{next(iter(said.values()))}' is not the number's period, {own[period]}"


def _period(words: str) -> Period | None:
    """Return the period that words name, in whole months: days within them are not told apart."""
    plain = re.sub(r"\byear (?:ended|to|ending)(?: on| in| the end of)?", "year ending", words)
    try:
        return Period.parse(re.sub(r" (?:and|until) ", " to ", re.sub(r"\b\d\d? (?=[A-Z])", "", plain)))
    except BadPeriod:
        return None


def _offences(sentence: Sentence, registers: Registers) -> Iterator[str]:
    """Give an offence that is none of those of the numbers, where all of them name their own: figures of ours do."""
    groups = registers.offences.groups
    own = {one.measure_name.rpartition(", ")[2] for one in sentence.stated}
    if not own <= groups.keys():
        return
    codes = {code for name in own for code in groups[name].codes}
    others = [group.name for group in groups.values() if not codes.issuperset(group.codes)]
    patterns = [registers.wordings.other_offences, *([pattern(tuple(others))] if others else [])]
    for said in (one.search(_NOT_OF.sub("", sentence.words)) for one in patterns):
        if said:
            yield f"'{said[0]}' is not {' or '.join(sorted(own))}, of which the number is"


def _bases(sentence: Sentence) -> Iterator[str]:
    """Give a share beside the counts of another one of the same place and period, such as on another base."""
    parts = [(one, *one.id.rpartition(".")[::2]) for one in sentence.stated]
    shares = [(one, stem) for one, stem, part in parts if part == "share"]
    counts = [(one, stem) for one, stem, part in parts if part in ("base", "charged")]
    for (share, stem), (count, other) in product(shares, counts):
        if stem != other and (share.area, share.period) == (count.area, count.period):
            yield f"{share.text} is not the share of {count.text} ({count.id}): it is {share.id}"


def _bounds(sentence: Sentence) -> Iterator[str]:
    """Give what is the most that a share can come to, and is not said to be."""
    for one in sentence.stated:
        if one.id.endswith(".upper") and not _BOUND.search(sentence.words):
            yield f"{one.text} is the most that it can come to: say 'at most', 'would' or 'if every'"
