"""Lints on surveys: a share without how many answered, and people who chose to answer taken for all victims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from stats.claims.draft.lint_page import WORD, Lint, Page, Passage, is_near, phrase
from stats.claims.facts import Facts
from stats.claims.quantities import Quantity

_SURVEY = phrase(
    r"\b(?:survey(?:s|ed)?|poll(?:s|ed)?|questionnaires?|respondents?|of those who (?:responded|answered|replied"
    r"|took part))"
    r"\b(?! (?:station|tax|data protection)|::)"
)
_SAYS = phrase(
    r"\b(?:found|finds?|finding|show(?:s|ed|ing)?|reveal(?:s|ed|ing)?|suggest(?:s|ed|ing)?|according to|sa(?:id|ys?"
    r"|ying)"
    r"|told|report(?:s|ed|ing)?|feel|felt|reckon(?:ed)?|believe[ds]?|admit(?:s|ted)?|agree[ds]?|ha(?:d|ve)|were|are)\b"
)
_OFFICIAL = phrase(
    r"\b(?:Crime Survey|British Crime Survey|CSEW|BCS|ONS|Office for National Statistics|National Survey for Wales"
    r"|Labour Force Survey|government(?:'s)? survey|official (?:survey|estimates?|statistics))\b"
)
_A_SURVEY_OF_OURS = phrase(
    r"\b(?:our|their|its) (?:own |new |latest |annual |online )*(?:survey|poll|questionnaire)\b|\b(?:survey"
    r"|poll) (?:by|from|for|carried out by|conducted by)\b"
)
_ANSWERERS = (
    r"(?:respondents?|responses|replies|people|persons|women|men|adults|victims?|survivors?|participants|students"
    r"|members|supporters|professionals|children|parents|readers|users|workers|girls)"
)
_COUNTED = phrase(
    rf"\s?\b(?:{WORD} ){{0,4}}?{_ANSWERERS}\b|\s?(?:were|was) (?:surveyed|polled|asked)\b|\s?(?:took part|responded"
    rf"|replied|answered)\b"
)
_NUMBER_OF = phrase(
    r"\b(?:n\s?=\s?|base(?: size)?:? |sample(?: size)? of |asked |surveyed |polled |interviewed )(?:\d"
    r"|\w{1,20} (?:people|women|victims))"
)


def without_n(page: Page, facts: Facts) -> Iterator[Lint]:
    """A share from a survey whose size is told neither in its paragraph nor in the two before."""
    told = page.paragraphs_with(_tells_n)
    official = page.paragraphs_with(lambda passage: _OFFICIAL.search(passage.text))
    warned = -9
    for passage in page.passages:
        shares = _answers(passage)
        if not shares or is_near(passage.paragraph, told):
            continue
        if _is_official(passage, official) or passage.paragraph - warned <= _REACH:
            continue
        warned = passage.paragraph
        yield passage.lint("survey-without-n", *passage.ends(shares[0]), _WITHOUT_N)


_REACH = 2
"""How many paragraphs later a number of answers still serves; one alarm stands for as many."""

_WITHOUT_N = (
    "no-source",
    "It does not say how many people answered, so nobody can tell what the share rests on.",
    "Say how many answered and who was asked, as in “of the people who answered our survey”, with their number.",
)


def _answers(passage: Passage) -> list[Quantity]:
    """The shares that a survey is said to have found: it is named not far from them."""
    shares = [one for one in passage.shares if one.base is None]
    named = [found.start() for found in _SURVEY.finditer(passage.text)] if shares else []
    if not named or not _SAYS.search(passage.text):
        return []
    return [one for one in shares if _is_beside(passage, passage.ends(one)[0], named)]


_FAR = 200
"""In letters: a survey named farther off in one sentence, or in another cell of a table, is another matter."""


def _is_beside(passage: Passage, place: int, named: list[int]) -> bool:
    at = bisect_left(named, place)
    between = [sorted((place, other)) for other in named[max(0, at - 1) : at + 1] if abs(place - other) <= _FAR]
    return any("|" not in passage.text[start:end] for start, end in between)


def _tells_n(passage: Passage) -> bool:
    if not passage.found or not _SURVEY.search(passage.text):
        return bool(passage.found and _NUMBER_OF.search(passage.text))
    return bool(_NUMBER_OF.search(passage.text)) or any(_is_n(passage, one) for one in passage.found)


def _is_n(passage: Passage, one: Quantity) -> bool:
    if one.base is not None:
        return True
    return one.kind == "count" and bool(_COUNTED.match(passage.beyond(passage.ends(one)[1])))


def _is_official(passage: Passage, official: frozenset[int]) -> bool:
    """Whether it is an official survey: named here, or named before and not replaced by somebody's own."""
    if _OFFICIAL.search(passage.text):
        return True
    return is_near(passage.paragraph, official) and not _A_SURVEY_OF_OURS.search(passage.text)


_CHOSE = phrase(
    rf"\b(?:survey|poll|questionnaire)(?:ed)? (?:of|among|amongst|sent to|to) (?:{WORD} ){{0,4}}?(?:our|its|their"
    rf"|the charity's)\b"
    r"|\b(?:we|charity|trust|campaign) (?:surveyed|polled|asked) (?:our|its|their)\b"
    r"|\b(?:online|open|web|web-based|social media|twitter|facebook|instagram|reader|readers') (?:survey|form|poll"
    r"|questionnaire|call)\b"
    r"|\b(?:survey|form|poll|questionnaire) (?:on|posted on|shared on|via|through|run on|advertised on) (?:our |its "
    r"|the )?"
    r"(?:social media|twitter|x\b|facebook|instagram|tiktok|linkedin|website|newsletter|mailing list)"
    r"|\bsurveymonkey\b|\bgoogle forms?\b|\brespondents?\b|\bself-select(?:ed|ing)\b|\bchose to (?:answer|respond"
    r"|take part)\b"
    r"|\b(?:of |by )?(?:those|people|victims|women|survivors) who (?:responded|answered|replied|took part|filled in"
    r"|completed)\b"
    rf"|\b(?:charity|charity's|trust|trust's|campaign group|helpline|women's aid|refuge|paladin|plaid cymru"
    rf"|our)(?: {WORD}){{0,3}} (?:survey|poll|questionnaire)\b"
    rf"|\b(?:survey|poll|questionnaire)(?: {WORD}){{0,5}} (?:by|from)(?: {WORD}){{0,5}} (?:charity|trust|campaigners"
    rf"|helpline|aid|party|consortium|network|paladin)\b"
    r"|\b(?:survey|poll|questionnaire)(?: (?:carried out|conducted|run|done|published))? (?:by|from|for) (?:the )?"
    rf"(?:{WORD} ){{0,3}}?(?:refuge|women's aid|paladin|plaid cymru|victim support|safelives|suzy lamplugh"
    r"|(?:against|on|to end|end) (?:stalking|violence|abuse|harassment|domestic))\b"
)
_BY_A_NAME = phrase(
    r"\b(?:survey|poll|questionnaire)(?: (?:carried out|conducted|run|done))? by (?:the )?(?P<name>\w+)"
)
_POLLSTERS = (
    "yougov", "ipsos", "icm", "savanta", "opinium", "comres", "kantar", "natcen", "survation", "populus", "deltapoll",
    "ons", "office", "government", "home", "ministry", "university", "police", "researchers", "academics",
)  # fmt: skip
"""Who draws a sample, or may; anybody else asks those who care to answer."""
_EVERYWHERE = phrase(
    r"\b(?:nationwide|nationally|across the (?:country|nation|UK)|in (?:the UK|Britain|England|this country)|everywhere"
    r"|countrywide)\b"
)
_DRAWN = phrase(
    r"\b(?:representative|random(?:ly)?|weighted|probability|crime survey|csew|ons|office for national statistics)\b"
)
_GENERIC = phrase(
    r"(?:\s?\(\d{1,3}(?:\.\d)?(?:%| per cent)\))? of (?:all )?(?:(?:stalking|harassment|female|male|women"
    r"|cyberstalking|abuse|young|uk|british) ){0,3}"
    r"(?:victims|survivors|women|men|people|adults)\b(?P<who>.{0,70})"
)
_LIMITED = phrase(
    r" (?:surveyed|polled|asked|questioned|interviewed|spoken to|responding|answering|we (?:surveyed|asked|spoke to"
    r"|heard"
    r"|polled)|told (?:us|our|the (?:survey|charity|trust))|(?:in|to|of) (?:our|the|this) (?:survey|poll|sample)"
    r"|from (?:our|the) (?:survey|sample)"
    r"|(?:who|that) (?:had )?(?:responded|answered|replied|took part|filled|completed|contacted (?:us|our)"
    r"|were (?:surveyed"
    r"|asked|polled)|got in touch|we)|(?:she|he|they|it|the charity|we) (?:surveyed|supports?|helped|polled|asked))\b"
)
_OF_EVERYBODY = (
    "wrong-population",
    "The people who chose to answer stand for themselves: those who answer differ from those who do not, so this is "
    "not "
    "a share of all victims.",
    "Say “of the people who answered our survey”, with how many they were.",
)


def people_who_answered(page: Page, facts: Facts) -> Iterator[Lint]:
    """'65% of victims' where 65% of those who chose to answer said so."""
    chosen = page.paragraphs_with(lambda passage: _CHOSE.search(passage.text) or _is_said_of_a_nation(passage))
    drawn = page.paragraphs_with(lambda passage: _DRAWN.search(passage.text))
    for passage in page.passages:
        if not is_near(passage.paragraph, chosen) or is_near(passage.paragraph, drawn):
            continue
        for one in passage.shares:
            end = passage.ends(one)[1]
            found = _GENERIC.match(passage.beyond(end, 150))
            if found and not _LIMITED.match(found["who"]) and one.base is None:
                yield passage.lint("people-who-answered", end - len(one.quote), end + found.start("who"), _OF_EVERYBODY)


def _is_said_of_a_nation(passage: Passage) -> bool:
    """Whether what a survey of somebody's own found is said of a whole country."""
    named = _BY_A_NAME.search(passage.text) if passage.has(_EVERYWHERE) else None
    return named is not None and named["name"][0].isupper() and named["name"].casefold() not in _POLLSTERS
