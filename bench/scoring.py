"""What the checker of drafts gets right on passages whose answer is known. Pure counting: no file, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from stats.claims.draft.remarks import UNPLACED, Remark
from stats.claims.verdicts import RIGHT

LINTS = {
    "bare conviction rate": ("conviction", "rate-without-base"),
    "cases": ("cases",),
    "prevalence": ("prevalence",),
    "points": ("points",),
    "majority": ("majority",),
    "doubled": ("doubled", "across-break"),
    "no n": ("without-n",),
    "UK": ("united-kingdom",),
    "self-selected": ("self-selected", "people-who-answered"),
    "lifetime": ("lifetime",),
    "ranks": ("ranks",),
}
"""The rules on wording by their plain names, each with words that the id of the rule may hold."""


@dataclass(frozen=True)
class Span:
    """Words of a text, and where they stand."""

    quote: str
    start: int
    end: int

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch of the text shares a letter with it."""
        return start < self.end and self.start < end


@dataclass(frozen=True)
class Wanted(Span):
    """A number with the verdicts that it may come back with."""

    verdicts: tuple[str, ...]
    why: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be mended in it, or may be."""
        return any(verdict not in (*RIGHT, UNPLACED) for verdict in self.verdicts)


@dataclass(frozen=True)
class Passage:
    """One text with what is known of it.

    Parameters
    ----------
    id, text : str
    written : date, optional
        When it was written; None where that is not known, or does not matter.
    expect : tuple of Wanted
        The numbers whose verdict is demanded.
    quantities, not_claims : tuple of Span
        What must be found besides, and numbers that are nothing to check.
    lints, may_lint : tuple of str
        The rules on wording that must fire, and those of which one may think either way. `lints` None: not judged.
    all_else_is_right : bool
        Whether a number that is not listed has nothing to mend in it. In a false sentence that is left open.
    """

    id: str
    text: str
    written: date | None = None
    expect: tuple[Wanted, ...] = ()
    quantities: tuple[Span, ...] = ()
    not_claims: tuple[Span, ...] = ()
    lints: tuple[str, ...] | None = ()
    may_lint: tuple[str, ...] = ()
    all_else_is_right: bool = True
    forgiven: tuple[str, ...] = ()


@dataclass(frozen=True)
class Miss:
    """One thing that came out otherwise than it should."""

    id: str
    what: str
    about: str
    came_out: str

    def __str__(self) -> str:
        return f"{self.id}: {self.what}: '{self.about}'; {self.came_out}"


@dataclass(frozen=True)
class Score:
    """Counts over passages; two scores add up."""

    passages: int = 0
    wanted: int = 0
    found: int = 0
    not_claims: int = 0
    taken_wrongly: int = 0
    demanded: int = 0
    right: int = 0
    false_alarms: int = 0
    lints_demanded: int = 0
    lints_right: int = 0
    lints_wrongly: int = 0
    misses: tuple[Miss, ...] = field(default=())

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of scores."""
    return sum(scores, Score())


def score(passage: Passage, remarks: Sequence[Remark]) -> Score:
    """Return how the remarks on one passage stand to what is known of it."""
    numbers = [remark for remark in remarks if not remark.lint]
    missed = [
        *_not_found(passage, numbers), *_taken_wrongly(passage, numbers), *_wrong_verdicts(passage, numbers),
        *_false_alarms(passage, numbers), *_lints_missing(passage, remarks), *_lints_wrongly(passage, remarks),
    ]  # fmt: skip
    count = {what: sum(miss.what == what for miss in missed) for what in KINDS}
    wanted, lints = len(passage.expect) + len(passage.quantities), len(passage.lints or ())
    return Score(
        passages=1, wanted=wanted, found=wanted - count[NOT_FOUND], not_claims=len(passage.not_claims),
        taken_wrongly=count[TAKEN], demanded=len(passage.expect), right=len(passage.expect) - count[VERDICT],
        false_alarms=count[ALARM], lints_demanded=lints, lints_right=lints - count[LINT_MISSING],
        lints_wrongly=count[LINT_WRONGLY], misses=tuple(missed),
    )  # fmt: skip


NOT_FOUND, TAKEN, VERDICT = "not found", "taken for a claim", "verdict"
ALARM, LINT_MISSING, LINT_WRONGLY = "false alarm", "wording not noticed", "wording blamed wrongly"
KINDS = (NOT_FOUND, TAKEN, VERDICT, ALARM, LINT_MISSING, LINT_WRONGLY)
"""What may go wrong, in the words that a miss is listed under."""


def _not_found(passage: Passage, numbers: list[Remark]) -> list[Miss]:
    wanted = (*passage.expect, *passage.quantities)
    return [Miss(passage.id, NOT_FOUND, w.quote, "nothing said of it") for w in wanted if not _over(w, numbers)]


def _taken_wrongly(passage: Passage, numbers: list[Remark]) -> list[Miss]:
    taken = [(span, remark) for span in passage.not_claims for remark in numbers
             if span.meets(*_where(remark, passage.text))]  # fmt: skip
    first = {span: remark for span, remark in reversed(taken)}
    return [Miss(passage.id, TAKEN, span.quote, _said(remark)) for span, remark in first.items()]


def _wrong_verdicts(passage: Passage, numbers: list[Remark]) -> list[Miss]:
    found = [(wanted, _over(wanted, numbers)) for wanted in passage.expect]
    return [
        Miss(passage.id, VERDICT, wanted.quote, f"wanted {' or '.join(wanted.verdicts)}; {_all_said(over)}")
        for wanted, over in found
        if not {remark.verdict for remark in over} & set(wanted.verdicts)
    ]


def _false_alarms(passage: Passage, numbers: list[Remark]) -> list[Miss]:
    to_mend = [remark for remark in numbers if remark.is_to_mend and remark.verdict not in passage.forgiven]
    return [Miss(passage.id, ALARM, remark.quote, _said(remark)) for remark in to_mend if _is_false(passage, remark)]


def _is_false(passage: Passage, remark: Remark) -> bool:
    """Whether a remark blames what is right: something wrong excuses it, and what is left open does too."""
    met = [wanted for wanted in passage.expect if wanted.meets(remark.start, remark.end)]
    left_open = any(span.meets(remark.start, remark.end) for span in passage.quantities)
    return not any(wanted.is_wrong for wanted in met) and (bool(met) or passage.all_else_is_right or not left_open)


def _lints_missing(passage: Passage, remarks: Sequence[Remark]) -> list[Miss]:
    fired = {_plain(remark.lint) for remark in remarks if remark.lint}
    came_out = f"came out: {', '.join(sorted(fired)) or 'none'}"
    return [Miss(passage.id, LINT_MISSING, lint, came_out) for lint in passage.lints or () if lint not in fired]


def _lints_wrongly(passage: Passage, remarks: Sequence[Remark]) -> list[Miss]:
    if passage.lints is None:
        return []
    fine = {*passage.lints, *passage.may_lint}
    wrongly = [remark for remark in remarks if remark.lint and _plain(remark.lint) not in fine]
    return [
        Miss(passage.id, LINT_WRONGLY, remark.quote, f"{_plain(remark.lint)}: {remark.reason}") for remark in wrongly
    ]


def _over(span: Span, remarks: list[Remark]) -> list[Remark]:
    return [remark for remark in remarks if span.meets(remark.start, remark.end)]


def _where(remark: Remark, text: str) -> tuple[int, int]:
    """Return where the number of a remark stands, which may be a part of what it quotes."""
    start = text.find(remark.value, remark.start, remark.end) if remark.value else -1
    return (remark.start, remark.end) if start < 0 else (start, start + len(remark.value))


def _plain(lint: str) -> str:
    named = lint.casefold()
    return next((name for name, words in LINTS.items() if named == name.casefold() or _holds(named, words)), lint)


def _holds(named: str, words: Iterable[str]) -> bool:
    return any(word in named for word in words)


def _said(remark: Remark) -> str:
    return f"came out {remark.verdict}: {remark.reason}"


def _all_said(remarks: list[Remark]) -> str:
    return "; ".join(_said(remark) for remark in remarks) or "nothing came out"
