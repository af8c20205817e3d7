"""What a number counts, and what it is a share of, by the words round it."""

from __future__ import annotations

import re
from dataclasses import replace

from stats.claims.draft.frame import Frame
from stats.claims.draft.nouns import counts_ours, is_of_ours
from stats.claims.draft.scene import Scene
from stats.claims.quantities import Quantity
from stats.registers.wordings import Wordings

_PREDICATE = re.compile(
    r"\b(?:were|was|are|is|be|will|would|can|could|may|might|had|have|has|that|which|who|think|say|says|feel|face|"
    r"end(?:ed|ing|s)?|result(?:ed|ing|s)?|led|lead(?:s|ing)?"
    r"|receiv\w+|said|did|do|does|go|goes|went|reach\w*|get|got|see|saw|became|become|saying|felt|believ\w+|contacted"
    r"|being|been|show\w*|experienced|report(?=\s+(?:being|having)))\b|[,;:.()\u2013\u2014]| - "
)
_OF = re.compile(r"^\s*(?:percentage points? )?of\s+(?:all |the |its |their |those |these |every )*", re.I)
_N_IN_M = re.compile(r"\b(?:in|out of|of)(?: the| every| all)? [\w,]+$", re.I)
_PRONOUN = re.compile(r"^\s*(?:of )?(?:these|those|them|which|whom)\b(?!\s+\w*(?:cases|offences|reports|crimes))", re.I)
_NOT = re.compile(r"\b(?:not|never|no|without|failed to|n't|nobody|fewer|didn\S?t|don\S?t|doesn\S?t)\b", re.I)
_TO_POLICE = re.compile(r"\b(?:reported|recorded|logged)\b(?! (?:experienc\w+|being|having|that|they)\b)", re.I)
_CLAUSE = re.compile(r";|\s[\u2013\u2014]\s")
_VERB = re.compile(
    r"\b(charged|convicted|prosecuted|cautioned|jailed|sentenced|recorded|logged)"
    r"(?: (?:just|only|over|about|some))?\s*$",
    re.I,
)
_NEXT_VERB = re.compile(r"[,;]?\s*(?:and|but)\s+(?:\w+ )?\w+ed(?: (?:just|only))?\s*$", re.I)
_ESTIMATED = re.compile(r"\bestimat", re.I)
_LONGEST = 160

PLACES = ("force", "forces", "area", "areas")
"""Counts of these are of no offences."""

FIRST_WORDS = 14
"""How far after a count the words may stand that say what became of it."""


def with_stages(frame: Frame, previous: Frame | None, scene: Scene, words: Wordings) -> Frame:
    """Return a frame with the stages that its number may count and may be a share of, the likeliest first."""
    one = frame.quantity
    if one.kind == "count":
        return _of_a_count(frame, scene, words)
    start = frame.after.find(frame.base_words) + len(frame.base_words) if frame.base_words else 0
    told = _CLAUSE.split(frame.after[start:], maxsplit=1)[0]
    rest = scene.text[one.end + len(frame.after) : one.sentence_start + len(one.sentence)]
    stages = [*(stages_in(told, words) or stages_in(rest, words)), *stages_in(frame.before, words, last=True)]
    bases = words.base_stages(frame.base_words) if frame.base_words else ()
    if previous and _PRONOUN.match(frame.after) and previous.stages:
        bases = (previous.stages[0],)
    asked = _asked(frame, scene)
    stages = _without_official(stages, frame, scene)
    if not is_of_ours(frame.base_words, words.nouns):
        return replace(frame, stages=asked)
    return replace(
        frame, stages=_unique([*asked, *_recorded_last(stages)]), base_stages=_unique(bases),
        is_negative=bool(_NOT.search(told[:60])) and bool(stages_in(told, words)),
    )  # fmt: skip


def _of_a_count(frame: Frame, scene: Scene, words: Wordings) -> Frame:
    """The counted noun or its predicate names the stage; 'offences recorded and charged' were charged."""
    one, asked = frame.quantity, _asked(frame, scene)
    if one.reading.low == one.reading.high and one.reading.low.denominator != 1:
        return frame
    if not one.base and not counts_ours(frame.after, words.nouns):
        return replace(frame, stages=asked)
    start = frame.after.find(frame.base_words) + len(frame.base_words) if frame.base_words else 0
    told = _NEXT_VERB.sub("", _CLAUSE.split(frame.after[start:], maxsplit=1)[0])
    told = " ".join(re.split(r"\s+", told)[:FIRST_WORDS])
    found, counted = list(stages_in(told, words)), stages_in(one.unit, words)
    if one.unit in PLACES:
        found = [stage for stage in found if stage.startswith("order")]
    later = [stage for stage in found if stage not in ("recorded", "experienced")]
    later += ["recorded"] if _TO_POLICE.search(told) and one.unit not in PLACES else []
    verb = _VERB.search(frame.own_before)
    direct = stages_in(verb[1], words) if verb and one.unit not in PLACES else []
    own = [] if one.unit in PLACES else stages_in(frame.own_before, words, last=True)
    before = [] if one.unit in PLACES else stages_in(frame.before, words, last=True)
    is_weak = not (direct or found or own or counted or one.role)
    stages = [*direct, *later, *found, *own, *counted, *before] or (["recorded"] if one.role else [])
    if _ESTIMATED.search(f"{frame.before[-20:]} {one.quote}"):
        stages = ["experienced", *stages]
    return replace(frame, stages=_unique([*asked, *_without_official(stages, frame, scene)]), is_weak=is_weak)


def _without_official(stages: list[str], frame: Frame, scene: Scene) -> list[str]:
    """An official survey asked a sample of everybody, and its numbers are of those who experienced it."""
    one = frame.quantity
    is_official = scene.in_sentence(scene.official, one.sentence_start, one.sentence_start + len(one.sentence))
    return [stage for stage in stages if stage != "answered"] if is_official else stages


def _recorded_last(stages: list[str]) -> list[str]:
    """A share is hardly ever of what was recorded: the word belongs to its base."""
    return sorted(stages, key=lambda stage: stage == "recorded")


def _unique(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def base_words_of(one: Quantity, after: str) -> str:
    """The noun of the base: after "of", or after a share that ends in its base: '83 of the 1,531'."""
    of = _OF.match(after)
    if not of and not (one.kind == "share" and (one.base or _N_IN_M.search(one.quote))):
        return ""
    start = of.end() if of else 0
    rest = after[start : start + _LONGEST]
    stop = _PREDICATE.search(rest)
    return rest[: stop.start()] if stop else rest


def stages_in(text: str, words: Wordings, *, last: bool = False) -> list[str]:
    """Return the stages that a text names, in the order in which they stand (or from the end)."""
    places: dict[str, int] = {}
    for stage, pattern in words.stages.items():
        hits = [m.start() for m in pattern.finditer(text)]
        if hits:
            places[stage] = -hits[-1] if last else hits[0]
    return sorted(places, key=lambda stage: places[stage])


def _asked(frame: Frame, scene: Scene) -> tuple[str, ...]:
    """Whether people were asked, or files read, in this sentence or, for a share, in the same passage before it."""
    one = frame.quantity
    end = one.sentence_start + len(one.sentence)
    if scene.in_sentence(scene.official, one.sentence_start, end):
        return ()
    said = [
        (len(scene.in_sentence(scene.asked, one.sentence_start, end)), "answered"),
        (len(scene.in_sentence(scene.audits, one.sentence_start, end)), "audited"),
    ]
    return tuple(stage for hits, stage in said if hits)
