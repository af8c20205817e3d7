"""Lint on change: a number doubled, tripled or up x% across a registered break, or between periods of unlike length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from stats import present
from stats.claims.draft.lint_cases import POLICE_DATA
from stats.claims.draft.lint_page import WORD, Lint, Page, Passage, phrase
from stats.claims.facts import Facts
from stats.claims.numerals import NUMBER_WORDS, number
from stats.claims.quantities import Quantity
from stats.claims.spans import SPAN, read_span
from stats.estimate.counts import DATASET, breaks_between
from stats.period import Period
from stats.registers import Area, Break, OffenceGroup

_OWNED = phrase(
    rf"\b(?:recording|counting)(?: {WORD})? (?:rules?|practices?|changes?|standards?|methods?)\b"
    r"|\b(?:not|never|cannot be|can't be)(?: (?:directly|strictly|fully|be))? (?:comparable|compared)\b"
    rf"|\bchang(?:e|es|ed|ing) (?:in |to |of )?(?:the )?(?:way|how|recording|counting|definition)\b"
    r"|\b(?:recorded|counted|defined) differently\b|\bimprove(?:d|ments)(?: in)? (?:crime )?recording\b"
)
"""A text that names the change in recording has told its reader."""

_ELSEWHERE = phrase(
    r"\b(?:helpline|calls?|callers?|contacts|visits|visitors|donations|funding|budgets?|staff|officers|searches"
    r"|caseloads?|sentences?|maximum|followers|enquiries|trained|advocates|referrals|demand|clients|waiting|website)\b"
)
_RECORDED = phrase(r"\b(?:record(?:ed|s|ing)|offences|crimes|police|cases|incidents|reports? of|reported)\b")
_ITSELF = phrase(
    r"\b(?:stalking|harassment|malicious communications|coercive (?:control|behaviour)) (?:has |have "
    r"|had )?(?:more than |nearly |almost |also |been )?$"
)
_DATASETS = (
    ("survey", phrase(r"\b(?:Crime Survey|CSEW|survey|estimat(?:e|es|ed) (?:number|victims|people)|experienced)\b")),
    ("orders", phrase(r"\b(?:protection|restraining) orders\b")),
    ("court", phrase(r"\b(?:convict(?:ed|ions?)|prosecut(?:ed|ions?)|sentenced|court|jailed|imprisoned)\b")),
    ("outcomes", phrase(r"\b(?:charg(?:e|es|ed)|outcomes?|summons(?:ed)?)\b")),
)
_PUBLISHED = phrase(
    r"\b(?:published|released|out|issued|obtained|announced|said|told|revealed|launched|introduced|Act|law|offence"
    r"|force"
    rf"|report|bulletin|figures|data|until|age)(?: {WORD})? (?:(?:in|on|of|for|from) )?$"
)
_BACK = phrase(
    rf"\b(?:in|over|within|during|across) (?:just |only |the |a |under )*(?:last |past |previous )?"
    rf"(?P<n>{NUMBER_WORDS}|\d{{1,2}}|a)?(?: |-)?(?P<of>years?|decade)\b(?! (?:to|end|old|ago))"
)
_AGO = phrase(rf"\b(?P<n>{NUMBER_WORDS}|\d{{1,2}}|a) (?P<of>years?|decade) (?:ago|earlier|before|previously)\b")

Reading = tuple[Period, ...]
"""One thing that the times of a sentence may mean: the periods compared, the earlier first."""


def across_breaks(page: Page, facts: Facts) -> Iterator[Lint]:
    """A change between two times is measured across a break of its series, or over periods of unlike length."""
    group, paragraph = None, -1
    for passage in page.passages:
        named = _groups(passage, facts)
        group = named[-1][1] if named else group if passage.paragraph == paragraph else None
        paragraph = passage.paragraph
        change = next(iter(passage.changes), None)
        if change is None or group is None or any(_OWNED.search(said) for said in passage.around):
            continue
        place = passage.ends(change)[0]
        subject = next((g for at, g in reversed(named) if at < place), named[0][1] if named else group)
        said = _unlike_or_broken(passage, change, subject, page.written, facts)
        if said:
            yield passage.lint("across-break", *passage.ends(change), said)


def _unlike_or_broken(
    passage: Passage, change: Quantity, group: OffenceGroup, written: date | None, facts: Facts
) -> tuple[str, str, str] | None:
    dataset = _dataset(passage, change)
    if dataset is None:
        return None
    readings = _compared(passage, change, written, facts)
    area = _area(passage, facts)
    breaks = facts.registers.breaks_in(dataset, codes=group.codes, area=area)
    crossed = [breaks_between(periods, breaks) for periods in readings]
    if crossed and all(crossed):
        return _of_breaks(group, readings[0], crossed[0])
    return _of_lengths(readings) if len([one for one in passage.found if one.kind == "count"]) > 1 else None


def _of_breaks(group: OffenceGroup, periods: Reading, crossed: Sequence[Break]) -> tuple[str, str, str]:
    when = present.listed(list(dict.fromkeys(b.when for b in crossed)))
    reason = (
        f"From {periods[0].start:%B %Y} to {periods[-1].end:%B %Y} the count of {group.name} changed its meaning "
        f"({when}): "
        f"{crossed[-1].what_changed}."
    )
    last = crossed[-1].when
    return "not-comparable", reason, f"Compare periods after {last} only, or name the change in recording beside it."


def _of_lengths(readings: Sequence[Reading]) -> tuple[str, str, str] | None:
    pairs = [periods for periods in readings if len(periods) == 2]
    if not pairs or any(first.is_like(last) for first, last in pairs):
        return None
    first, last = pairs[0]
    reason = f"{present.capital(first.label)} is {first.length()} and {last.label} is {last.length()}."
    return "not-comparable", reason, "Compare the same months of both years, or twelve months with twelve months."


def _dataset(passage: Passage, change: Quantity) -> str | None:
    """The series that the change is of, by the words of the sentence; None where it is of no series held here."""
    text = passage.text
    is_official = bool(POLICE_DATA.search(text))
    if _ELSEWHERE.search(text) and not is_official:
        return None
    for dataset, words in _DATASETS:
        if words.search(text):
            return None if dataset == "orders" else dataset
    ahead = passage.ahead(passage.ends(change)[0])
    return DATASET if _RECORDED.search(text) or is_official or _ITSELF.search(ahead) else None


def _compared(passage: Passage, change: Quantity, written: date | None, facts: Facts) -> list[Reading]:
    """Every reading of the periods that are compared; none where the words do not tell them."""
    spans = [found for found in _spans(passage, written, facts) if found[1]]
    wide = [periods for words, periods in spans if _is_range(words, periods)]
    points = [periods for words, periods in spans if not _is_range(words, periods)]
    if len(points) > 1:
        most = max(map(len, points))
        every = [[p[at] if len(p) == most else p[0] for p in points] for at in range(most)]
        return [tuple(sorted(periods)) for periods in every]
    if wide:
        return [(period,) for period in wide[0]]
    if points:
        return [(_earlier(period, _years_back(_AGO, passage) or 1), period) for period in points[0]]
    day, years = written or _newest(facts), _years_back(_BACK, passage)
    return [(Period(_years_before(day, years), day),)] if day and years else []


def _spans(passage: Passage, written: date | None, facts: Facts) -> Iterator[tuple[str, tuple[Period, ...]]]:
    """The times of a sentence; single months and days of publication are no periods compared."""
    for found in SPAN.finditer(passage.text):
        words = found[0].casefold()
        spans = read_span(words, written)
        if spans is None and words.startswith("since"):
            spans = read_span(words, _newest(facts))
        periods = tuple(span.period for span in spans or ())
        if periods and periods[0].months != 1 and not _PUBLISHED.search(passage.ahead(found.start(), 40)):
            yield words, periods


def _is_range(words: str, periods: Sequence[Period]) -> bool:
    return words.startswith(("since", "from")) or (periods[0].months or 99) > 18


def _newest(facts: Facts) -> date | None:
    """The day of the newest release: up to when a draft without a date can speak."""
    day = facts.newest_day()
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        return None


def _years_back(pattern: re.Pattern[str], passage: Passage) -> int:
    found = pattern.search(passage.text)
    if not found:
        return 0
    many = 1 if found["n"] in (None, "a", "A") else number(found["n"].casefold()) or 0
    return min(int(many), 60) * (10 if found["of"].casefold() == "decade" else 1)


def _earlier(period: Period, years: int) -> Period:
    start = _years_before(period.start, years)
    return Period.months_from(start.year, start.month, period.months or 12)


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _groups(passage: Passage, facts: Facts) -> list[tuple[int, OffenceGroup]]:
    names = {
        name.casefold(): group for group in facts.registers.offences.groups.values()
        for name in (group.name, *group.aliases) if name != "all"
    }  # fmt: skip
    found = _either(tuple(names)).finditer(passage.text)
    return [(match.start(), names[re.sub(r"\s+", " ", match[0].casefold())]) for match in found]


def _area(passage: Passage, facts: Facts) -> Area | None:
    forces = {row.name.casefold(): row.code for row in facts.registers.areas.rows if row.kind == "force"}
    found = _either(tuple(forces)).search(passage.text)
    return facts.registers.areas.current[forces[re.sub(r"\s+", " ", found[0].casefold())]] if found else None


@lru_cache(maxsize=8)
def _either(names: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    return phrase(r"\b(?:" + "|".join(re.escape(name).replace(r"\ ", " ") for name in longest) + r")\b")
