"""Frame each number of a draft: what it is of, by its own words, its sentence, or the passage before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stats.claims.draft.belonging import of_clause
from stats.claims.draft.frame import Frame
from stats.claims.draft.people import People, people_in
from stats.claims.draft.scene import Mention, Scene
from stats.claims.draft.stages import base_words_of, with_stages
from stats.claims.draft.times import with_period, with_year_before
from stats.claims.quantities import Quantity
from stats.registers.wordings import Wordings

ASSUMED = "stalking"
"""What a share is of in a text that names no offence: the shares of charges and convictions here are of it."""


def frames(found: Sequence[Quantity], scene: Scene, words: Wordings) -> list[Frame]:
    """Return a frame for each quantity of a text, in order."""
    made: list[Frame] = []
    for at, one in enumerate(found):
        others = (q for q in found[at + 1 :] if one.start not in (q.beside,) and q.start != one.beside)
        made.append(_frame(one, made[-1] if made else None, next(others, None), scene, words))
    placed = {frame.quantity.start: frame for frame in with_year_before(made)}
    return [_with_neighbours(frame, placed) for frame in placed.values()]


def _with_neighbours(frame: Frame, placed: dict[int, Frame]) -> Frame:
    """Return a frame with the number it starts from, and the one that states the same."""
    before, beside = (
        placed.get(at) if at is not None else None for at in (frame.quantity.before, frame.quantity.beside)
    )
    earlier = before.periods if before and before.periods != frame.periods else ()
    people = frame.people
    if beside and not people.sex:
        people = replace(people, sex=beside.people.sex or people_in(beside.quantity.quote).sex)
    return replace(frame, earlier=earlier, beside=beside.quantity if beside else None, people=people)


def _frame(one: Quantity, previous: Frame | None, following: Quantity | None, scene: Scene, words: Wordings) -> Frame:
    end = one.sentence_start + len(one.sentence)
    until = following.start if following and following.start < end else end
    since = max(one.sentence_start, previous.quantity.end if previous else 0)
    after, before = scene.text[one.end : until], scene.text[one.sentence_start : one.start]
    base_words = base_words_of(one, after)
    frame = Frame(one, after, before, base_words, own_before=scene.text[since : one.start], written=scene.written)
    frame = with_stages(frame, previous, scene, words)
    frame = _with_offence(frame, scene, since, until)
    frame = _with_place(frame, scene, since, until)
    return replace(with_period(frame, previous, scene), people=_people(one, after))


def _of_sentence(frame: Frame, mentions: tuple[Mention, ...], scene: Scene, since: int, until: int) -> Mention | None:
    """The name that a number belongs to in its sentence: of its own clause, else the last before, else the first."""
    one = frame.quantity
    here = scene.in_sentence(mentions, one.sentence_start, one.sentence_start + len(one.sentence))
    own = of_clause(here, scene.text, start=one.start, end=one.end, since=since, until=until)
    before = [m for m in here if m.start < one.start]
    return own or (before[-1] if before else here[0] if here else None)


def _with_offence(frame: Frame, scene: Scene, since: int, until: int) -> Frame:
    one = frame.quantity
    here = _of_sentence(frame, scene.offences, scene, since, until)
    mention = here or scene.before(scene.offences, one.start)
    if not scene.offences and one.kind != "count":
        return replace(frame, offence=ASSUMED, offence_is="assumed")
    return replace(frame, offence=mention.name if mention else "", offence_is="stated" if here else "carried")


def _with_place(frame: Frame, scene: Scene, since: int, until: int) -> Frame:
    one = frame.quantity
    here = _of_sentence(frame, scene.areas, scene, since, until)
    if here:
        return replace(frame, place=here.name, place_is="stated")
    carried = scene.before(scene.areas, one.start)
    if carried is None:
        return frame
    named = {mention.name for mention in scene.areas}
    if carried.start >= scene.passage(one.start) or len(named) == 1:
        return replace(frame, place=carried.name, place_is="carried")
    return replace(frame, place_before=carried.name)


def _people(one: Quantity, after: str) -> People:
    """Whom a number is of, by its own words and its base; 'women' elsewhere in the sentence are others."""
    found = people_in(f"{one.quote} {after[:60]}")
    return replace(found, ages=people_in(one.age).ages) if one.age else found
