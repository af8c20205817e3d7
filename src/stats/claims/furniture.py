"""What holds a number and claims nothing: money, ages, sections of law, dates, addresses, times, page furniture.

Patterns are for a text in lower case, which is twice as fast, but for those of `CASED`.
"""

from __future__ import annotations

import re

from stats.claims.numerals import NUMBER_WORDS
from stats.period import MONTHS

_N = r"\d[\d,]{0,20}(?:\.\d{1,9})?"
_MANY = r"(?:\s?(?:hundred|thousand|million|billion|m|bn|k)\b)?"
_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}" for name in map(str.lower, MONTHS)) + r"|sept)\b\.?"
_WORD = rf"(?:\d[\d,.]{{0,20}}|{NUMBER_WORDS}|few|couple of)"
_FEW_TIMES = rf"(?:{NUMBER_WORDS}|few|couple of)"
_TO = r"\s?(?:-|\u2010|\u2011|\u2013|to|and)\s?"
_MULTIPLE = (
    r"(?! (?:as (?:many|much|high|likely|often|great|large|big|common|long)|more|higher|greater|larger|bigger|fewer"
    r"|lower"
    r"|less|the (?:number|rate|figure|level|total|amount|share|proportion|average)|that|what)\b)"
)
_COUNTED = (
    r"(?! (?:\w+ ){0,2}(?:offences?|crimes?|cases?|victims?|people|women|men|reports?|incidents?|charges?|forces?"
    r"|orders?"
    r"|convictions|prosecutions|outcomes))"
)
AGES = re.compile(
    rf"\baged? (?:between )?\d{{1,2}}(?:{_TO}\d{{1,2}}\b|\+| (?:years )?(?:and|or) (?:over|under|older|above|more)"
    r"| years)?(?: years)?(?:(?<=years) (?:and|or) (?:over|under|older|above))?"
    rf"|\b(?:between )?the ages? of \d{{1,2}}(?:{_TO}\d{{1,2}}\b)?"
    rf"|\b\d{{1,3}}(?:{_TO}\d{{1,3}})?[- ]years?[- ]olds?\b|\b(?:under|over)[- ]\d\ds\b"
    rf"|\b(?:{NUMBER_WORDS})[- ]years?[- ]olds?\b|(?<![\d.,])\b\d\d\+(?! (?:\w+ ){{0,2}}(?:offences|cases|reports"
    rf"|orders))"
)
_SMALL = r"\d{1,3}(?![\d%]|[,.]\d| ?%| ?per ?cent)"
_PERSON = (
    r"(?:(?:wo)?man|girl|boy|mother|father|mum|dad|daughter|son|sister|brother|wife|husband|partner|boyfriend"
    r"|girlfriend|victim|survivor|teenager|student|pupil|schoolgirl|schoolboy|pensioner|teacher|nurse|doctor|actor"
    r"|actress|singer|presenter|officer|constable|stalker|defendant|offender|attacker|driver|soldier|worker|resident"
    r"|neighbour|friend|colleague|widow|graduate|lawyer|accountant|model|player|lecturer|manager|chef|businessman)"
)
_MET = (
    r"(?:when|while|at the time|and|or|in|on|last|this|before|after|she|he|they|i|to|according|as|from|by|is|was|had)"
)
_ENDS_OR = rf"(?= ?(?:[\x1f.,;:)!?\u2013\u2014]|$)| {_MET}\b)"
AGES_OF_ONE = re.compile(
    rf"\b{_PERSON}(?: \([a-z ]{{1,20}}\))?(?:, | \(){_SMALL}(?=[,).;]|$| (?:from|of) )"
    rf"|\bturn(?:s|ed|ing)? (?:just )?{_SMALL}{_ENDS_OR}"
    rf"|\b(?:she|he|i|who) (?:was|is|were) (?:just |only |still |then |about )?"
    rf"{_SMALL}(?= when| at the time| and \w+ing"
    rf"| ?[.,;!?]|$)"
    rf"|\bsince (?:age )?(?:1[0-9]|sixteen|eighteen)\b(?![%,.]\d| ?%){_ENDS_OR}"
    r"|\bturn(?:s|ed|ing)? (?:sixteen|eighteen|thirteen)\b"
)
"""The age of one person, which is the age group of no share."""
_WHERE = (
    r"https?://\S{1,500}|\bwww\.\S{1,300}|[\w.+-]{1,64}@[\w.-]{1,120}|\bdoi:\s?\S{1,200}|\b10\.\d{4,9}/\S{1,200}",
    r"\b[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.(?:uk|org|com|net|gov|eu|io)\b(?:/\S{0,300})?",
    r"(?:\+44\s?|\(0|(?<![\d.,])\b0)\d{2,4}\)?(?:[\s-]?\d{3,4}){1,3}\b|(?<![\d.,])\b999(?: (?:or|and) 101)?\b"
    + _COUNTED,
    r"\b(?:call(?:s|ed|ing)?|dial\w{0,3}|ring\w{0,3}|rang|on|via|through|to|the|non-emergency(?: number)?) 101\b"
    + _COUNTED
    + r"|\b101\b(?= (?:calls?|line|number|service|non-emergency))",
)
_MONEY = (
    rf"(?:[\u00a3$\u20ac]|\b(?:gbp|eur|usd))\s?{_N}{_MANY}(?:{_TO}\u00a3?{_N}{_MANY})?",
    rf"\b(?:{_N}|{NUMBER_WORDS}|half a){_MANY} (?:pounds|pence|euros|dollars)\b|\b\d+p\b",
)
_LAW = (
    r"(?:\bss?\.\s?|\b(?:sections?|sub-?sections?|regulations?|articles?|clauses?|schedules?|paragraphs?|paras?\.?"
    r"|pp?\."
    r"|pages?|chapters?|figures?|fig\.|tables?|notes?|footnotes?|appendix|annex|parts?|rules?|nos?\.|numbers?|volumes?"
    r"|protocol|questions?|recommendations?|iso|version|exhibit|operation|room|flat|junction|platform|outcome|codes?"
    r"|size|top|items?(?= \d+(?:\.\d+)?\b(?! of\b))"
    rf"|years?(?= \d{{1,2}}\b))\s?)\d[\w.()/]*(?:{_TO}\d[\w.()/]*| of \d{{1,4}}\b)?",
    r"(?:\u00a7\s?)\d[\w.()]*|\b(?:act|order|regulations|rules|code|bill)"
    r"(?: \([^()\n]{1,40}\))? (?:of )?(?:19|20|18)\d\d\b",
    r"\[notes?[^\]\n]{1,60}\]|\[(?:19|20)\d\d\](?: [a-z][\w()]{0,12}){1,3} \d+|\b(?:uksi|si) \d{4}/\d+\b",
    r"\b(?:ref(?:erence)?|FOI|URN|ISBN|ISSN|crime number|case number)(?: (?:no|number|request|ref(?:erence)?))?[.:]?"
    r" ?[a-z/-]{0,10}\d[\w/-]*",
)
_GAMES = (
    r"\b(?:scored?|scores|scoring)(?: (?:of|an average of|an average|at|it|them|him|her|(?:the|their) \w+))?"
    r" \d{1,3}(?:\.\d+)?"
    r"(?! ?%| ?per ?cent|[\d,.]\d)(?: out of (?:\d{1,3}|five|ten))?",
    r"\b(?:rating|rated|ratings|grade|marks?)(?: (?:of|was|is|it|them|at|as|him|her)){0,3} \d{1,3}(?:\.\d+)?"
    r"(?! ?%| ?per ?cent|[\d,.]\d)(?: out of (?:\d{1,3}|five|ten))?",
    r"(?<![\d,.])\d{1,3}(?:\.\d+)? (?:out of \d{1,3} )?on (?:the|a|an|this|our) (?:[\w-]+ ){0,4}(?:scale|index)\b",
    r"\b(?:scale|scores?|range|ratings?) (?:of|from) (?:\d{1,3}|one|zero) (?:to|-) (?:\d{1,3}|five|seven|ten)\b"
    r"(?! ?%| ?per ?cent)(?:,?(?: [a-z]+){1,4} \d{1,2}(?:\.\d)?(?=[.;]|$))?",
    r"(?<![\d,.])\d{1,2}\.\d{1,2} (?:out of|stars out of) (?:5|10|five|ten)\b"
    r"(?! (?:\w+ ){0,2}(?:people|victims|women|men))",
    r"\b(?:\d(?:\.\d)?|one|two|three|four|five)[ -]stars?\b",
    r"\bmagnitude(?: of)? \d{1,2}(?:\.\d+)?|\btemperatures?(?: \w+){0,3} (?:minus )?-?\d{1,3}(?:\.\d+)?(?![\d,%])",
    r"\b(?:vot(?:ed?|es|ing)(?: by)? \d{1,3} (?:votes )?to|(?:won|w[io]ns?|winning|lost|los(?:es?|ing)|beat\w*|drew"
    r"|victory|defeat)(?: by)? \d{1,2}[-\u2013]) ?\d{1,3}\b(?! ?%| ?per ?cent|[,.]\d)",
)
_WHEN = (
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: \d{{4}}\b)?"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?",
    r"\b\d{1,4}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    r"\b\d{1,2}[:.]\d\d ?(?:am|pm|gmt|bst)\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,2} ?(?:am|pm|o'clock)\b",
    rf"\b{_FEW_TIMES}[ -]times\b{_MULTIPLE}",
    r"\b(?:increas\w+|rose|risen|grown|grew|multiplied)(?: by)? \d[\d,.]{0,20}[ -]times\b",
    r"\b\d[\d,.]{0,20}[ -]times (?:(?:a|an|per|each|every|in|over) |table|faster|stronger|better|worse)",
    rf"(?<!\bevery )\b(?:{_WORD}(?:\s?[-\u2013]\s?| to ))?"
    rf"{_WORD}[ -](?:days?|hours?|minutes?|seconds?|weeks?|weekends?|fortnights?|months?|years?"
    r"|decades?|miles?|metres?|km|mph|kg|degrees|centuries|generations)\b",
    r"(?<![\w.,])(?:1[6-9]|20)\d\d(?![\w,%]|\.\d|-\d)" + _COUNTED,
    r"\b(?:the|in|of|for|since|during|by|from|to|this|until|before|after|a|an|and|late|early|mid) (?:19|20)\d\d\b"
    r"(?!,\d|\.\d|-\d| ?%| per ?cent)",
    r"\b(?:in (?:a|one)|each|every|last|this|first|second|third|fourth|one) quarter(?! of\b)|\ba quarter (?:earlier"
    r"|later|ago)",
)
_ODD = (
    r"\b24/7\b|\b9/11\b|\b4x4s?\b|\bcovid(?:-| )?19\b|\b9[- ]to[- ]5\b|\b[a-z]{1,6}-\d+\b|\b[a-z]+\d\w*"
    r"|\b\d+(?!(?:k|m|mn|bn|pp|ppts?|pc|pct|fold)\b)[a-z]\w*|\b\d+ ?\u00b0 ?[cf]?",
    r"\b\d+k\b(?! (?:\w+ ){0,3}(?:offences|crimes|cases|victims|people|women|men|reports|incidents|charges|orders))",
    r"\b(?:basis points?)\b|\b\d[\d,.]{0,9} (?:basis points?|bps)\b",
    r"\b10 downing street\b|\b97[89](?:[- ]?\d){10}\b|(?<![\d.,])\d{7,15}\b(?![,.]\d)" + _COUNTED,
    r"(?<![\w/.])\d{1,4}/\d{1,4}(?![\w/])"
    r"(?! (?:of |\w+ ){0,3}(?:offences|crimes|cases|victims|people|women|men|reports|incidents|charges|forces"
    r"|respondents"
    r"|prosecutions|orders|applications|those|them|these)\b| ?\(\d+(?:\.\d+)? ?%)",
)
_PAGE = (
    r"(?m:^[ \t]*(?:\(\d{1,3}\)|\d{1,3}(?:\.\d{1,3}){1,3}(?! (?:per|million|billion|thousand|times|and|to|in)\b)"
    r"|\d{1,3}[.)])(?=[ \t]|$))",
    r"\[\d{1,3}(?:, ?\d{1,3}){0,9}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+|(?<=[a-z.,;])\(\d{1,2}\)",
    r"(?m:^[ \t]*(?:page )?\d{1,4}(?: of \d{1,4})?[ \t]*$)|\b\d+ (?:comments?|shares?|likes?|min read|words)\b",
    r"(?m:^.{0,60}\b(?:donate|fighting fund|you've raised|subscribe)\b.{0,60}$)",
)
_WORDS = (
    r"\b(?:one|two|three|four|five|six|\d+) of (?:the )?(?:drafters|reasons|founders|authors)\b"
    r"|\bone (?:another|day|who|that)\b",
    r"\b(?:a|one|the) (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth) (?:time|party|person|man|woman|report"
    r"|survey"
    r"|edition|force|victim|suspect|case|offence|year|day|month|reason|highest|lowest|largest|complaint"
    r"|recommendation)\b",
)
PAGE = re.compile("|".join(_PAGE))
"""What is told by the line it stands on."""
FURNITURE = re.compile(
    r"(?:(?<!\w)|(?!\w))(?:" + "|".join((*_WHERE, *_MONEY, *_LAW, *_GAMES, *_WHEN, *_ODD, *_WORDS)) + ")"
)
_STREET = (
    r"\b\d{1,4}[A-Za-z]?,? (?:[A-Z][a-z']{1,20} ){1,3}(?:Street|Road|Lane|Avenue|Drive|Close"
    r"|Way|Court|House|Place|Square"
    r"|Terrace|Gardens|Crescent|Hill|Row|Park)(?=[,.;)\n]|$| [A-Z])"
)
_NAMED_ONE = (
    r"\b[A-Z][a-z]{1,20}(?: [A-Z][a-z'-]{1,20}){0,2}, \d{1,3}, (?=(?:of|from) [A-Z]"
    r"|(?:who|aged|said|told|pleaded|admitted"
    r"|denied|appeared|received|has been|had been|of no fixed"
    r"|(?:was|were|is) (?:jailed|sentenced|convicted|charged|found|given"
    r"|ordered|told|arrested|warned|handed|accused|stalked|harassed|murdered|killed|attacked|cautioned|fined|forced"
    r"|banned))\b)|\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|Sir|Dame)\.? [A-Z][a-z'-]{1,20}(?: [A-Z][a-z'-]{1,20})?, \d{1,3},"
)
"""A name before an age; 'Kent, 103, and Essex, 98' are counts."""
CASED = re.compile(
    rf"{_STREET}|{_NAMED_ONE}|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b[A-Z]{1,8}[/-]\d[\w/-]*"
    r"|\b(?:Phase|Stage|Step|Tier|Level|Band|Grade|Class|Group|Wave|Round|Category|Type|Strand|Theme|Goal|Objective"
    r"|Priority|Point|Item|Box|Row|Column|Sheet|Tab|Line|Day|Week|Month|Key|Standard|Principle|Panel|Slide|Scenario"
    r"|Option"
    r"|Flat|Apartment|Floor|Model|Unit|Channel|Radio|No|Number|Case|Survey|Question|Q) \d{1,4}[A-Za-z]?\b(?!,\d)"
)
"""Postcodes, references and names with a number, which only their capitals tell from words before a count."""


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """Return the text with every match made of marks that no number is read from, each as long as it was."""
    return pattern.sub(lambda found: "\x1f" * len(found[0]), text)
