"""Lint on the unit: 'cases' where offences, outcomes or people were counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from stats.claims.draft.lint_page import (
    WORD,
    Lint,
    Page,
    Passage,
    is_change,
    is_mentioned,
    is_near,
    phrase,
)
from stats.claims.facts import Facts
from stats.claims.quantities import Quantity

CRIME = (
    r"(?:(?:cyber-?)?stalking|harassment|coercive control|(?:coercive|controlling) behaviour|domestic (?:abuse"
    r"|violence)"
    r"|malicious communications|(?:sexual )?abuse|rape|violence|assault|crime)"
)
POLICE_DATA = phrase(
    r"\bpolice(?: force)?(?: recorded)?(?: crime)? (?:figures|data|statistics|records|numbers|stats)\b"
    rf"|\b(?:figures|data|statistics|numbers)(?: {WORD}){{0,2}} (?:from|by|of) (?:the )?(?:{WORD} )?(?:police"
    rf"|Home Office|forces)\b"
    r"|\bHome Office (?:figures|data|statistics|numbers)\b|\brecorded by (?:the )?(?:\w{1,20} ){0,3}(?:police"
    r"|forces?)\b"
    r"|\baccording to (?:the )?(?:police|Home Office)\b|\b(?:police )?(?:force )?recorded crime\b|\bcrime figures\b"
    r"|\boffences (?:(?:were|was|have been|being) )?(?:recorded|logged)\b|\brecorded(?: \w{1,20}){0,2} offences\b"
    rf"|\b(?:police|forces?|constabulary)(?: {WORD})? (?:recorded|logged|have recorded|registered)\b"
)
_CASES = phrase(
    rf"\b(?:(?P<written>recorded|reported|logged) )?(?P<of>{CRIME}(?: (?:and|or|&) {CRIME})?(?: |-))?cases\b"
    rf"(?P<crime> of (?:\w{{1,20}} ){{0,2}}{CRIME}(?: (?:and|or|&) {CRIME})?)?"
)
_CRIME = phrase(rf"\b{CRIME}\b")
_LOOKED_AT = (
    r"(?:(?:re-?)?examined|reviewed|assessed|sampled|audited|inspected|analysed|analyzed|studied|looked (?:at|into)"
    r"|dip-sampled|scrutinised)"
)
_FILES_AHEAD = phrase(
    rf"(?:\b(?:sampled?|samples of|court|civil|family|trial|test|helpline|marac|our|client|closed|{_LOOKED_AT}"
    rf"|high-profile)|\b(?:{_LOOKED_AT}|(?:review|sample|audit|analysis|examination|assessment|selection) of)"
    rf"(?: {WORD}){{1,6}}) $"
)
_FILES_BEYOND = phrase(
    rf"(?: (?:that|which|were|was|are|have|had|been|being|then|also)){{0,4}} (?:{_LOOKED_AT}|chosen|selected|heard"
    rf"|listed"
    r"|discussed|supported|referred|before (?:the )?(?:courts?|magistrates|judges?)|(?:in|at|that reach(?:ed)?"
    r"|going to)"
    r" (?:the )?(?:crown |magistrates' |magistrates )?courts?|awaiting trial)\b"
    rf"|(?: that| which)? (?:it|they|we|inspectors|HMIC\w{{0,3}}|IOPC|the (?:IOPC|inspectors|inspectorate|reviewers?"
    rf"|team|review))"
    rf"(?: {WORD})? {_LOOKED_AT}\b|,? (?:{WORD} ){{0,2}}(?:examined|reviewed|assessed) by\b"
)
_FILES = phrase(
    rf"\b(?:case files?|case(?:-| )file reviews?|case audits?|sampled?(?: {WORD}){{0,2}} cases)\b"
    rf"|\bcases(?: (?:that|which|were|was|had|been|being)){{0,3}} {_LOOKED_AT}\b"
    rf"|\b{_LOOKED_AT}(?: {WORD}){{0,5}} cases\b"
)
_OURS = phrase(
    r"\b(?:helpline|clinic|referred to (?:our|us)|advocates?|caseworkers?|advisers?|IDVAs?|ISACs?"
    rf"|(?:we|charity|trust|service|team)(?: {WORD})? (?:supported|handled|helped|took on|managed|dealt with"
    rf"|received))\b"
)
"""Cases that a service worked on are cases."""

_IDIOM = phrase(
    r"\b(?:some|many|most|all|such|these|those|both|several|few|certain|other|rare|extreme|serious|worst|individual"
    r"|cold|more) $"
)
_OF_POLICE = phrase(
    r"\b(?:record(?:s|ed|ing)|report(?:s|ed) (?:to|in|by|last|this|between)|reported$|police|forces?|logged|Home Office"
    r"|offences?|convict(?:ed|ions?)|charg(?:e|es|ed)|prosecut(?:ed|ions?)|crimes?)\b"
)
_OF_JUSTICE = phrase(
    r"\b(?:charg(?:e|es|ed|ing)|convict(?:ed|ions?|ing)|prosecut(?:e|ed|ions?|ing)|summons(?:ed)?|cautions?|recorded"
    r"|no further action|evidential|outcomes?|dropped|closed|(?:un)?solved|reported to (?:the )?police)\b"
)
_SURVEY = phrase(r"\b(?:survey(?:ed)?|respondents|polled)\b")
_WRITTEN_AFTER = phrase(rf"(?: {WORD}){{0,4}} (?:recorded|reported|logged)\b(?! to (?:us|our))")
_WRITTEN_AHEAD = phrase(rf"\b(?:recorded|logged)(?: {WORD}){{0,3}} $")
_UNWRITTEN = phrase(r"\b(?:not|never|go|goes|rarely|seldom)\b|n't\b|\b(?:un|under)-")
_STOPS = re.compile(
    r"\b(?:in|to|by|with|were|was|are|is|from|for|who|that|which|about|after|on|and|but|as|at|than|against|it|led"
    r"|had)\b",
    re.I,
)
_ATTACHED = phrase(rf"(?: of)?(?: {WORD}){{0,4}}\s?")


def cases(page: Page, facts: Facts) -> Iterator[Lint]:
    """'Cases' where offences, outcomes or people were counted; files that somebody reviewed are cases indeed."""
    audited = page.paragraphs_with(lambda passage: "case" in passage.low and passage.has(_FILES))
    for passage in page.passages:
        if "cases" not in passage.low:
            continue
        ends = [passage.ends(one)[1] for one in passage.found]
        is_audit = is_near(passage.paragraph, audited)
        for found in _CASES.finditer(passage.text):
            one = _attached(passage, ends, found.start())
            start = passage.ends(one)[0] if one else found.start()
            if _is_wrong(passage, one, found, is_audit=is_audit) and not _is_of_files(passage, start, found):
                yield passage.lint("cases", start, found.end(), _OF_SHARES if one and is_share_of(one) else _OF_COUNTS)


_OF_COUNTS = (
    "wrong-unit",
    "The police count offences, and surveys and courts count people: 'cases' may be read as either, and is neither.",
    "Name the unit that was counted: offences recorded, outcomes assigned, people charged, or victims by survey.",
)
_OF_SHARES = (
    "wrong-unit",
    "'Of cases' hides the base: offences recorded, outcomes assigned and people taken to court give different shares.",
    "Name the base: of offences recorded by the police, of outcomes assigned, or of people proceeded against.",
)


def is_share_of(one: Quantity) -> bool:
    """Whether a number is a share, and not a count or a change."""
    return one.kind == "share" and not is_change(one)


def _attached(passage: Passage, ends: list[int], start: int) -> Quantity | None:
    """The number that counts these cases, or is a share of them: it stands right before, with no verb between."""
    at = bisect_right(ends, start) - 1
    if at < 0 or start - ends[at] > 60:
        return None
    between = passage.text[ends[at] : start]
    one = passage.found[at]
    is_next = bool(_ATTACHED.fullmatch(between)) and not _STOPS.search(between)
    return one if is_next and not is_change(one) else None


def _is_of_files(passage: Passage, start: int, found: re.Match[str]) -> bool:
    ahead = passage.ahead(found.start()) if start == found.start() else f"{passage.ahead(start)} "
    if _FILES_BEYOND.match(passage.beyond(found.end())) or is_mentioned(passage, *found.span()):
        return True
    return bool(_FILES_AHEAD.search(passage.ahead(found.start())) or _FILES_AHEAD.search(ahead))


def _is_wrong(passage: Passage, one: Quantity | None, found: re.Match[str], *, is_audit: bool) -> bool:
    if passage.has(_OURS) and not passage.has(POLICE_DATA):
        return False
    if is_audit or _is_written_down(passage, found):
        return _is_written_down(passage, found)
    if one is None:
        return bool(found["of"] or found["crime"]) and _moves(passage, found)
    if is_share_of(one):
        return passage.has(_OF_JUSTICE) and not passage.has(_SURVEY)
    return passage.has(_CRIME) and passage.has(_OF_POLICE)


def _is_written_down(passage: Passage, found: re.Match[str]) -> bool:
    """Whether the words themselves say that the police wrote these cases down."""
    if not (found["of"] or found["crime"] or (found["written"] and passage.has(_CRIME))):
        return False
    after = _WRITTEN_AFTER.match(passage.beyond(found.end()))
    if after and not _UNWRITTEN.search(after[0]):
        return True
    return bool(found["written"] or _WRITTEN_AHEAD.search(passage.ahead(found.start()))) and not _unwritten(
        passage, found
    )


def _unwritten(passage: Passage, found: re.Match[str]) -> bool:
    return bool(re.search(r"(?:\bunder|\bun|\bnon)-?$", passage.ahead(found.start(), 8), re.I))


def _moves(passage: Passage, found: re.Match[str]) -> bool:
    """Whether cases of a crime go up or down by a number, by figures of the police."""
    is_idiom = _IDIOM.search(passage.ahead(found.start(), 20))
    return not is_idiom and bool(passage.changes) and passage.has(POLICE_DATA)
