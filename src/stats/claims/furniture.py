"""What holds a number and claims nothing: money, ages, sections of law, dates, addresses, times, page furniture."""

from __future__ import annotations

import re

from stats.claims.numerals import NUMBER_WORDS
from stats.period import MONTHS

_N = r"\d[\d,]{0,20}(?:\.\d{1,9})?"
_MANY = r"(?:\s?(?:hundred|thousand|million|billion|m|bn|k)\b)?"
_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}" for name in MONTHS) + r"|Sept)\b\.?"
_WORD = rf"(?:\d[\d,.]{{0,20}}|{NUMBER_WORDS}|few|couple of)"
AGES = re.compile(
    r"\baged? (?:between )?\d{1,2}(?:\s?(?:-|\u2013|to|and)\s?\d{1,2}\b| (?:and|or) (?:over|under|older)|\+)?"
    r"|\b(?:between )?the ages of \d{1,2} (?:and|to) \d{1,2}\b|\b\d{1,3}[- ]years?[- ]olds?\b|\bunder-\d\ds\b",
    re.I,
)
_PARTS = (
    r"https?://\S{1,500}|\bwww\.\S{1,300}|[\w.+-]{1,64}@[\w.-]{1,120}",
    rf"(?:[\u00a3$\u20ac]|GBP|EUR|USD)\s?{_N}{_MANY}",
    rf"\b(?:{_N}|{NUMBER_WORDS}|half a){_MANY} (?:pounds|pence|euros|dollars)\b|\b\d+p\b",
    r"(?:\+44\s?|\(0|\b0)\d{2,4}\)?(?:[\s-]?\d{3,4}){1,3}\b|\b101\b(?= (?:call|line|number))|\b999\b",
    r"(?:\bss?\.\s?|\b(?:sections?|regulations?|articles?|clauses?|schedules?|paragraphs?|paras?\.?|pages?|pp?\."
    r"|chapters?|figures?|fig\.|tables?|notes?|footnotes?"
    r"|appendix|annex|parts?|rules?|nos?\.|numbers?|volumes?|protocol|questions?"
    r"|recommendations?|ISO|version)\s?)\d[\w.()]*",
    r"(?:\u00a7\s?)\d[\w.()]*|\b(?:Act|Order|Regulations|Rules|Code|Bill)"
    r"(?: \([^()\n]{1,40}\))? (?:of )?(?:19|20|18)\d\d\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: \d{{4}}\b)?"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?",
    r"\b\d{1,4}[/.]\d{1,2}[/.]\d{2,4}\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    r"\b\d{1,2}[:.]\d\d ?(?:am|pm|GMT|BST)\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\b\d{1,2} ?(?:am|pm|o'clock)\b",
    r"\b24/7\b|\b9/11\b|\b4x4s?\b|\bcovid(?:-| )?19\b|\b[A-Za-z]{1,6}-\d+\b|\b[A-Za-z]+\d\w*|\b\d+[A-Za-z]\w*",
    rf"\b{_WORD}[ -](?:times|days?|hours?|minutes?|weeks?|weekends?|fortnights?|months?|years?"
    r"|decades?|miles?|metres?|km)\b",
    r"(?m:^[ \t]*(?:\(\d{1,3}\)|\d{1,3}(?:\.\d{1,3}){1,3}|\d{1,3}[.)])(?=[ \t]|$))",
    r"\[\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+",
    r"(?m:^[ \t]*(?:page )?\d{1,4}(?: of \d{1,4})?[ \t]*$)|\b\d+ (?:comments?|shares?|likes?|min read|words)\b",
    r"(?mi:^.{0,60}\b(?:donate|fighting fund|you've raised|subscribe)\b.{0,60}$)",
    r"\b(?:one|two|three|four|five|six|\d+) of (?:the )?(?:drafters|reasons|founders|authors)\b"
    r"|\bone (?:another|day|who|that)\b",
    r"\b(?:a|one) (?:third|quarter|fifth) (?:time|party|person|man|woman|report|survey|edition)\b",
    r"(?<![\w.,])(?:1[6-9]|20)\d\d(?![\w,%]|\.\d)"
    r"(?! (?:offences|cases|victims|people|women|reports|crimes|incidents|charges))",
)
FURNITURE = re.compile("|".join(_PARTS), re.I)


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """Return the text with every match made of marks that no number is read from, each as long as it was."""
    return pattern.sub(lambda found: "\x1f" * len(found[0]), text)
