"""Lints on places: the United Kingdom for England and Wales, and forces set in a rank."""

from __future__ import annotations

from collections.abc import Iterator

from stats.claims.draft.lint_page import WORD, Lint, Page, Passage, is_denied, is_mentioned, phrase
from stats.claims.facts import Facts

_UK = r"(?:UK|U\.K\.?|United Kingdom|Great Britain|Britain)"
_KINGDOM = phrase(
    r"\b(?:nationwide )?(?:in|across|throughout|around|over) (?:the )?(?:(?:whole|rest|entire"
    r"|length)(?: of)? (?:the )?)?"
    rf"{_UK}(?!\w)(?! (?:government|parliament|law|courts? of))"
    rf"|\b{_UK}(?: |-)(?:wide|police|forces|courts?|prosecutors|crime (?:figures|statistics|data)|police forces"
    r"|stalking (?:offences|figures|statistics|cases|crimes|victims))\b"
    rf"|\b(?:U\.?K|Britain)'s (?:{WORD} ){{0,2}}(?:police|courts|forces|prosecutors)\b"
    r"|\bBritish (?:police|forces|courts|crime figures|prosecutors)\b"
)
_COUNTED_IN_ENGLAND_AND_WALES = phrase(
    r"\b(?:police|forces?|record(?:s|ed|ing)|charg(?:e|es|ed)|convict(?:ed|ions?)|prosecut(?:ed|ions?)|courts?"
    r"|Home Office|CPS|Crown Prosecution Service|offences|crimes|Ministry of Justice|Crime Survey|CSEW)\b"
)
_STATISTICIANS = phrase(r"\b(?:Office for National Statistics|ONS)\b")
_STALKED = phrase(r"\b(?:stalk|harass|victim|abus|violence|assault)\w*")
"""On these the statistics office speaks of England and Wales; on much else of the whole kingdom."""
_OTHER_NATIONS = phrase(
    r"\bScot(?:land|tish|s)\b|\bNorthern Ir(?:eland|ish)\b|\bPSNI\b|\bEngland (?:and|&) Wales\b|\bPolice Scotland\b"
)
_BASED_THERE = phrase(
    rf"\b(?:charit(?:y|ies)|based|helplines?|services?|organisations?|experts?|campaigners?|law|laws|first|leading"
    rf"|largest|only)(?: {WORD})? $"
)
_OF_THE_KINGDOM = (
    "wrong-population",
    "The police, the courts and the Crime Survey behind such numbers cover England and Wales alone; Scotland and "
    "Northern Ireland have statistics of their own.",
    "Write “England and Wales”.",
)


def united_kingdom(page: Page, facts: Facts) -> Iterator[Lint]:
    """A number of the police or the courts is said of the United Kingdom."""
    for passage in page.passages:
        text = passage.text
        if not passage.found or not _KINGDOM.search(text) or _OTHER_NATIONS.search(text):
            continue
        for found in _KINGDOM.finditer(text):
            if _BASED_THERE.search(passage.ahead(found.start(), 40)) or is_denied(passage, found.start()):
                continue
            if _is_counted_there(passage):
                yield passage.lint("united-kingdom", *found.span(), _OF_THE_KINGDOM)


def _is_counted_there(passage: Passage) -> bool:
    return passage.has(_COUNTED_IN_ENGLAND_AND_WALES) or (passage.has(_STATISTICIANS) and passage.has(_STALKED))


_EXTREME = r"(?:worst|best|poorest|highest|lowest)"
_NTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d{1,2}(?:st|nd|rd|th))"
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|dozen)"
_IN_THE_LAND = (
    r" (?:in|across|of|anywhere in) (?:(?:all|the (?:whole|entire|rest)) (?:of )?)?(?:the (?:country|region|nation|land"
    r"|UK|(?:north|south|east|west|midlands)(?:-| )?(?:east|west)?|east midlands|west midlands)|Britain"
    r"|England(?: and Wales)?|Wales|Yorkshire)\b(?! (?:forces|police))"
)
_RANKED = phrase(
    rf"\b{_EXTREME}(?:(?: |-)performing)?(?: police)? forces?\b|\b(?:worst|best|poorest|top|bottom)(?: "
    rf"|-)perform(?:ing|ers?)\b"
    r"|\bleague tables?\b"
    rf"|\brank(?:s|ed|ing)(?: (?:as|the|at|in|a|joint|among)){{0,3}} (?:{_NTH}|top|bottom|{_EXTREME}|number)\b"
    rf"|\b(?:ranked|rankings? of|ranks|ranking) (?:(?:the|all|these|our|{_NUMBER}) )?(?:police )?forces\b"
    rf"|\b(?:highest|lowest|best|worst)(?: {WORD}){{0,4}} (?:of|among|amongst|out of|in) (?:any|all|the"
    rf"|every)(?: {WORD}){{0,3}}"
    r" (?:forces?|constabular(?:y|ies))\b(?! area)"
    rf"|\b(?:top|bottom) (?:{_NUMBER}|of the (?:table|league|list|rankings?|pile))\b"
    rf"|\b(?:second|third|fourth|fifth)(?: |-){_EXTREME}\b(?! (?:common|offence|serious))"
    r"|\b(?:than|of) any other (?:police )?force\b"
    rf"|\b(?:among|amongst|one of|some of|by far) (?:the )?(?:very )?{_EXTREME}{_IN_THE_LAND}"
    rf"|\b{_EXTREME}(?: (?!case|court|offence\b|offend|stalker|crimin|crime\b|(?<=worst\s)(?:offences|crimes)|year|day"
    r"|time|month|thing|man\b|men\b|abus|prison|example|since)"
    rf"{WORD}){{1,4}}{_IN_THE_LAND}"
)
_OF_FORCES = phrase(
    r"\bpolice\b|\bconstabular|(?<!task\s)(?<!work\s)(?<!labour\s)(?<!in\s)(?<!into\s)(?<!by\s)\bforces?\b(?! "
    r"(?:feed|entry))"
)
_OF_A_RANK = (
    "not-comparable",
    "A rank of forces shows chance and ways of recording as much as the work of the police: someone is always last, "
    "and "
    "small forces move the most.",
    "Give the force's own share with its base, and say whether it lies outside the limits of a funnel of all forces.",
)


def ranks(page: Page, facts: Facts) -> Iterator[Lint]:
    """Forces are set in a rank; a text that says it does not rank them is left alone."""
    for passage in page.passages:
        for found in _RANKED.finditer(passage.text) if _may_rank(passage) else ():
            if not is_mentioned(passage, *found.span()) and not is_denied(passage, found.start()):
                yield passage.lint("ranks", *found.span(), _OF_A_RANK)


def _may_rank(passage: Passage) -> bool:
    """Whether the police are spoken of, and a word is there that every rank has one of."""
    return any(word in passage.low for word in _RANK_WORDS) and any(_OF_FORCES.search(said) for said in passage.around)


_RANK_WORDS = ("worst", "best", "poorest", "highest", "lowest", "league", "rank", "top ", "bottom", "top-", "other")
