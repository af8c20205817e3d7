"""Lints on names: a rate without its base, and a measure called by a name that its register forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stats import present
from stats.claims.draft.lint_page import WORD, Lint, Page, Passage, is_denied, is_mentioned, phrase
from stats.claims.facts import Facts
from stats.registers.measures import Measure

_CONVICTION = phrase(r"\bconvictions?(?: |-)rates?\b|\brates? of convictions?\b")
_WHO = (
    r"(?:people|persons?|those|defendants?|men|women|suspects?|offenders?|perpetrators?|stalkers|adults|everyone"
    r"|anyone|cases|offences)"
)
_TAKEN = (
    r"(?:proceeded against|prosecuted|charged|tried|sent for trial|put on trial|(?:taken|brought|sent|going) to court"
    r"|brought before (?:a|the) courts?|in court|at court)"
)
_OF = (
    r"(?<!number\s)(?<!numbers\s)(?<!level\s)(?<!levels\s)(?<!volume\s)(?<!lack\s)(?<!thousands\s)(?<!hundreds\s)(?<!dozens\s)"
    r"\b(?:of|for|among|amongst|per|over)"
)
_BASE = phrase(
    rf"{_OF}(?: {WORD}){{0,3}} {_WHO}(?: (?:who|that|which|were|was|are|is|had|have|been|being)){{0,4}} {_TAKEN}\b"
    rf"|{_OF}(?: {WORD}){{0,4}} (?:prosecutions|defendants|proceedings|trials|recorded (?:{WORD} )?(?:offences|crimes)"
    r"|offences (?:that were )?recorded|crimes (?:that were )?recorded|offences charged|charges|reports|outcomes)\b"
    r"|\bprosecutions? (?:that |which )?(?:end|result|le[ad]d?)(?:s|ed|ing)? (?:in|to)\b"
    rf"|\bin (?:{WORD} ){{0,2}}trials\b|\b(?:its|a|the|what|which|no) (?:base|denominator)\b"
)
_COUNTED = phrase(
    rf"{_OF}(?: {WORD}){{0,4}} (?:offences|crimes|orders|applications|arrests|victims|respondents|people|investigations"
    r"|reoffenders|offenders|complaints|referrals)\b"
)
"""What a share of may be named beside it: '5% of offences'. After 'for' it names the subject and no base."""

_COMMON = ("charge rate", "charging rate", "clear-up rate")
_SAYS_NO_MEASURE = ("conviction rate", "national rate", "current rate", "recorded crime rate")
"""The first has a rule of its own; the others say where or when, and not what is divided by what."""


def bare_conviction_rate(page: Page, facts: Facts) -> Iterator[Lint]:
    """'Conviction rate' is refused wherever neither its sentence nor a neighbour says of whom or of what."""
    for passage in page.passages:
        if "convict" not in passage.low:
            continue
        based = any(_BASE.search(said) for said in passage.around)
        for found in () if based else _CONVICTION.finditer(passage.text):
            if not is_mentioned(passage, *found.span()):
                yield passage.lint("conviction-rate", *found.span(), _of_conviction(facts))


def _of_conviction(facts: Facts) -> tuple[str, str, str]:
    named = [
        m.plain_name for m in facts.registers.measures.values()
        if "conviction rate" in m.forbidden_names and m.numerator.stage == "convicted" and m.unit == "percent"
    ]  # fmt: skip
    reason = (
        "It does not say of what: convictions over offences recorded, over people taken to court and over estimated "
        "victims differ many times over, and each is called this."
    )
    return "not-comparable", reason, f"Name the base, as in “{named[0]}”." if named else "Name the base."


def rate_without_base(page: Page, facts: Facts) -> Iterator[Lint]:
    """A charge rate and the like are refused only with a number and no base: then the number cannot be compared."""
    names = _rates(tuple(facts.registers.measures.values()))
    for passage in page.passages:
        if "rate" not in passage.low or not (passage.shares or passage.has(_FROM_TO)):
            continue
        if _has_base(passage) or not any(_OF_JUSTICE.search(said) for said in passage.around):
            continue
        for found in names.finditer(passage.text):
            if not is_mentioned(passage, *found.span()) and not is_denied(passage, found.start()):
                yield passage.lint("rate-without-base", *found.span(), _UNBASED)


_OF_JUSTICE = phrase(
    r"\b(?:police|CPS|courts?|stalk|harass|offen[cd]|crim|charg|prosecut|convict|victim|perpetrator|suspect|detect"
    r"|orders?\b)"
)
_FROM_TO = phrase(r"\bfrom \d{1,3}(?:\.\d)?(?:%| per cent) to \d{1,3}(?:\.\d)?(?:%| per cent)")
_UNBASED = (
    "not-comparable",
    "The number has no base here, and the same name is used over offences recorded, over outcomes assigned and over "
    "people, which give different shares.",
    "Say of what it is a share: of offences recorded, of outcomes assigned, or of people taken to court.",
)


def _has_base(passage: Passage) -> bool:
    if any(_BASE.search(said) for said in passage.around):
        return True
    return any(not found[0].lower().startswith("for") for said in passage.around for found in _COUNTED.finditer(said))


@lru_cache(maxsize=4)
def _rates(measures: tuple[Measure, ...]) -> re.Pattern[str]:
    """Every '... rate' that a measure forbids, so that a new measure needs no edit here."""
    forbidden = {n.casefold() for m in measures for n in m.forbidden_names if n.endswith(" rate")}
    names = sorted((forbidden | set(_COMMON)) - set(_SAYS_NO_MEASURE))
    return phrase(
        r"\b(?:" + "|".join(re.escape(name).replace(r"\ ", " ").removesuffix("e") for name in names) + r")es?\b"
    )


def forbidden_name(page: Page, facts: Facts) -> Iterator[Lint]:
    """A measure is called by its plain name and, in the same sentence, by a name that its register forbids."""
    measures = [(m.plain_name.casefold(), m) for m in facts.registers.measures.values()]
    for passage in page.passages:
        if not passage.found:
            continue
        for plain, measure in measures:
            if plain in passage.low:
                yield from _forbidden(passage, measure)


def _forbidden(passage: Passage, measure: Measure) -> Iterator[Lint]:
    for name in measure.forbidden_names:
        if " " not in name or name.casefold() in measure.plain_name.casefold() or name.endswith("conviction rate"):
            continue
        found = re.search(rf"\b{re.escape(name)}\b", passage.text, re.I)
        if found and not is_mentioned(passage, *found.span()) and not is_denied(passage, found.start()):
            caveat = re.split(r"(?<=\.)\s", measure.caveat)[0]
            reason = f"{present.capital(measure.plain_name)} must not be called “{name}”: {caveat}"
            suggestion = f"Leave “{name}” out, and keep “{measure.plain_name}”."
            yield passage.lint("forbidden-name", *found.span(), ("wrong-measure", reason, suggestion))
