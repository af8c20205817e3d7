"""The patterns by which a quantity is found in a sentence: numbers, shares, changes, rates and what they count."""

from __future__ import annotations

import re

from stats.claims.changes import FALL, RISE
from stats.claims.numerals import NUMBER_WORDS, PART_WORDS, SCALE_WORDS
from stats.claims.wording import LEAD_WORDS

UNITS = """
    offences? crimes? cases? victims? people persons? women men adults? children forces? reports? incidents? charges?
    convictions? prosecutions? defendants? offenders? perpetrators? suspects? outcomes? orders? respondents? areas?
    arrests? applications? investigations? complaints? calls? referrals? breaches cautions? sentences? participants?
    allegations? stalkers? survivors? recommendations? files? girls boys individuals officers? households? callers?
    appeals? trials? hearings? notices? summons(?:es)? interviewees?
"""
_UNIT_WORDS = "|".join(UNITS.split())
UNIT = re.compile(r"\b(?:" + _UNIT_WORDS + r"|of (?:those|these|them)|times)\b", re.I)
_OURS = (
    "offences? crimes? cases? victims? women men forces? reports? incidents? charges? convictions? prosecutions?"
    " defendants? offenders? perpetrators? suspects? outcomes? orders? respondents? applications? investigations?"
    " complaints? referrals? allegations? stalkers? survivors? participants?"
).replace(" ", "|")
_THOUSANDS = r"\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,4}(?!\d)|\d{1,3}(?: \d{3}){1,3}(?= [a-z]{4})"
_FIGURES = rf"(?:(?<![\w.,/])|(?<=\bc\.))(?:{_THOUSANDS}|\d{{1,15}}(?:,\d{{3}}){{0,5}}(?:\.\d{{1,9}})?)(?![\d/])"
_SCALED = rf"{_FIGURES}(?:[ -]?(?:{SCALE_WORDS}|mn?|bn|k)\b)?"
_IN_WORDS = (
    rf"\b(?:(?:a |half a )?(?:{NUMBER_WORDS}|{SCALE_WORDS})(?:(?: and |[ -])(?:{NUMBER_WORDS}|{SCALE_WORDS})){{0,8}}"
    rf"(?: and a half(?: (?:{SCALE_WORDS}))?)?\b|\b(?:a quarter|three[ -]quarters) of an? (?:{SCALE_WORDS})\b)"
)
NUMBER = rf"(?:{_SCALED}|{_IN_WORDS})"
PERCENT = r"(?: ?%| ?per ?cent\b|(?<=\d) ?pct\b|(?<=\d)pc\b)"
_PART = (
    rf"(?:\b(?:a|{NUMBER_WORDS})[ -](?:{PART_WORDS})s?\b(?! of an? (?:{SCALE_WORDS})\b)"
    rf"|\bhalf\b(?! an? (?:{SCALE_WORDS})\b)"
    r"|(?<![\w/.])\d{1,2}/\d{1,2}(?![\w/])|[\u00bd\u00bc\u00be\u2153\u2154])"
)
_ANY = rf"(?:{NUMBER}{PERCENT}|{_PART})"
_NOT_ADDED = "".join(rf"(?<!\b{verb} )" for verb in ("add", "adds", "added", "adding"))
_LEAD = rf"(?:(?:\b(?:(?!up to )|{_NOT_ADDED})(?:{LEAD_WORDS}) |[~<>\u2265\u2264] ?))?"
_AFTERWARDS = r"(?:\+| (?:or|and) (?:more|over|above|higher|fewer|less|under|lower)\b)?"
_WHO = r"(?: (?:wom[ae]n|m[ae]n|person|people|adults?|victims?|cases?|girls?|boys?))?"
_ONE_IN = rf"{NUMBER}{_WHO}[ -](?:in every|in each|in|out of every|out of)[ -]{NUMBER}"
_TO = r"(?:-|\u2013| to )"
_RANGE = (
    rf"between {NUMBER}{PERCENT}? and {NUMBER}{PERCENT}?|(?<!from ){_SCALED}{_TO}{_SCALED}{PERCENT}?"
    rf"|(?<!from ){_SCALED}{PERCENT}(?: ?[-\u2013] ?| to ){_SCALED}{PERCENT}"
)
_VERBS_WITH_UP = """
    make makes made making take takes took taken taking give gives gave given giving use uses used using eat eats ate
    set sets setting sign signs signed follow follows followed back backs backed pick picks picked open opens opened
    add adds added adding put puts break breaks broke broken end ends ended free frees freed soak soaked swallow
    swallowed snap snapped speed sped split call called bring brought grow grown look looked show showed turn turned
    round rounded mop mopped wrap wrapped weigh weighed hold held keep kept come comes came own owned stand stood
"""
_VERBS_WITH_DOWN = """
    turn turns turned turning break breaks broke broken close closes closed shut shuts track tracks tracked take takes
    took taken put puts hunt hunted narrow narrowed write wrote written note noted play played boil boils
"""
_NO_RISE = "".join(rf"(?<!\b{verb} )" for verb in _VERBS_WITH_UP.split())
_NO_FALL = "".join(rf"(?<!\b{verb} )" for verb in _VERBS_WITH_DOWN.split())
"""'Women made up 70%' is a share, and 'they turned down 40%' too: the small word belongs to the verb before it."""
_NO_MOVE = rf"(?:(?!up\b|down\b)|(?=up\b)(?<!-){_NO_RISE}|(?=down\b)(?<!-){_NO_FALL})"
_MOVE = rf"(?:\b{_NO_MOVE}(?:{RISE}|{FALL}) (?:by |of )?)"
_NOUN = (
    r"rise|increase|growth|jump|leap|surge|uplift|decrease|fall|drop|decline|plunge|slump|reduction|cut"
    r"|increased|decreased"
)
_HOW = r"(?:year-on-year |year on year |annual |overall |yearly )?"
_GOES_ON = (
    r"(?= (?:in|of|on|since|from|compared|over|year|between|to|across|for|and|during|nationally|was|were|is|had|has)\b"
    r"|[^\w\s]|\n|$)"
)
_MORE = rf"(?:{_HOW}(?:{_NOUN})\b{_GOES_ON}|(?:more|fewer|less|higher|lower|greater)\b(?! than half)|(?:up|down) on\b)"
_MULTIPLE = (
    r"(?:as (?:many|much|high|likely|often|great|large|big|common|long)\b|more\b|higher\b|greater\b|larger\b|bigger\b"
    r"|fewer\b|lower\b|less\b|the (?:number|rate|figure|level|total|amount|share|proportion|average)\b)"
)
_COUNTS = rf"(?= (?:[\w-]+ ){{0,3}}(?:{_UNIT_WORDS})\b)"
_CHANGE = (
    rf"{_LEAD}\b(?:halv|doubl|trebl|tripl|quadrupl|quintupl)(?:ed|ing)\b(?! (?:back|up|over|down)\b)"
    rf"|{_MOVE}?(?:by )?{_LEAD}\b(?:{NUMBER_WORDS}|\d{{1,5}}(?:\.\d)?)[ -]?fold\b(?: (?:{_NOUN})\b)?"
    rf"|{_MOVE}?\bby a factor of {NUMBER}"
    rf"|{_LEAD}(?:\b(?:double|treble|triple|twice|half) {_MULTIPLE}|{NUMBER}(?: and a half)? times {_MULTIPLE})"
    rf"|{_MOVE}?{_LEAD}{NUMBER}(?:[ -]percentage[ -]points?\b| ?% points?\b| ?ppts?\b| ?pp\b)(?: (?:{_NOUN})\b)?"
    rf"|{_MOVE}{_LEAD}{_ANY}{_AFTERWARDS}|{_LEAD}{_ANY} {_MORE}"
    rf"|(?<![\w.)])[+\u2212-]{_SCALED}{PERCENT}"
    rf"|\b(?:{RISE}|{FALL}) (?:by|of) {_LEAD}{NUMBER}(?!{PERCENT})|{_LEAD}{NUMBER} (?:more|fewer)\b{_COUNTS}"
)
_PEOPLE = r"(?:people|residents|persons|population|inhabitants|adults|women|men|of the population|head|households)"
_BIG = r"(?:\d{1,3}(?:,\d{3}){0,2}|hundred|thousand|million|a hundred|a thousand|a million)"
_RATE = (
    rf"{_LEAD}{NUMBER}(?: [a-z-]+){{0,4}}? (?:per|for every) (?P<per>{_BIG})\b(?: {_PEOPLE}\b)?"
    rf"|{_LEAD}{NUMBER}(?: (?!had|have|has|took|for|in|was|were|is|are|of|and|once|twice)[a-z-]+){{0,2}}?"
    r" (?:per|an?|each|every) (?P<time>day|hour|minute|week|month|fortnight|night)\b"
    rf"|\bevery (?P<gap>{NUMBER} (?:seconds|minutes|hours|days|weeks))\b"
)
_NONE = (
    r"\bnot a single one\b|\bnone\b|\bno cases\b"
    r"|\b(?:tens of thousands|hundreds of thousands|dozens|hundreds|thousands|millions)\b"
)
_NONE_WORDS = _NONE.replace("\\b", " ")
_BIG_PART = r"(?:vast |overwhelming |great |large |clear |small |tiny |significant |substantial )?"
_MOST = (
    rf"\b(?:the |a )?{_BIG_PART}(?:majority|minority)(?= of (?:[\w-]+ ){{0,3}}(?:{_OURS}|those|these|them)\b)"
    rf"|(?<!almost )(?<!nearly )(?<!virtually )(?<!of )(?<!for )(?<!across )\b(?:most"
    rf"|(?:not )?all"
    rf"|few)(?= (?:of )?(?:the |these |those |its "
    rf"|their )?"
    rf"(?:(?!over|about|but|for|in|at|said|of)[a-z-]+ ){{0,2}}(?:{_OURS})\b)"
    rf"|(?<!almost )(?<!nearly )\b(?:not )?every(?= (?:[a-z-]+ ){{0,2}}(?:{_OURS})\b)"
    r"|\bmost(?= (?:said|say|saying|felt|believed|reported|of (?:those|these|them|whom|which))\b)"
)
_OF = (
    rf"(?P<count>{NUMBER}) (?:out )?of (?:the |all |these |those )?(?P<base>{NUMBER})(?!{PERCENT})"
    r"(?:[^().;\n\x1f\d]{0,70}?\((?P<printed>\d{1,3}(?:\.\d{1,4})?)(?: ?%| per ?cent| ?pct|pc)\))?"
)
_SLASH = (
    r"(?<![\w/.])(?P<count2>\d{1,4})/(?P<base2>\d{1,4})(?![\w/])"
    r"(?:[^().;\n\x1f\d]{0,70}?\((?P<printed2>\d{1,3}(?:\.\d{1,4})?)(?: ?%| per ?cent| ?pct|pc)\))?"
)
FIND = re.compile(
    rf"(?<![a-z\d])(?:(?P<of>{_LEAD}(?:{_OF}|{_SLASH}))|(?P<rate>{_RATE})|(?P<change>{_CHANGE})|(?P<range>{_RANGE})"
    rf"|(?P<plain>{_LEAD}(?:{NUMBER}{PERCENT}|{_PART}|{_ONE_IN}|{NUMBER}){_AFTERWARDS})|(?P<none>{_NONE})"
    rf"|(?P<most>{_MOST}))"
)
"""One quantity, in a text in lower case: 'a of b (c%)', a rate, a change, a range, a number, none, or 'most of'."""
PLAIN = re.compile(rf"{_LEAD}{NUMBER}{PERCENT}?")
_FIRST_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        f"{LEAD_WORDS} {NUMBER_WORDS} {SCALE_WORDS} {RISE} {FALL} {_NONE_WORDS} {_BIG_PART} a an the by every between"
        " not half majority minority most all few double treble triple twice increase increases decrease decreases"
        " decline declines jumps climbs surge plunge reduction reductions rise rises fall falls drop drops",
    )
)
_TOKEN = re.compile(r"[^\W_]+|[~<>\u2265\u2264+\u2212-]")
_ENDINGS = ("fold", "ed", "ing")


def find(piece: str, start: int = 0) -> re.Match[str] | None:
    """Return where a quantity next stands in a text in lower case, tried only where a word or sign can begin one."""
    for token in _TOKEN.finditer(piece, start):
        word = token[0]
        if word in _FIRST_WORDS or not word.isalpha() or word.endswith(_ENDINGS):
            match = FIND.match(piece, token.start())
            if match:
                return match
    return None


TOLD = re.compile(r" (?:instance|example),? .*\b(?:was|were)\b")
"""After 'one': a story of one is no count of offences. It is found, and as no count it is set beside no figure."""
_PAIR = re.compile(r"\d{1,2}[-\u2013]\d{1,2}")


def is_pair(match: re.Match[str], piece: str) -> bool:
    """Return whether it is a score, 3-1, or an age group: no range of anything, and its numbers count nothing."""
    return bool(_PAIR.fullmatch(match[0])) and not UNIT.match(piece, match.end() + 1)


MAY_HOLD = re.compile(
    rf"\d|[\u00bd\u00bc\u00be\u2153\u2154]|\b(?:{NUMBER_WORDS}|{SCALE_WORDS}|{PART_WORDS}|thirds|quarters|fifths|tenths"
    r"|halv\w+|doubl\w+|trebl\w+|tripl\w+|quadrupl\w+|quintupl\w+|twice|\w+fold|none|no cases|not a single|dozens"
    r"|hundreds"
    r"|thousands|millions|most|all|every|few|majority|minority)\b"
)
"""Whether a sentence can hold a quantity at all."""
