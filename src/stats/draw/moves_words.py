"""The words of revisions: title, notes, alternative text, tables and the numbers they may be quoted by. No ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from stats import present
from stats.draw.notes import coverage
from stats.draw.page import Number, Words
from stats.estimate.estimate import Estimate
from stats.estimate.releases import MIDDLE, Moved
from stats.period import Period
from stats.registers import Area, OffenceGroup, Source

NONE = "no per cent from zero"


@dataclass(frozen=True)
class Subject:
    """What was revised: an offence group of a period, in two releases, in the area that holds every force."""

    group: OffenceGroup
    period: Period
    earlier: Source
    later: Source
    whole: Area

    @property
    def when(self) -> str:
        """The period as a sentence takes it."""
        return f"the {self.period}" if self.period.months == 12 else str(self.period)


def moves_table(moved: Moved, subject: Subject) -> pd.DataFrame:
    """Return what is plotted: England and Wales together, then every force by name; per cent from 0 to 100."""
    whole = {
        "area_code": subject.whole.code, "area_name": subject.whole.name, "was": moved.was.value,
        "now": moved.now.value, "difference": moved.now.value - moved.was.value,
        "change_pct": percent_of(moved.was, moved.now),
    }  # fmt: skip
    rows = pd.concat([pd.DataFrame([whole]), moved.forces], ignore_index=True)
    return pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "area_name": rows["area_name"],
            "offences_was_n": rows["was"].astype("Int64"),
            "offences_now_n": rows["now"].astype("Int64"),
            "difference_n": rows["difference"].astype("Int64"),
            "change_pct": rows["change_pct"].round(4) + 0.0,
            "text": [moved_words(row) for row in rows.itertuples()],
            "earlier_release": subject.earlier.id,
            "later_release": subject.later.id,
        }
    )


def revisions_table(moved: Moved, subject: Subject, names: dict[str, str]) -> pd.DataFrame:
    """Return the revision of each offence code, and of all together, as a notebook shows it.

    Parameters
    ----------
    moved : Moved
    subject : Subject
    names : dict of str to str
        What each offence code is called.
    """
    together = pd.DataFrame([{"offence_code": "all", "was": moved.was.value, "now": moved.now.value}])
    rows = pd.concat([moved.offences, together.assign(difference=lambda t: t["now"] - t["was"])], ignore_index=True)
    rows["change_pct"] = rows["change_pct"].fillna(percent_of(moved.was, moved.now))
    return pd.DataFrame(
        {
            "code": rows["offence_code"],
            "offence": rows["offence_code"].map(names).fillna(subject.group.name),
            f"release of {subject.earlier.published}": rows["was"].map(present.count),
            f"release of {subject.later.published}": rows["now"].map(present.count),
            "difference": rows["difference"].map(signed),
            "per cent": [percent(row.change_pct, row.was) for row in rows.itertuples()],
        }
    )


def since_printed(tie_out: pd.DataFrame, group: OffenceGroup, figures: set[str], names: dict[str, str]) -> pd.DataFrame:
    """Return the totals of a group that somebody printed, beside what the newest release has for them.

    Parameters
    ----------
    tie_out : DataFrame
        The tidy table of totals tied to printed ones.
    group : OffenceGroup
    figures : set of str
        The totals that are published figures; the others are of the newest release itself.
    names : dict of str to str
        What each area is called.
    """
    is_asked = tie_out["offence_codes"].str.split().map(set) == set(group.codes)
    rows = tie_out[is_asked & tie_out["total_id"].isin(figures)].sort_values(["period_end", "period_start"])
    return pd.DataFrame(
        {
            "period": [Period(r.period_start.date(), r.period_end.date()).label for r in rows.itertuples()],
            "area": rows["area_code"].map(names),
            "printed by": rows["printed_by"],
            "printed": rows["printed_n"].map(present.count),
            "now": rows["offences_n"].map(present.count),
            "per cent": [
                percent(100 * (r.offences_n - r.printed_n) / r.printed_n, r.printed_n) for r in rows.itertuples()
            ],
            "why, if known": rows["reason"].fillna(""),
        }
    ).reset_index(drop=True)


def words_of(table: pd.DataFrame, moved: Moved, subject: Subject, notes: Sequence[str]) -> Words:
    """Return title, subtitle and notes."""
    whole = table.iloc[0]
    title = (
        f"Recorded {subject.group.name}, {subject.period}: the figure of {whole['area_name']} {_way(whole)} between "
        f"releases, and {_half(moved)}"
    )
    subtitle = (
        f"Change in per cent of the earlier count, {subject.group.name}, by police force, {subject.period}: release "
        f"published {subject.earlier.published} to that of {subject.later.published}"
    )
    read = [
        f"Upright line: as in the earlier release. Shaded: the middle {_plain(100 * MIDDLE)} of forces, from "
        f"{percent(moved.middle_pct[0])} to {percent(moved.middle_pct[1])}",
        "Forces stand in the order of their names. A large per cent may be a few offences: the counts stand beside it",
        "Neither release says why a number moved. Both count the same offence codes in this period: "
        + present.listed(list(moved.offences["offence_code"])),
    ]
    return Words(title, subtitle, (*read, *notes, *coverage(subject.whole)))


def sentences_of(moved: Moved, subject: Subject) -> tuple[str, ...]:
    """Return what revisions mean for somebody who quotes a first release, a sentence each."""
    found = moved.revisions
    ups = int((moved.forces["difference"] > 0).sum())
    same = int((moved.forces["difference"] == 0).sum())
    whole = percent(percent_of(moved.was, moved.now), moved.was.value)
    return (
        f"{subject.whole.name}: {present.count(moved.was.value)} {subject.group.name} offences of {subject.when} in "
        f"the release published {subject.earlier.published}, {present.count(moved.now.value)} in that of "
        f"{subject.later.published}. The figure has since moved by {signed(moved.now.value - moved.was.value)} "
        f"offences ({whole}).",
        f"Of {found.n} forces, {ups} went up, {found.n - ups - same} went down and {same} stayed as they were. Ups and "
        "downs partly cancel, so a national figure moves less than those of its forces.",
        f"Typical: {_half(moved)} either way, and the middle "
        f"{_plain(100 * MIDDLE)} by between {percent(moved.middle_pct[0])} and {percent(moved.middle_pct[1])}.",
        f"On average a force's count moved by {present.count(found.mean_absolute_revision)} offences either way, which "
        f"is {_plain(100 * found.relative_mean_absolute)} of the later counts; up and down together that is "
        f"{signed(found.mean_revision)} offences a force.",
        "A difference no larger than this between figures of two releases may be revision alone: take both from one "
        "release.",
    )


def alt_of(table: pd.DataFrame, moved: Moved, subject: Subject) -> str:
    """Return the alternative text."""
    shown = table["change_pct"].iloc[1:].dropna()
    return (
        f"Dot plot of how far recorded {subject.group.name} offences of {subject.when} moved between the releases "
        f"published {subject.earlier.published} and {subject.later.published}, in {len(shown)} police forces. "
        f"{table['area_name'].iloc[0]}: {table['text'].iloc[0]}. {present.capital(_half(moved))} either way; the "
        f"middle {_plain(100 * MIDDLE)} lie between "
        f"{percent(moved.middle_pct[0])} and {percent(moved.middle_pct[1])}, and all between "
        f"{percent(shown.min())} and {percent(shown.max())}."
    )


def description_of(table: pd.DataFrame) -> str:
    """Return every area with its two counts, in the order of names."""
    return "Count in the earlier release, count in the later, change. " + " ".join(
        f"{row.area_name}: {row.text}." for row in table.itertuples()
    )


def numbers_of(name: str, table: pd.DataFrame, subject: Subject) -> tuple[Number, ...]:
    """Return the numbers that a document may quote: both counts and the change of every area."""
    numbers: list[Number] = []
    for row in table.itertuples():
        where: dict[str, Any] = {"area": row.area_code, "period": subject.period.label, "basis": "full count"}
        for key, n, release in (
            ("was", row.offences_was_n, subject.earlier), ("now", row.offences_now_n, subject.later)
        ):  # fmt: skip
            what = f"recorded {subject.group.name}, release published {release.published}"
            numbers.append(
                Number(
                    f"{name}.{row.area_code}.{key}", int(n), present.count(n), what, "count", "recorded_offences",
                    qualifier=f"as at {release.id}", sources=(release.id,), **where,
                )
            )  # fmt: skip
        if pd.notna(row.change_pct):
            what = f"change of recorded {subject.group.name} between two releases"
            text = percent(row.change_pct, row.offences_was_n)
            numbers.append(
                Number(f"{name}.{row.area_code}.change", row.change_pct / 100, text, what, "share", None, **where)
            )
    return tuple(numbers)


def moved_words(row: Any) -> str:
    """Return '1,256 to 1,282, +2.1%'."""
    if row.was == row.now:
        return f"{present.count(row.was)}, as it was"
    change = NONE if pd.isna(row.change_pct) else percent(row.change_pct, row.was)
    return f"{present.count(row.was)} to {present.count(row.now)}, {change}"


def percent_of(was: Estimate, now: Estimate) -> float:
    """Return the change in per cent of the earlier count; not-a-number from zero or below."""
    return 100 * (now.value - was.value) / was.value if was.value > 0 else float("nan")


def percent(number: float, n: float = float("inf")) -> str:
    """Return a change in per cent with its sign: '+2.1%', '-0.3%', 'under 0.1%', 'no change'."""
    if pd.isna(number):
        return NONE
    text = present.percent(number / 100, n)
    if any(digit in "123456789" for digit in text):
        return f"+{text}" if number > 0 else text
    return f"under {'0.1%' if '.' in text else '1%'}" if number else "no change"


def signed(number: float) -> str:
    """Return a difference of counts with its sign: '+272', '-9', '0'."""
    return f"{'+' if present.half_away(number) > 0 else ''}{present.count(number)}"


def _way(row: pd.Series) -> str:
    """Return 'has moved up by 0.1%': the count is another one, and not the crime."""
    if not row["difference_n"]:
        return "has not moved"
    by = percent(row["change_pct"], row["offences_was_n"]).lstrip("+-")
    return f"has moved {'up' if row['difference_n'] > 0 else 'down'} by {by}"


def _half(moved: Moved) -> str:
    """Return 'half the forces moved by more than 0.2%', or what is true where that is nothing."""
    shown = percent(moved.half_pct)
    if shown.startswith("+"):
        return f"half the forces moved by more than {shown[1:]}"
    return f"at least half the forces moved by {shown if moved.half_pct else 'nothing'}"


def _plain(number: float) -> str:
    return present.percent(number / 100).replace(".0%", "%") if pd.notna(number) else NONE
