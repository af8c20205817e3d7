"""Lints on measures: recorded crime said as prevalence, and a share of a lifetime said of a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from stats.claims.draft.lint_cases import POLICE_DATA
from stats.claims.draft.lint_page import WORD, Lint, Page, Passage, is_change, is_denied, is_mentioned, is_share, phrase
from stats.claims.facts import Facts
from stats.claims.quantities import Quantity

_SUBJECT = r"(?:(?:cyber-?)?stalking|harassment)"
_OF_SURVEY = phrase(r"\b(?:Crime Survey|CSEW|survey(?:s|ed)?|estimat(?:e|es|ed)|polled|respondents)\b")
_PREVALENCE = phrase(
    rf"\b(?:prevalence|incidence|frequency) (?:of |rate of )(?:{WORD} ){{0,2}}{_SUBJECT}\b"
    rf"|\b{_SUBJECT} (?:prevalence|victimi[sz]ation)\b|\bvictimi[sz]ation rates?\b|\b(?:rates|levels"
    rf"|amount) of {_SUBJECT}\b"
    rf"|\b(?:risk|chances?|likelihood|odds) of (?:being|becoming|falling)(?: a)? (?:stalked|harassed|victims?)\b"
)
_STALKED = phrase(
    rf"(?: {WORD}){{0,5}}? (?:were|was|are|is|have been|has been|had been|being|became|fell) (?:{WORD} ){{0,2}}?"
    r"(?:stalked|harassed|victims? (?:of|to) (?:stalking|harassment))\b"
)
_VICTIMS = phrase(
    rf"(?: {WORD}){{0,2}}? (?:victims|people|women|men) (?:of|suffering|experiencing) {_SUBJECT}\b"
    rf"|(?: {WORD}){{0,2}}? {_SUBJECT} victims\b"
)
_GOES = phrase(
    rf"\b(?P<crime>{_SUBJECT}(?: (?:and|or) {_SUBJECT})?)(?: (?:in|across) (?:{WORD} ){{0,2}}{WORD})?"
    r"(?: (?:is|are|was|were|has|have|had|been|being|also|now|already|itself|more|than|nearly|almost|by|locally"
    r"|nationally))* $"
)
_GONE_IN = phrase(
    rf"(?:(?: {WORD})?\s?(?:increase|rise|jump|surge|growth|leap|spike|fall|drop|decrease|decline"
    rf"|reduction))? in (?P<crime>{_SUBJECT}"
    rf"(?: (?:and|or) {_SUBJECT})?)\b(?! (?:offences?|crimes?|reports?|incidents?|cases|records?|recorded|charges?"
    r"|convictions?|prosecutions?|arrests?|orders?|investigations?|and|or|complaints?|figures?)\b)"
)
_COUNTED_AHEAD = phrase(
    r"(?:\b(?:recorded|reported|logged|police-recorded)|\b(?:offences|crimes|reports|records|incidents|cases"
    r"|allegations"
    r"|complaints|numbers?|counts?|recording|charges|prosecutions|convictions|arrests|orders|calls|reporting) (?:of|for"
    r"|about)) (?:\w{1,20} )?$"
)
_NOT_PREVALENCE = (
    "wrong-measure",
    "Recorded crime counts what the police wrote down; it rises and falls with reporting and recording, and does not "
    "say how many people were stalked.",
    "Write “offences recorded by the police”; for how many people it happened to, use the Crime Survey for England and "
    "Wales.",
)


def prevalence(page: Page, facts: Facts) -> Iterator[Lint]:
    """Figures of the police are said of stalking itself, or of the people stalked."""
    for passage in page.passages:
        is_of_police = passage.found and passage.has(POLICE_DATA) and not passage.has(_OF_SURVEY)
        for start, end in _as_prevalence(passage) if is_of_police else ():
            if not is_denied(passage, start) and not is_mentioned(passage, start, end):
                yield passage.lint("prevalence", start, end, _NOT_PREVALENCE)


def _as_prevalence(passage: Passage) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _PREVALENCE.finditer(passage.text))
    for one in passage.found:
        start, end = passage.ends(one)
        if is_change(one):
            yield from _moved(passage, start, end)
        elif one.kind == "count" or is_share(one):
            beyond = passage.beyond(end, 120)
            met = _STALKED.match(beyond) or (_VICTIMS.match(beyond) if one.kind == "count" else None)
            if met:
                yield start, end + met.end()


def _moved(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where it is stalking that went up or down, and not the offences, reports or charges of it."""
    before = passage.ahead(start, 120)
    found = _GOES.search(before)
    if found and not _COUNTED_AHEAD.search(before[: found.start()]):
        yield start - len(before) + found.start("crime"), end
    beyond = _GONE_IN.match(passage.beyond(end, 80))
    if beyond:
        yield start, end + beyond.end("crime")


_YEARLY = phrase(
    r"\b(?:every|each|per|a|this|last|past) year\b(?! (?:ago|earlier|later|old))|\bannually\b|\byearly\b"
    r"|\b(?:in|over|during) the (?:last|past|previous) (?:year|twelve months|12 months)\b"
    r"|\b(?:in|over|during) the (?:year|twelve months|12 months) (?:to|ending|ended)\b|\bin any (?:given "
    r"|one )?year\b"
)
_EVER = phrase(
    r"\b(?:ever|lifetimes?|at some (?:point|time|stage)|in (?:their|her|his|a) li(?:fe|ves)|during (?:their|her"
    r"|his) li(?:fe|ves)"
    r"|since (?:the age of |age |turning )?(?:16|sixteen)|(?:from|after) the age of)\b"
)
_PEOPLE = phrase(
    r" (?:of )?(?:all )?(?:\w{1,20} ){0,2}?(?:women|men|people|persons?|adults?|girls|us|population|victims?)\b"
)
_STALKING = phrase(r"\b(?:stalk(?:ed|ing|ers?)|harass(?:ed|ment))\b")
_LIFETIME = ("survey_share_stalked_since_16", "survey_share_stalked_or_harassed_ever")
_LAST_YEAR = (
    "survey_share_stalked_last_year",
    "survey_share_harassed_last_year",
    "survey_share_any_of_three_last_year",
)
_INSTEAD = ("of one year, and not of a lifetime", "over a lifetime, and not of one year")
_SEXES = ("women", "men")


def lifetime(page: Page, facts: Facts) -> Iterator[Lint]:
    """A share that the survey gives for a lifetime is said of a year, or the other way round; the figures decide."""
    rows = _survey_figures(facts)
    for passage in page.passages:
        if not passage.shares or not passage.has(_STALKING):
            continue
        ends = [0, *(end for one in passage.found for end in passage.ends(one)), len(passage.text)]
        gaps = [passage.text[a:b] for a, b in pairwise(ends)]
        for at, one in enumerate(passage.found):
            after = gaps[2 * at + 2 : 2 * at + 5 : 2] if gaps[2 * at + 2].endswith("(") else [gaps[2 * at + 2]]
            said = _said_of(one, gaps[2 * at], " ".join(after), rows) if is_share(one) else None
            if said:
                yield passage.lint("lifetime", *passage.ends(one), said)


@dataclass(frozen=True)
class _Figure:
    share: Fraction
    text: str
    is_ever: bool
    of: str
    said: str


def _survey_figures(facts: Facts) -> list[_Figure]:
    """What the register holds of surveys: shares of a lifetime, and of one year."""
    return [
        _Figure(
            Fraction(str(row["value"])) / 100, f"{row['value']:g}%", row["measure"] in _LIFETIME,
            str(row["base_words"]),
            f"{facts.registers.measure(row['measure']).plain_name} ({row['base_words']}; {row['publisher']})",
        )
        for row in facts.figures if row["measure"] in (*_LIFETIME, *_LAST_YEAR) and row["unit"] == "percent"
    ]  # fmt: skip


def _said_of(one: Quantity, ahead: str, beyond: str, figures: Sequence[_Figure]) -> tuple[str, str, str] | None:
    is_yearly = bool(_YEARLY.search(beyond) or _YEARLY.search(ahead))
    is_ever = bool(_EVER.search(beyond) or _EVER.search(ahead))
    if is_yearly == is_ever or not _PEOPLE.match(f" {one.is_of}"):
        return None
    sex = next((word for word in _SEXES if re.search(rf"\b{word}\b", f"{one.unit} {one.is_of[:40]}")), "")
    fitting = [
        figure for figure in figures
        if one.reading.holds(figure.share) and (not sex or re.search(rf"\b{sex}\b", figure.of))
    ]  # fmt: skip
    if not fitting or any(figure.is_ever == is_ever for figure in fitting):
        return None
    said = "in one year" if is_yearly else "over a lifetime"
    reason = f"{fitting[0].text} is the {fitting[0].said}, and is said here to be the share {said}."
    return "wrong-measure", reason, f"Say that it is {_INSTEAD[is_yearly]}, and name the ages and the survey."
