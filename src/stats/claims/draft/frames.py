"""What one number of a draft is of, as far as its words and those round it say: stage, base, place, offence, period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stats.claims.draft.nouns import counts_ours, is_of_ours
from stats.claims.draft.scene import Mention, Scene, nearest
from stats.claims.quantities import Quantity
from stats.period import Period
from stats.registers.wordings import Wordings

_PREDICATE = re.compile(
    r"\b(?:were|was|are|is|had|have|has|that|which|who|end(?:ed|ing|s)?|result(?:ed|ing|s)?|led|lead(?:s|ing)?"
    r"|receiv\w+|said|did|do|does|go|goes|went|reach\w*|get|got|see|saw|became|become|saying|felt|believ\w+|contacted"
    r"|being|been|show\w*|experienced|report(?=\s+(?:being|having)))\b|[,;:.()\u2013\u2014]| - "
)
_OF = re.compile(r"^\s*(?:percentage points? )?(?:of|in)\s+(?:all |the |its |their |those |these |every )*", re.I)
_PRONOUN = re.compile(r"^\s*(?:of )?(?:these|those|them|which|whom)\b(?!\s+\w*(?:cases|offences|reports|crimes))", re.I)
_NOT = re.compile(r"\b(?:not|never|no|without|failed to|n't|nobody|fewer|didn\S?t|don\S?t|doesn\S?t)\b", re.I)
_WOMEN = re.compile(r"\b(?:women|woman|females?|girls?)\b", re.I)
_MEN = re.compile(r"\b(?:men|man|males?|boys?)\b", re.I)
_LONGEST = 160
ASSUMED = "stalking"
"""What a share is of in a text that names no offence: the shares of charges and convictions here are of it."""

YEAR = 12

PASSAGE = 600
"""How many characters before a number the sentence may begin that gives its period."""

FIRST_WORDS = 10
"""How far after a count the words may stand that say what became of it."""


@dataclass(frozen=True)
class Frame:
    """One number and what it is of.

    Parameters
    ----------
    quantity : Quantity
    after, before, base_words : str
        The words after it up to the next number or the end of the sentence, those before it in the sentence, and those
        after "of".
    stages : tuple of str
        What was counted, the likeliest first; empty where no word says.
    base_stages : tuple of str
        What a share may be of; empty where no word says.
    is_negative : bool
        Whether it is the share of those who did not.
    place, offence : str
        An area code and a group of offences; empty where none is named or it is not covered.
    place_is, period_is : str
        'stated' in its sentence, 'carried' from its passage (a place from anywhere, in a text that names one only),
        'implied' (the year before), or 'assumed'; `place_before` is then the last place that was named.
    periods : tuple of Period
        What its period may be, the likeliest first.
    earlier : tuple of Period
        The period of the number that this one starts from.
    beside : Quantity, optional
        The one that states the same: '60% (26 of 43)'.
    base_n : int, optional
    base_size : str
        How that base is known, where it was not printed.
    who : tuple of str
        The sex and the ages that it is of.
    """

    quantity: Quantity
    after: str
    before: str
    base_words: str
    stages: tuple[str, ...] = ()
    base_stages: tuple[str, ...] = ()
    is_negative: bool = False
    place: str = ""
    place_is: str = "assumed"
    place_before: str = ""
    offence: str = ""
    periods: tuple[Period, ...] = ()
    period_words: str = ""
    period_is: str = "assumed"
    earlier: tuple[Period, ...] = ()
    beside: Quantity | None = None
    base_n: int | None = None
    base_size: str = ""
    who: tuple[str, ...] = field(default=())


def frames(found: Sequence[Quantity], scene: Scene, words: Wordings) -> list[Frame]:
    """Return a frame for each quantity of a text, in order."""
    made: list[Frame] = []
    for at, one in enumerate(found):
        others = (q for q in found[at + 1 :] if one.start not in (q.beside,) and q.start != one.beside)
        made.append(_frame(one, made[-1] if made else None, next(others, None), scene, words))
    placed = {frame.quantity.start: frame for frame in _with_year_before(made)}
    return [_with_neighbours(frame, placed) for frame in placed.values()]


def _with_year_before(made: Sequence[Frame]) -> list[Frame]:
    """A value 'from' that has no time of its own is of the year before the value it came to."""
    came_to = {f.quantity.before: f for f in made if f.quantity.before is not None and f.quantity.kind != "change"}
    found = []
    for frame in made:
        to = came_to.get(frame.quantity.start)
        if to and to.periods and frame.quantity.role == "from" and frame.periods in ((), to.periods):
            before = tuple(p.year_before() for p in to.periods)
            frame = replace(frame, periods=before, period_is="implied")  # noqa: PLW2901 - the frame, with its period
        found.append(frame)
    return found


def _with_neighbours(frame: Frame, placed: dict[int, Frame]) -> Frame:
    """Return a frame with the number it starts from, and the one that states the same."""
    before, beside = (
        placed.get(at) if at is not None else None for at in (frame.quantity.before, frame.quantity.beside)
    )
    earlier = before.periods if before and before.periods != frame.periods else ()
    return replace(frame, earlier=earlier, beside=beside.quantity if beside else None)


def _frame(one: Quantity, previous: Frame | None, following: Quantity | None, scene: Scene, words: Wordings) -> Frame:
    end = one.sentence_start + len(one.sentence)
    until = following.start if following and following.start < end else end
    after, before = scene.text[one.end : until], scene.text[one.sentence_start : one.start]
    base_words = _base_words(after)
    frame = Frame(one, after, before, base_words)
    frame = _with_stages(frame, previous, scene, words)
    frame = _with_offence(frame, scene, until, end)
    frame = _with_place(frame, scene, end)
    return replace(_with_period(frame, previous), who=_who(f"{one.quote}{after[:60]}", one.age))


def _base_words(after: str) -> str:
    of = _OF.match(after)
    if not of:
        return ""
    rest = after[of.end() : of.end() + _LONGEST]
    stop = _PREDICATE.search(rest)
    return rest[: stop.start()] if stop else rest


def _with_stages(frame: Frame, previous: Frame | None, scene: Scene, words: Wordings) -> Frame:
    one, after = frame.quantity, frame.after
    start = after.find(frame.base_words) + len(frame.base_words) if frame.base_words else 0
    told = after[start:] if one.kind != "count" else " ".join(re.split(r"\s+", after)[:FIRST_WORDS])
    rest = scene.text[one.end + len(after) : one.sentence_start + len(one.sentence)]
    stages = stages_in(told, words) or stages_in(rest, words) if one.kind != "count" else stages_in(told, words)
    stages = [*stages, *stages_in(frame.before, words, last=True)]
    if not stages and one.role and one.kind == "count":
        stages = ["recorded"]
    if one.kind == "count":
        stages = [*_of_count(one, told, words), *stages]
    bases: tuple[str, ...] = _bases(frame.base_words, words) if one.kind != "count" else ()
    if previous and _PRONOUN.match(after) and previous.stages:
        bases = (previous.stages[0],)
    is_negative = bool(_NOT.search(told[:60])) and bool(stages_in(told, words))
    asked = _asked(frame, scene)
    is_count = one.kind == "count" and not one.base
    is_ours = counts_ours(after, words.nouns) if is_count else is_of_ours(frame.base_words, words.nouns)
    if not is_ours:
        return replace(frame, stages=tuple(asked))
    return replace(
        frame, stages=tuple(dict.fromkeys([*asked, *stages])), base_stages=tuple(dict.fromkeys(bases)),
        is_negative=is_negative,
    )  # fmt: skip


def _of_count(one: Quantity, told: str, words: Wordings) -> list[str]:
    """The stage that the counted noun or its predicate names; 'offences recorded and charged' were charged."""
    found = stages_in(f"{one.unit} {told}", words)
    later = [stage for stage in found if stage not in ("recorded", "experienced")]
    return [*later, *found]


def stages_in(text: str, words: Wordings, *, last: bool = False) -> list[str]:
    """Return the stages that a text names, in the order in which they stand (or from the end)."""
    places: dict[str, int] = {}
    for stage, pattern in words.stages.items():
        hits = [m.start() for m in pattern.finditer(text)]
        if hits:
            places[stage] = -hits[-1] if last else hits[0]
    return sorted(places, key=lambda stage: places[stage])


def _bases(base_words: str, words: Wordings) -> tuple[str, ...]:
    found = next((stages for pattern, stages in words.bases if pattern.search(base_words)), ())
    return found if base_words else ()


def _asked(frame: Frame, scene: Scene) -> list[str]:
    """Whether people were asked, or files read, in this sentence or, for a share, in the same passage before it."""
    one = frame.quantity
    end = one.sentence_start + len(one.sentence)
    if scene.in_sentence(scene.official, one.sentence_start, end):
        return []
    said = [
        (len(scene.in_sentence(scene.asked, one.sentence_start, end)), "answered"),
        (len(scene.in_sentence(scene.audits, one.sentence_start, end)), "audited"),
    ]
    return [stage for hits, stage in said if hits]


def _with_offence(frame: Frame, scene: Scene, until: int, end: int) -> Frame:
    one = frame.quantity
    here = scene.in_sentence(scene.offences, one.sentence_start, end)
    close = nearest([m for m in here if m.start < until], one.start, until)
    mention = close or nearest(here, one.start, end) or scene.before(scene.offences, one.start)
    if not scene.offences and one.kind != "count":
        return replace(frame, offence=ASSUMED)
    return replace(frame, offence=mention.name if mention else "")


def _with_place(frame: Frame, scene: Scene, end: int) -> Frame:
    one = frame.quantity
    here = scene.in_sentence(scene.areas, one.sentence_start, end)
    close: Mention | None = nearest(here, one.start, end)
    if close:
        return replace(frame, place=close.name, place_is="stated")
    carried = scene.before(scene.areas, one.start)
    if carried is None:
        return frame
    named = {mention.name for mention in scene.areas}
    if carried.start >= scene.paragraph(one.start) or len(named) == 1:
        return replace(frame, place=carried.name, place_is="carried")
    return replace(frame, place_before=carried.name)


def _with_period(frame: Frame, previous: Frame | None) -> Frame:
    one = frame.quantity
    if one.span:
        return _with_own_period(replace(frame, period_words=one.span_words, period_is="stated"))
    if one.span_words or one.role == "from":
        return frame
    if previous and previous.periods and previous.quantity.sentence_start >= one.sentence_start - PASSAGE:
        return replace(frame, periods=previous.periods, period_words=previous.period_words, period_is="carried")
    return frame


def _with_own_period(frame: Frame) -> Frame:
    """Of a span of years, a value 'from' is of the first and a value 'to' of the last."""
    one = frame.quantity
    periods = tuple(dict.fromkeys(span.period for span in one.span or ()))
    is_long = all((p.months or 0) > YEAR or p.months is None for p in periods)
    if one.role and is_long:
        return replace(frame, periods=tuple(q for p in periods for q in _one_year(p, one.role)))
    return replace(frame, periods=periods)


def _one_year(period: Period, role: str) -> tuple[Period, ...]:
    """The first or the last year of a span, and the financial year that ends in it, by which years are named too."""
    year, month = (
        (period.start.year, period.start.month) if role == "from" else (period.end.year - 1, period.end.month + 1)
    )
    whole = Period.months_from(year + (month > YEAR), (month - 1) % YEAR + 1, YEAR)
    return whole, Period.financial_year(whole.start.year - 1)


def _who(words: str, age: str) -> tuple[str, ...]:
    found = [name for name, pattern in (("women", _WOMEN), ("men", _MEN)) if pattern.search(words)]
    return (*found[:1], *([age] if age else []))


def is_of_period(frame: Frame, row: dict[str, Any]) -> bool:
    """Whether a published figure is of the period that a number states; without one, or without dates, it may be."""
    if frame.period_is != "stated" or row["period_start"] is None:
        return True
    printed = Period(row["period_start"].date(), row["period_end"].date())
    return any(_is_nearly(period, printed) for period in frame.periods)


def _is_nearly(one: Period, other: Period) -> bool:
    """Whether two periods share nine days in ten: orders that began on the 20th were counted from that January."""
    shared = (min(one.end, other.end) - max(one.start, other.start)).days + 1
    return shared * 10 >= 9 * max(one.days, other.days)
