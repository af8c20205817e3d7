"""The worded shares of one document, as the whole counts they allow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from stats import present
from stats.claims.feasible import bases_of
from stats.claims.shares import of_people_and_files
from stats.draw.page import Drawing, Number, Words
from stats.draw.ranges import draw_ranges
from stats.errors import NotHonest
from stats.registers import Registers, Source
from stats.registers.claims import Document

_PEOPLE = {
    "self-selected": "People who chose to answer: no margin of error exists, and they stand for themselves",
    "case audit": "Files chosen for review: no margin of error exists, and they stand for themselves",
    "sample": "Survey estimate: its base and design factor are not to hand, so no interval can be given",
}


def draw_own_base(
    name: str, shares: pd.DataFrame, document: Document, *, registers: Registers, sources: Sequence[Source]
) -> Drawing:
    """Return the drawing of each worded share on its own base.

    Parameters
    ----------
    name : str
        Stem of the files.
    shares : DataFrame
        As `claims.shares.worded_shares` returns it.
    document : Document
    registers : Registers
    sources : sequence of Source
    """
    rows = _bound(shares, document)
    table = _rows(rows, "lower", "upper", [_counts(r) for r in rows.itertuples()])
    words = Words(
        _title(rows, document),
        f"Each share on its own base, {document.publisher}, “{document.title}”",
        (
            "Line: every count the words allow under their usual reading; a second convention gives the other reading",
            *(
                ("Arrow: the words give one end only, so this is a bound and never a point",)
                if table["is_bound"].any()
                else ()
            ),
            *_meanings(rows, document, registers),
            *_bases(rows),
            *_found(rows, document),
        ),
    )
    return _drawn(name, table, words, document, registers, sources, "share of its own base")


def draw_first_base(
    name: str, shares: pd.DataFrame, document: Document, *, registers: Registers, sources: Sequence[Source]
) -> Drawing:
    """Return the drawing of each worded share on the first base of the document; arguments as `draw_own_base`."""
    rows = _bound(shares, document).dropna(subset=["first_n"])
    n = int(rows["first_n"].iloc[0])
    unit = document.claim(document.first_base or "").unit or "of the first base"
    texts = [
        f"{_range(r.count_low, r.count_high)} of {n}: {_percents(r.first_lower, r.first_upper, n)}{_supposing(r)}"
        for r in rows.itertuples()
    ]
    table = _rows(rows, "first_lower", "first_upper", texts)
    words = Words(
        f"Set on the first base, the same words speak of these shares of {n} {unit}",
        f"Each share of all {n} {unit}, {document.publisher}, “{document.title}”",
        (
            "A share ‘of these’ is smaller on the first base than on its own",
            *_other_units(rows, unit, document, registers),
            *_bases(rows),
            *_found(rows, document),
        ),
    )
    return _drawn(name, table, words, document, registers, sources, f"share of all {n} {unit}")


def has_first_base(shares: pd.DataFrame, document: Document) -> bool:
    """Whether any share is nested deeper than the first base, so that the second drawing says something new."""
    rows = _bound(shares, document).dropna(subset=["first_n"])
    return bool((rows["base_high"] != rows["first_n"]).any())


def _bound(shares: pd.DataFrame, document: Document) -> pd.DataFrame:
    """Return what is drawn here: what a survey or a case audit found, bound to a measure."""
    bound = [claim for claim in document.claims if claim.measure is not None]
    found = of_people_and_files(shares)
    rows = found[found["claim_id"].isin([claim.id for claim in bound])]
    if rows.empty:
        raise NotHonest(
            f"{document.id} states no share that a survey or a case audit found.",
            [(claim.id, f"“{claim.words}” rests on {claim.evidence_kind}") for claim in bound],
            "A share of police or court records is read beside its own measure: see recorded_to_convicted.",
        )
    return rows


def _rows(rows: pd.DataFrame, low: str, high: str, texts: Sequence[str]) -> pd.DataFrame:
    point = rows[low].eq(rows[high])
    return pd.DataFrame(
        {
            "claim_id": rows["claim_id"],
            "label": [f"“{quote}”" for quote in rows["quote"]],
            "words": rows["words"],
            "base_low": rows["base_low"].astype("Int64"),
            "base_high": rows["base_high"].astype("Int64"),
            "count_low": rows["count_low"].astype("Int64"),
            "count_high": rows["count_high"].astype("Int64"),
            "value_pct": (rows[low] * 100).where(point),
            "lower_pct": (rows[low] * 100).where(~point),
            "upper_pct": (rows[high] * 100).where(~point),
            "strict_low": rows["strict_low"].astype("Int64"),
            "strict_high": rows["strict_high"].astype("Int64"),
            "is_bound": rows["is_bound"] & rows[high].eq(1),
            "basis": rows["basis"],
            "interval": rows["interval"],
            "status": "",
            "text": list(texts),
            "measured_by": rows["measured_by"],
            "place": rows["place"],
            "period": rows["period"],
        }
    ).reset_index(drop=True)


def _counts(row: Any) -> str:
    if pd.isna(row.count_low):
        if pd.notna(row.base_low):
            return f"no whole count of {_range(row.base_low, row.base_high)} fits these words"
        return f"{_percents(row.lower, row.upper, 1000)}: base not stated, so no count"
    counts = f"{_range(row.count_low, row.count_high)} of {_range(row.base_low, row.base_high)}"
    if (row.strict_low, row.strict_high) != (row.count_low, row.count_high):
        same = (row.strict_base_low, row.strict_base_high) == (row.base_low, row.base_high)
        of = "" if same else f" of {_range(row.strict_base_low, row.strict_base_high)}"
        counts += f" (other reading: {_range(row.strict_low, row.strict_high)}{of})"
    return counts + _supposing(row)


def _supposing(row: Any) -> str:
    if row.base_is == "not stated" and row.base_low == row.first_n:
        return " if all were asked (base not stated)"
    return " (base assumed)" if row.base_is == "assumed" else ""


def _other_units(rows: pd.DataFrame, unit: str, document: Document, registers: Registers) -> list[str]:
    """Say which claims count something other than the first base does, so that one of it for each is supposed."""
    notes = []
    for row in rows.itertuples():
        measure = registers.measure(document.claim(row.claim_id).measure or "")
        counted = measure.numerator.unit
        if counted != unit and measure.denominator and measure.denominator.unit == counted:
            notes.append(f"“{present.capital(row.words)}” counts {counted}, set against {unit}: one each is supposed")
    return notes


def _range(low: float, high: float) -> str:
    return f"{int(low):,}" if low == high else f"{int(low):,} to {int(high):,}"


def _percents(low: float, high: float, n: int) -> str:
    first, last = present.percent(low, n), present.percent(high, n)
    return first if first == last else f"{first} to {last}"


def _meanings(rows: pd.DataFrame, document: Document, registers: Registers) -> list[str]:
    """Say what a survey share is a share of, since articles drop it."""
    surveys = rows[rows["basis"] == "sample"]
    notes = []
    for row in surveys.itertuples():
        measure = registers.measure(document.claim(row.claim_id).measure or "")
        notes.append(f"“{row.words}” is a {measure.plain_name}. {measure.caveat}")
    return notes


def _found(rows: pd.DataFrame, document: Document) -> list[str]:
    """Say who found it, where and when, and what a worded first base is taken to be."""
    each = rows[["measured_by", "place", "period"]].drop_duplicates()
    found = [f"Found by {r.measured_by}; place: {r.place}; period: {r.period}" for r in each.itertuples()]
    base = document.claim(document.first_base) if document.first_base else None
    if base and base.quantity == "count" and base.base and base.base.n and bases_of(base.words) != (base.base.n,):
        low, high = bases_of(base.words)[0], bases_of(base.words)[-1]
        literally = f"“{present.capital(base.words)}” is {low} to {high} if taken literally"
        found.append(f"{literally}; {base.base.n} is used, as printed elsewhere")
    return found


def _bases(rows: pd.DataFrame) -> list[str]:
    return [_PEOPLE[basis] for basis in dict.fromkeys(rows["basis"])]


def _title(rows: pd.DataFrame, document: Document) -> str:
    if len(rows) == 1:
        row = rows.iloc[0]
        return f"“{present.capital(row['words'])}” is {row['counts']} of {row['bases']} {row['of']}"
    return f"The words of this {document.published[:4]} article allow these whole counts"


def _drawn(
    name: str,
    table: pd.DataFrame,
    words: Words,
    document: Document,
    registers: Registers,
    sources: Sequence[Source],
    axis: str,
) -> Drawing:
    each = "; ".join(f"“{r.words}” {r.text}" for r in table.itertuples())
    alt = f"Chart of {len(table)} worded {'share' if len(table) == 1 else 'shares'} as the counts they allow: {each}."
    description = " ".join(f"{r.label}: {r.text}. {present.capital(r.interval)}." for r in table.itertuples())
    claims = list(table["claim_id"])
    measures = {m: registers.measure(m) for c in claims if (m := document.claim(c).measure)}
    return draw_ranges(
        name, table, words=words, axis=axis, alt=alt, description=description, measures=tuple(measures.values()),
        sources=sources, claims=claims, numbers=_numbers(name, table, document), end=100,
    )  # fmt: skip


def _numbers(name: str, table: pd.DataFrame, document: Document) -> tuple[Number, ...]:
    numbers = []
    for row in table.itertuples():
        claim = document.claim(row.claim_id)
        base = claim.base.population if claim.base else "a base not stated"
        for end, extreme in (("low", "smallest"), ("high", "largest")):
            count = getattr(row, f"count_{end}")
            value, text = (int(count), present.count(count)) if pd.notna(count) else (None, "[x]")
            what = f"{extreme} count that “{row.words}” allows, of {base}"
            numbers.append(
                Number(
                    f"{name}.{row.claim_id}.{end}", value, text, what, "count", claim.measure, claim.area_code,
                    claim.period.words, row.basis, row.text,
                )
            )  # fmt: skip
    return tuple(numbers)
