"""The rules on wording: what a draft must not say whatever its numbers are, each rule a line that a reader can see."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from stats.claims.draft.lint_breaks import across_breaks
from stats.claims.draft.lint_cases import cases
from stats.claims.draft.lint_measures import lifetime, prevalence
from stats.claims.draft.lint_page import Lint, Rule, page, places_of
from stats.claims.draft.lint_places import ranks, united_kingdom
from stats.claims.draft.lint_rates import bare_conviction_rate, forbidden_name, rate_without_base
from stats.claims.draft.lint_shares import majority, percentage_points
from stats.claims.draft.lint_surveys import people_who_answered, without_n
from stats.claims.draft.remarks import Remark
from stats.claims.facts import Facts
from stats.claims.quantities import Quantity

__all__ = ["LINTS", "Lint", "as_remark", "lints"]

LINTS: dict[str, str] = {
    "conviction-rate": "A conviction rate says of whom or of what it is a share.",
    "rate-without-base": "A charge rate, or another rate with a number, says of what it is a share.",
    "forbidden-name": "A measure is not called by a name that its entry in the register forbids.",
    "cases": "'Cases' does not stand for offences, outcomes or people.",
    "prevalence": "Crime that the police recorded is not called how much stalking there is.",
    "lifetime": "A share of people stalked in their lifetime is not said of one year, nor the other way round.",
    "percentage-points": "A move between two shares is told in percentage points, or as a change from the first.",
    "majority": "A vast majority is at least three quarters, and a majority more than half.",
    "across-break": "A change is not measured across a break of its series, nor between unlike periods.",
    "survey-without-n": "A share from a survey says how many people answered.",
    "people-who-answered": "People who chose to answer a survey are not called all victims.",
    "united-kingdom": "Numbers of England and Wales are not said of the United Kingdom.",
    "ranks": "Police forces are not ranked.",
}
"""Every rule by its name: what it asks for."""

_RULES: tuple[Rule, ...] = (
    bare_conviction_rate, rate_without_base, forbidden_name, cases, prevalence, lifetime, percentage_points, majority,
    across_breaks, without_n, people_who_answered, united_kingdom, ranks,
)  # fmt: skip


def lints(text: str, found: Sequence[Quantity], facts: Facts, *, written: date | None = None) -> list[Lint]:
    """Return the passages of a draft whose words mislead, in order; no two of one rule overlap.

    Parameters
    ----------
    text : str
    found : sequence of Quantity
        The numbers of this text, as `stats.claims.quantities` gives them.
    facts : Facts
        As at a day, if one was asked for.
    written : datetime.date, optional
        When the draft was written: 'since 2019' and 'in five years' are read up to it. Without it they are read up to
        the newest release that was out, and never by the clock.
    """
    draft = page(text, found, written)
    every = (lint for rule in _RULES for lint in rule(draft, facts) if not draft.takes_back(lint))
    return list(_apart(sorted(every, key=lambda one: (one.start, one.end, one.name))))


def as_remark(lint: Lint, text: str) -> Remark:
    """Return a lint as a finding on the draft it was found in."""
    places = places_of(text)
    start, end = places[bisect_right(places, (lint.start, len(text) + 1)) - 1]
    return Remark(
        text[lint.start : lint.end], text[start:end], lint.start, lint.end, lint.verdict, lint.reason,
        suggestion=lint.suggestion, lint=lint.name,
    )  # fmt: skip


def _apart(every: Iterable[Lint]) -> Iterator[Lint]:
    ends: dict[str, int] = {}
    for lint in every:
        if lint.start >= ends.get(lint.name, 0):
            ends[lint.name] = lint.end
            yield lint
