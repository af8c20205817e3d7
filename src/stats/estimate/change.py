"""Differences, ratios and sums of two estimates, and the refusal of those that would mislead."""

from __future__ import annotations

import math
from dataclasses import replace

from stats import present
from stats.errors import NotComparable, NotHonest
from stats.estimate.differences import counts_of, share_difference
from stats.estimate.estimate import Contract, Estimate, full_count
from stats.estimate.ratios import share_ratio
from stats.estimate.shape import Estimator
from stats.period import Period
from stats.registers import Area

READ_MORE = "Read docs/methodology.md, 'What is refused'."


def difference(
    before: Estimate,
    after: Estimate,
    *,
    across_breaks: bool = False,
    across_releases: bool = False,
    across_ages: bool = False,
) -> Estimate:
    """Return `after` less `before`: counts in their unit, shares as a share (times 100: percentage points).

    Shares of two random samples, made by `proportion`, get the interval of `share_difference` at their own level.

    Parameters
    ----------
    before, after : Estimate
        With contracts.
    across_breaks, across_releases, across_ages : bool
        Say so, to compare across a registered break, between two releases, or between cohorts whose outcomes have had
        unlike time to arrive.

    Raises
    ------
    NotComparable
        For unlike measures, offences, areas and periods, a break between them, two releases, or cohorts of unlike age.
    NotHonest
        For anything but two full counts or two independent random samples whose counts are known.
    """
    comparable(before, after, across_breaks=across_breaks, across_releases=across_releases, across_ages=across_ages)
    if _are_samples(before, after):
        return _of_samples(share_difference, before, after)
    return _derived(after.value - before.value, before, after, f"change in {after.unit}", "difference")


def ratio(
    before: Estimate,
    after: Estimate,
    *,
    across_breaks: bool = False,
    across_releases: bool = False,
    across_ages: bool = False,
) -> Estimate:
    """Return `after` over `before`, as `difference` does its difference; refuses what that refuses, and a zero base."""
    comparable(before, after, across_breaks=across_breaks, across_releases=across_releases, across_ages=across_ages)
    if before.value == 0:
        raise NotComparable(
            "nothing can be set in ratio to zero.", [("before", _named(before))], "Give the two counts instead."
        )
    if _are_samples(before, after):
        return _of_samples(share_ratio, before, after)
    return _derived(after.value / before.value, before, after, "ratio", "ratio")


def total(first: Estimate, second: Estimate) -> Estimate:
    """Return the sum of two counts of the same measure: adjoining periods of one area, or two areas in one period.

    Raises
    ------
    NotComparable
        For shares and rates, unlike measures, two releases, periods that overlap or leave a hole, or areas of
        which one lies inside the other.
    """
    a, b = _contracts(first, second)
    _same_series(a, b, first, second)
    if first.unit != "count":
        raise NotComparable(
            "shares and rates cannot be added.",
            [("asked", f"{_named(first)} and {_named(second)}")],
            "Add the numerators and the denominators, then divide.",
        )
    _same_release(a, b)
    if a.area == b.area and (a.period.follows(b.period) or b.period.follows(a.period)):
        period = Period(min(a.period.start, b.period.start), max(a.period.end, b.period.end))
        _no_break_between(a, b, first, second, mend="A sum across a break means neither the one thing nor the other.")
        return full_count(first.value + second.value, contract=replace(a, period=period))
    if a.period == b.period and _are_apart(a.area, b.area):
        breaks = tuple({entry.id: entry for entry in (*a.breaks, *b.breaks)}.values())
        joined = replace(a, area=_joined(a.area, b.area), breaks=breaks)
        return full_count(first.value + second.value, contract=joined)
    raise NotComparable(
        "these two counts overlap or leave a hole between them.",
        [("first", _named(first)), ("second", _named(second))],
        "Add adjoining periods of one area, or areas that do not overlap in one period.",
    )


def _are_apart(a: Area, b: Area) -> bool:
    """Whether no force is in both areas; a sum of areas goes by the codes of its parts."""
    inside = [set(area.code.split("+")) for area in (a, b)]
    above = [set((area.part_of or "").split("+")) for area in (a, b)]
    return "nations" not in (a.kind, b.kind) and not (
        inside[0] & inside[1] or above[0] & inside[1] or above[1] & inside[0]
    )


def _joined(a: Area, b: Area) -> Area:
    parts = sorted({*(a.part_of or "").split("+"), *(b.part_of or "").split("+")} - {""})
    return Area(code=f"{a.code}+{b.code}", name=f"{a.name} and {b.name}", kind=a.kind, part_of="+".join(parts))


def comparable(
    before: Estimate,
    after: Estimate,
    *,
    across_breaks: bool = False,
    across_releases: bool = False,
    across_ages: bool = False,
) -> None:
    """Stop if two estimates must not be set side by side; the arguments are those of `difference`."""
    a, b = _contracts(before, after)
    _same_series(a, b, before, after)
    if a.area != b.area and a.period != b.period:
        raise NotComparable(
            "these two numbers differ in area and in period at once.",
            [("before", _named(before)), ("after", _named(after))],
            "Compare one area over time, or two areas in one period.",
        )
    if not a.period.is_like(b.period):
        raise NotComparable(
            f"{a.period.length()} cannot be compared with {b.period.length()}.",
            [("before", _named(before)), ("after", _named(after))],
            "Choose two periods of the same length. " + READ_MORE,
        )
    if a.measure.grows and a.period != b.period and not across_ages:
        raise NotComparable(
            f"'{a.measure.plain_name}' still grows, and these two periods have had unlike time for it.",
            [("before", _named(before)), ("after", _named(after))],
            "Compare two areas in one period, or pass across_ages=True and say so. " + READ_MORE,
        )
    if not across_breaks:
        _no_break_between(a, b, before, after)
    if not across_releases:
        _same_release(a, b)


def _contracts(first: Estimate, second: Estimate) -> tuple[Contract, Contract]:
    if first.contract is None or second.contract is None:
        raise NotComparable(
            "a number without its measure, area, period and release cannot be compared.",
            [("first", _named(first)), ("second", _named(second))],
            "Make both from the tidy tables, so that each carries its contract.",
        )
    return first.contract, second.contract


def _same_series(a: Contract, b: Contract, first: Estimate, second: Estimate) -> None:
    if a.measure != b.measure:
        raise NotComparable(
            f"'{a.measure.plain_name}' and '{b.measure.plain_name}' are two measures.",
            [
                ("first", f"{_named(first)}; base: {a.measure.base}"),
                ("second", f"{_named(second)}; base: {b.measure.base}"),
            ],
            "Compare numbers of one measure. " + READ_MORE,
        )
    if a.offence != b.offence:
        raise NotComparable(
            "these two numbers count different offences.",
            [("first", _named(first)), ("second", _named(second))],
            "Ask for the same offence group in both.",
        )


def _no_break_between(a: Contract, b: Contract, before: Estimate, after: Estimate, *, mend: str = "") -> None:
    for entry in {x.id: x for x in (*a.breaks, *b.breaks)}.values():
        in_one = (entry in a.breaks) != (entry in b.breaks)
        if entry.kind == "break" and (a.period != b.period or in_one) and entry.parts(a.period, b.period):
            when = entry.when
            raise NotComparable(
                f"{a.subject} cannot be compared across {when}.",
                [("asked", f"{_short(before)} with {_short(after)}, {a.area.name}"), ("break", entry.what_changed)],
                mend or f"Start at {when}, or pass across_breaks=True and the break will be drawn and named.",
            )


def _same_release(a: Contract, b: Contract) -> None:
    if a.release != b.release:
        raise NotComparable(
            "these two numbers come from two releases, and past quarters are revised in every release.",
            [("first", f"{a.period} from {a.release}"), ("second", f"{b.period} from {b.release}")],
            "Take both from one release, or pass across_releases=True and say so.",
        )


def _are_samples(before: Estimate, after: Estimate) -> bool:
    """Whether both are random samples; stops if they are not and are not full counts either."""
    if before.basis != after.basis or before.basis not in ("sample", "full count"):
        raise NotHonest(
            "only two full counts, or two random samples, have a difference or a ratio.",
            [("before", f"{_named(before)}; {before.basis}"), ("after", f"{_named(after)}; {after.basis}")],
            "Give each with its own base, and do not read overlap as a test.",
        )
    return before.basis == "sample"


def _of_samples(contrast: Estimator, before: Estimate, after: Estimate) -> Estimate:
    """Set two random samples side by side by the counts behind their shares."""
    a, b = _contracts(before, after)
    evidence = [("before", _named(before)), ("after", _named(after))]
    is_apart_in_time = a.period.end < b.period.start or b.period.end < a.period.start
    if not (is_apart_in_time or _are_apart(a.area, b.area)):
        raise NotHonest(
            "these two samples share people, so they do not vary apart.",
            evidence,
            "Choose two areas, or two periods, that do not overlap.",
        )
    if before.level != after.level:
        raise NotHonest("these two shares have intervals of two levels.", evidence, "Make both at one level.")
    return contrast(*counts_of(after), *counts_of(before), basis="sample", level=after.level)


def _derived(value: float, before: Estimate, after: Estimate, unit: str, method: str) -> Estimate:
    return Estimate(value, math.nan, math.nan, unit, f"{method} of two full counts", math.nan, before.n, after.basis)


def _short(estimate: Estimate) -> str:
    period = estimate.contract.period.label if estimate.contract else "no period"
    return f"{period} ({_number(estimate)})"


def _named(estimate: Estimate) -> str:
    if estimate.contract is None:
        return f"{_number(estimate)} {estimate.unit}, no contract"
    c = estimate.contract
    return f"{c.subject}, {c.area.name}, {_short(estimate)}"


def _number(estimate: Estimate) -> str:
    return present.value(estimate.value, unit=estimate.unit, n=estimate.n)
