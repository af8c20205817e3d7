"""A draft as the rules on wording read it: its sentences, each with its numbers, its neighbours and its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from stats.claims.facts import Facts
from stats.claims.quantities import Quantity
from stats.claims.sentences import sentences

_ALIKE = str.maketrans({
    "\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ",
    "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-",
})  # fmt: skip
"""Letter for letter, so that every place stays what it is."""

WORD = r"[\w'-]{1,30}(?:,\d{3}){0,4}"
"""One word or figure, of bounded length, so that no pattern can run away over a long one."""

_NEW_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def phrase(pattern: str) -> re.Pattern[str]:
    """Return a pattern of words, in any case, whose single blanks stand for up to three: a wrapped line has more."""
    return re.compile(pattern.replace(" ", " {1,3}"), re.I)


@dataclass(frozen=True)
class Lint:
    """One passage whose words mislead; `text[start:end]` are the words.

    Parameters
    ----------
    name : str
        The rule that was broken.
    start, end : int
        Where the words stand in the text of the draft.
    verdict : str
        One of `stats.claims.verdicts.VERDICTS`.
    reason : str
        One plain sentence.
    suggestion : str
        What to write instead; it brings no figure of its own.
    """

    name: str
    start: int
    end: int
    verdict: str
    reason: str
    suggestion: str


@dataclass(frozen=True)
class Passage:
    """One sentence: its words with blanks and quotation marks made alike, and the numbers found in it.

    `start` is its place in the draft, `paragraph` the number of its paragraph, `before` and `after` its neighbours.
    """

    text: str
    start: int
    paragraph: int
    found: tuple[Quantity, ...] = ()
    before: str = ""
    after: str = ""

    @cached_property
    def low(self) -> str:
        """The words in lower case, to be searched for a word; places in it may differ."""
        return self.text.lower()

    @cached_property
    def shares(self) -> tuple[Quantity, ...]:
        """The numbers that are shares of something."""
        return tuple(one for one in self.found if is_share(one))

    @cached_property
    def changes(self) -> tuple[Quantity, ...]:
        """The numbers that say how much something moved."""
        return tuple(one for one in self.found if is_change(one))

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether the sentence holds words of a pattern; looked for once, however often it is asked."""
        if pattern not in self._looked_for:
            self._looked_for[pattern] = bool(pattern.search(self.text))
        return self._looked_for[pattern]

    @cached_property
    def _looked_for(self) -> dict[re.Pattern[str], bool]:
        return {}

    @property
    def around(self) -> tuple[str, str, str]:
        """The sentence and its two neighbours."""
        return self.text, self.before, self.after

    def ends(self, one: Quantity) -> tuple[int, int]:
        """Where a number stands in the sentence."""
        return one.start - self.start, one.end - self.start

    def ahead(self, place: int, most: int = 60) -> str:
        """The words before a place, as far back as `most` letters."""
        return self.text[max(0, place - most) : place]

    def beyond(self, place: int, most: int = 60) -> str:
        """The words from a place on, as far as `most` letters."""
        return self.text[place : place + most]

    def lint(self, name: str, start: int, end: int, said: tuple[str, str, str]) -> Lint:
        """Return a lint on some words of the sentence; `said` are its verdict, reason and suggestion."""
        return Lint(name, self.start + start, self.start + end, *said)


@dataclass(frozen=True)
class Page:
    """A whole draft: its sentences in order, and the day it was written, if that is known."""

    passages: tuple[Passage, ...]
    written: date | None = None

    def takes_back(self, lint: Lint) -> bool:
        """Whether the draft says of the words, in their own sentence, that they are false."""
        at = bisect_right(self.passages, lint.start, key=lambda passage: passage.start) - 1
        return is_taken_back(self.passages[at], lint.start - self.passages[at].start)

    def paragraphs_with(self, holds: Callable[[Passage], object]) -> frozenset[int]:
        """Return the numbers of the paragraphs in which a sentence has something."""
        return frozenset(p.paragraph for p in self.passages if holds(p))


Rule = Callable[[Page, Facts], Iterator[Lint]]


def page(text: str, found: Sequence[Quantity], written: date | None) -> Page:
    """Return a draft cut into passages, each with the numbers that were found in it."""
    places, plain = places_of(text), text.translate(_ALIKE)
    by_start: dict[int, list[Quantity]] = defaultdict(list)
    for one in found:
        by_start[one.sentence_start].append(one)
    said = ["", *(plain[start:end] for start, end in places), ""]
    passages = [
        Passage(said[at], start, paragraph, tuple(by_start[start]), said[at - 1], said[at + 1])
        for at, ((start, _), paragraph) in enumerate(zip(places, _paragraphs(text, places), strict=True), start=1)
    ]
    return Page(tuple(passages), written)


@lru_cache(maxsize=2)
def places_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence starts and ends; kept, since every remark asks for it again."""
    return tuple(sentences(text))


def _paragraphs(text: str, places: Sequence[tuple[int, int]]) -> list[int]:
    numbers = [0] if places else []
    for (_, end), (start, _) in pairwise(places):
        numbers.append(numbers[-1] + bool(_NEW_PARAGRAPH.search(text, end, start)))
    return numbers


def is_near(paragraph: int, among: frozenset[int]) -> bool:
    """Whether something stands in this paragraph or in one of the two before it."""
    return any(paragraph - back in among for back in range(3))


_OPENED = re.compile(r"[\"'`*_](?:(?:the|a|an|bare) {1,3})?$", re.I)
_CLOSED = re.compile(r"[,.;:!?]?[\"'`*_]")
_NAMED = phrase(r"\b(?:the|a) (?:words?|phrase|term|expression|label)s?(?: of)? [\"'`*_]?$")


def is_mentioned(passage: Passage, start: int, end: int) -> bool:
    """Whether the text speaks of the words rather than in them: they alone stand in quotation marks."""
    ahead = passage.ahead(start, 24)
    return bool((_OPENED.search(ahead) and _CLOSED.match(passage.beyond(end, 2))) or _NAMED.search(ahead))


_DENIAL = phrase(
    r"(?:\b(?:not|never|no|nobody|nor|cannot|without|neither|refus(?:e|es|ed|ing)|avoid(?:s|ing)?|rather than"
    r"|instead of)"
    rf"|n't)\b(?! (?:surprise|doubt|wonder|longer|only|just)\b)(?: {WORD}){{0,6}}[\s\"'(-]{{0,4}}$"
)


def is_denied(passage: Passage, start: int) -> bool:
    """Whether the words stand under a 'not', a 'never' or a 'rather than' of the same clause."""
    return bool(_DENIAL.search(passage.ahead(start)))


_SAY = r"(?:say|claim|suggest|write|state|argue|conclude|print|assert)"
_FALSE = (
    r"(?:simply |quite |just |plainly |also )?(?:false|wrong|untrue|not true|incorrect|not correct|inaccurate"
    r"|misleading|mistaken|nonsense|a myth|a mistake)"
)
_TAKES_BACK = phrase(
    rf"\b(?:it|that) (?:is|was|would be) {_FALSE} to (?:{_SAY}|report|call|speak)\b"
    r"|\bit (?:is|was) (?:false|untrue|not true|incorrect|inaccurate|a myth|nonsense|not the case) that\b"
    rf"|\b(?:nobody|no one) (?:should|must|may|can) {_SAY} that\b"
    rf"|\b(?:(?:should|must|may|can|do|does|did)(?: not|n't)|cannot|can't|never) {_SAY} that\b"
)
_TURNS = phrase(
    r"[;:\u2014]| [\u2013-] |\b(?:but|because|since|in (?:fact|truth)|actually|instead|whereas|yet|when|while)\b"
)
_TAKEN_BACK = phrase(
    rf"\b(?:(?:claim(?:s|ed)|said|says|wrote|stated|told|posted|tweeted|headlines?)\b"
    rf"(?P<one>.{{1,300}}?)[;,\u2013\u2014-]"
    rf"[\"']? ?(?:but )?(?:this|that|which|it)|(?:claim|suggestion|idea|statement|assertion|headline) that\b"
    rf"(?P<two>.{{1,300}}?)) (?:is|was) {_FALSE}\b"
)


def is_taken_back(passage: Passage, start: int) -> bool:
    """Whether the sentence itself says that what stands there is false: 'it is wrong to say that ...'."""
    begin = max(0, start - _REACH)
    taking = _TAKES_BACK.finditer(passage.text, begin, start)
    if any(not _TURNS.search(passage.text, found.end(), start) for found in taking):
        return True
    found = _TAKEN_BACK.search(passage.text, begin, start + _REACH)
    name = "one" if found and found["one"] else "two"
    return found is not None and found.start(name) <= start < found.end(name)


_REACH = 300
"""In letters: how far off in its sentence a number may be taken back; a damaged text has sentences without end."""


def is_share(one: Quantity) -> bool:
    """Whether a number is a share of something, and neither a change nor the two ends of one."""
    return one.kind == "share" and not is_change(one)


_MOVED = phrase(
    r"(?:increase|rise|jump|surge|growth|leap|spike|uplift|hike|fall|drop|decrease|decline|reduction|cut)s?\b"
)


def is_change(one: Quantity) -> bool:
    """Whether a number says how much something moved: 'doubled', 'up 30%', 'a 66% rise', '310 fewer'."""
    return one.kind in ("change", "points", "difference") or (
        one.kind in ("share", "ratio") and bool(_MOVED.match(one.is_of))
    )
