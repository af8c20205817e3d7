"""Rules on the numbers that a claim prints itself: its arithmetic, its base, and the periods it sets side by side."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from stats import present
from stats.claims.agreeing import overlap, readings
from stats.claims.facts import Facts
from stats.claims.feasible import bases_for, within
from stats.claims.verdicts import Verdict
from stats.claims.wording import Reading, read_words
from stats.errors import NotComparable
from stats.estimate.change import comparable
from stats.estimate.counts import DATASET
from stats.estimate.estimate import Contract, Estimate, full_count
from stats.period import Period
from stats.registers.claims import Claim, Part


def shares_are_computed(claim: Claim, facts: Facts) -> Verdict | None:
    """'a of b (c%)': a over b must round to c."""
    wrong: list[tuple[Part, str]] = []
    right: list[tuple[Part, str]] = []
    for part in claim.parts:
        if part.of and part.words:
            share = Fraction(part.n, part.of)
            said = f"{present.count(part.n)} of {present.count(part.of)} is {_one_decimal(share)}"
            (right if read_words(part.words).holds(share) else wrong).append((part, said))
    if not wrong:
        return None
    told = [f"{said}, not {part.words}" for part, said in wrong] + [f"{said}, as printed" for _, said in right]
    say = tuple(said for _, said in [*right, *wrong])
    return Verdict("arithmetic-error", f"{present.listed(told)}.", may_say=say)


def change_is_computed(claim: Claim, facts: Facts) -> Verdict | None:
    """A printed change must follow from the first and the last count."""
    if not claim.change or len(claim.parts) < 2 or not claim.parts[0].n:
        return None
    found = re.fullmatch(r"([-+\N{MINUS SIGN}]?)(\d+(?:\.(\d+))?)%", claim.change)
    if not found:
        return None
    first, last = claim.parts[0].n, claim.parts[-1].n
    change = Fraction(last - first, first) * 100
    printed = Fraction(found[2]) * (-1 if found[1] in ("-", "\N{MINUS SIGN}") else 1)
    if abs(change - printed) <= Fraction(1, 2 * 10 ** len(found[3] or "")):
        return None
    said = f"from {present.count(first)} to {present.count(last)} is a change of {present.half_away(change, 1)}%"
    return Verdict("arithmetic-error", f"{present.capital(said)}, not {claim.change}.", may_say=(said,))


def part_gives_the_share(claim: Claim, facts: Facts) -> Verdict | None:
    """A part that is a share of the numerator ('304, 26%') gives the numerator, which over the base must fit."""
    found = implied_share(claim)
    reading = readings(claim.words)
    if found is None or reading is None or overlap(reading[0], found[1]):
        return None
    return Verdict("arithmetic-error", f"{found[0]}, not {claim.words}.", may_say=(found[0],))


def implied_share(claim: Claim) -> tuple[str, Reading] | None:
    """Return in words and as a reading the share that follows from a part and the printed base, if both are there."""
    for part in claim.parts:
        if part.of is None and part.words and part.words != claim.words and claim.base and claim.base.n:
            bases = bases_for(part.words, part.n)
            low, high = (Fraction(b, claim.base.n) for b in (bases[0], bases[-1]))
            said = (
                f"{present.count(part.n)} is {part.words} of {present.count(bases[0])} to {present.count(bases[-1])}, "
                f"which is {_two_decimals(low, high)} of {present.count(claim.base.n)}"
            )
            return said, Reading("share", low, high)
    return None


def whole_count_exists(claim: Claim, facts: Facts) -> Verdict | None:
    """A share with a printed base must come from a whole number of it (GRIM)."""
    reading = readings(claim.words)
    if claim.quantity != "share" or reading is None or reading[0].kind != "share":
        return None
    if not (claim.base and claim.base.n and claim.base.n_is == "printed") or within(reading[0], claim.base.n):
        return None
    return Verdict("arithmetic-error", f"No whole number of {present.count(claim.base.n)} is {claim.words}.")


def parts_are_alike(claim: Claim, facts: Facts) -> Verdict | None:
    """Counts set side by side must be of like periods on one side of every break; refused as estimates are."""
    periods = [part.period.period for part in claim.parts if part.period and part.period.period]
    if len(periods) < 2 or not claim.area_code or not claim.measure:
        return None
    estimates = [_estimate(claim, part, facts) for part in claim.parts if part.period and part.period.period]
    for before, after in pairwise(estimates):
        try:
            comparable(before, after, across_releases=True, across_ages=True)
        except NotComparable as refusal:
            caveat = facts.registers.measure(claim.measure).caveat
            reason = _reason(refusal, before, after)
            return Verdict("not-comparable", reason, may_say=_apart(claim), caveats=(caveat,))
    return None


def _reason(refusal: NotComparable, before: Estimate, after: Estimate) -> str:
    assert before.contract
    assert after.contract
    first, last = before.contract.period, after.contract.period
    reason = str(refusal.wrong).rstrip(".")
    if not first.is_like(last):
        reason = f"{_length(first)} cannot be compared with {_length(last)}"
        crossed = [b for b in before.contract.breaks if b.kind == "break" and b.parts(first, last)]
        reason += "".join(f", and the series changed its meaning in {b.when}: {b.label}" for b in crossed[:1])
    return f"{present.capital(reason)}."


def _length(period: Period) -> str:
    days = f"{period.days:,} days"
    return days if period.length() == days else f"{period.length()} ({days})"


def _apart(claim: Claim) -> tuple[str, ...]:
    return tuple(
        f"{part.period.words}: {present.count(part.n)}" + (f" of {present.count(part.of)}" if part.of else "")
        for part in claim.parts
        if part.period
    )


def _estimate(claim: Claim, part: Part, facts: Facts) -> Estimate:
    registers = facts.registers
    area = registers.areas.current[claim.area_code or ""]
    group = registers.offences.find(claim.offence) if claim.offence else None
    period = part.period.period if part.period else None
    assert isinstance(period, Period)
    breaks = tuple(registers.breaks_in(DATASET, codes=group.codes if group else (), area=area))
    contract = Contract(registers.measure(claim.measure or ""), area, period, claim.id, group, breaks)
    return full_count(part.n, contract=contract)


def _one_decimal(share: Fraction) -> str:
    return f"{present.half_away(share * 100, 1)}%"


def _two_decimals(low: Fraction, high: Fraction) -> str:
    ends = [f"{present.half_away(end * 100, 2)}%" for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
