from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.errors import RegisterError
from stats.period import Period
from stats.registers.breaks import Break, Evidence, Gap

ALL_FIVE = ("8L", "8M", "8Q", "8R", "8U")


@pytest.mark.parametrize(
    ("break_id", "day", "kind", "dataset"),
    [
        ("1997-harassment-offence", date(1997, 1, 1), "break", "law"),
        ("2002-04-recording-standard", date(2002, 4, 1), "break", "recorded_offences"),
        ("2008-04-harassment-counted-alone", date(2008, 4, 1), "break", "recorded_offences"),
        ("2009-09-restraining-orders", date(2009, 9, 30), "break", "orders"),
        ("2012-11-stalking-offences", date(2012, 11, 25), "break", "law"),
        ("2012-11-recording-audit", date(2012, 11, 1), "notice", "recorded_offences"),
        ("2012-11-court-principal-offence", date(2012, 11, 25), "notice", "court"),
        ("2013-04-outcomes-framework", date(2013, 4, 1), "break", "outcomes"),
        ("2014-04-stalking-own-class", date(2014, 4, 1), "break", "recorded_offences"),
        ("2014-04-two-outcome-bases", date(2014, 4, 1), "notice", "outcomes"),
        ("2014-04-revised-every-release", date(2014, 4, 1), "notice", "recorded_offences"),
        ("2014-11-recording-tightened", date(2014, 11, 1), "notice", "recorded_offences"),
        ("2015-04-offences-added-to-harassment", date(2015, 4, 1), "break", "recorded_offences"),
        ("2015-04-merseyside", date(2015, 4, 1), "break", "recorded_offences"),
        ("2017-section-4a-maximum", date(2017, 1, 1), "notice", "court"),
        ("2017-04-malicious-communications", date(2017, 4, 1), "break", "recorded_offences"),
        ("2017-04-northumbria", date(2017, 4, 1), "break", "recorded_offences"),
        ("2018-04-course-of-conduct", date(2018, 4, 1), "break", "recorded_offences"),
        ("2018-10-sentencing-guidelines", date(2018, 10, 1), "notice", "court"),
        ("2019-04-course-of-conduct-disputed", date(2019, 4, 1), "disputed", "recorded_offences"),
        ("2019-07-greater-manchester-recorded", date(2019, 7, 1), "notice", "recorded_offences"),
        ("2019-07-greater-manchester-outcomes", date(2019, 7, 1), "notice", "outcomes"),
        ("2020-01-stalking-protection-orders", date(2020, 1, 20), "break", "orders"),
        ("2020-03-crime-survey-suspended", date(2020, 3, 1), "notice", "survey"),
        ("2020-04-former-partners", date(2020, 4, 1), "break", "recorded_offences"),
        ("2020-04-controlling-behaviour", date(2020, 4, 1), "break", "recorded_offences"),
        ("2020-04-west-midlands", date(2020, 4, 1), "notice", "recorded_offences"),
        ("2021-04-outcome-22", date(2021, 4, 1), "notice", "outcomes"),
        ("2022-11-devon-and-cornwall", date(2022, 11, 1), "notice", "recorded_offences"),
        ("2023-04-survey-age-bases", date(2023, 4, 1), "notice", "survey"),
        ("2023-05-principal-crime", date(2023, 5, 1), "break", "recorded_offences"),
        ("2024-survey-harassment-question", date(2024, 1, 1), "break", "survey"),
        ("2024-03-online-safety-rules", date(2024, 3, 1), "notice", "recorded_offences"),
        ("2024-04-humberside", date(2024, 4, 1), "break", "recorded_offences"),
    ],
)
def test_each_known_change_of_a_series_is_registered(registers, break_id, day, kind, dataset):
    """Every dated change in what a series means is there, on its day, as the kind of change it is."""
    found = registers.breaks[break_id]
    assert (found.date, found.kind) == (day, kind)
    assert dataset in found.datasets


def test_every_break_and_gap_says_who_says_so(registers):
    """No break or gap rests on our word alone: each has a publisher and an address."""
    entries = [*registers.breaks.values(), *registers.gaps.values()]
    assert [e.id for e in entries if not e.evidence] == []
    assert [e.id for e in entries for said in e.evidence if not said.url.startswith(("http", "docs/"))] == []


def test_breaks_come_in_order_of_date(registers):
    """A list of breaks reads from the oldest to the newest."""
    days = [b.date for b in registers.breaks.values()]
    assert days == sorted(days)


def test_unconfirmed_date_says_so(registers):
    """A date nobody official has confirmed is printed with that doubt."""
    assert registers.breaks["2020-04-former-partners"].when == "April 2020"
    assert registers.breaks["2023-05-principal-crime"].when == "May 2023 (exact start not confirmed)"


def _broken(registers, codes, day, area=None):
    """Breaks of recorded offences at a date; the shared notice of revisions is no break."""
    touching = registers.breaks_in("recorded_offences", codes=codes, area=area)
    return {b.id for b in touching if b.date == day and b.kind == "break"}


def test_stalking_breaks_in_april_2020_and_the_whole_group_only_by_what_joins_it(registers):
    """Former partners moved from harassment to stalking: the sum of all five codes breaks only as 8U joins."""
    day = date(2020, 4, 1)
    assert _broken(registers, ["8Q"], day) == {"2020-04-former-partners"}
    assert _broken(registers, ["8L"], day) == {"2020-04-former-partners"}
    assert _broken(registers, ["8L", "8M"], day) == {"2020-04-former-partners"}
    assert _broken(registers, ["8L", "8M", "8Q"], day) == set()
    assert _broken(registers, ALL_FIVE, day) == {"2020-04-controlling-behaviour"}
    assert _broken(registers, ["8R"], day) == set()


def test_exchange_between_classes_breaks_each_and_not_their_sum(registers):
    """Malicious communications left harassment in 2017: each of the two breaks, and together they do not."""
    day = date(2017, 4, 1)
    assert _broken(registers, ["8L"], day) == _broken(registers, ["8R"], day) == {"2017-04-malicious-communications"}
    assert _broken(registers, ["8L", "8R"], day) == set()
    assert _broken(registers, ["8L", "8R"], date(2015, 4, 1)) == {"2015-04-offences-added-to-harassment"}


def test_break_of_one_force_touches_that_force_alone(registers):
    """Humberside's step belongs to Humberside, and neither to Kent nor to the national count."""
    day, find = date(2024, 4, 1), registers.areas.find
    assert _broken(registers, ["8Q"], day, find("Humberside")) == {"2024-04-humberside"}
    assert _broken(registers, ["8Q"], day, find("Kent")) == set()
    assert _broken(registers, ["8Q"], day, find("England and Wales")) == set()
    assert _broken(registers, ["8Q"], day) == set()


def test_break_touches_its_own_dataset_alone(registers):
    """A change in how police record crime is no break in the Crime Survey."""
    partners = registers.breaks["2020-04-former-partners"]
    assert partners.touches(dataset="outcomes", codes=["8Q"])
    assert not partners.touches(dataset="survey", codes=["8Q"])
    assert not partners.touches(dataset="recorded_offences")


def test_break_of_every_offence_touches_each(registers):
    """The recording standard of 2002 concerns every code, and a series that names none."""
    standard = registers.breaks["2002-04-recording-standard"]
    assert standard.touches(dataset="recorded_offences", codes=["8Q"], area="E23000032")
    assert standard.touches(dataset="recorded_offences")


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("2019/20", "2020/21", True),
        ("2020/21", "2019/20", True),  # whichever is named first
        ("2018/19", "2024/25", True),
        ("2020/21", "2021/22", False),  # the break is the first day of the earlier one
        ("2018/19", "2019/20", False),  # the break is the day after the later one
        ("year ending December 2020", "year ending December 2021", True),  # inside the earlier one
        ("year ending December 2019", "year ending December 2020", True),  # inside the later one
        ("2020-03-01 to 2020-03-31", "2020-04-01 to 2020-04-01", True),  # its very first day
        ("year ending June 2020", "year ending June 2020", True),  # inside one and the same
        ("2020/21", "2020/21", False),
    ],
)
def test_break_parts_what_lies_on_both_sides_of_it(registers, before, after, parts):
    """Two periods are parted by April 2020 if some day of them lies before it and some day on it or later."""
    partners = registers.breaks["2020-04-former-partners"]
    assert partners.parts(Period.parse(before), Period.parse(after)) is parts


@given(st.integers(2010, 2024), st.integers(2010, 2024), st.dates(date(2009, 1, 1), date(2026, 1, 1)))
def test_parting_means_days_on_either_side(one, other, day):
    """A break parts two years exactly where their span has a day before it and its own day."""
    fields = {"date_is_confirmed": True, "kind": "break", "datasets": ["law"], "label": "", "what_changed": ""}
    found = Break(
        id="b",
        date=day,
        effect="",
        evidence=(Evidence(publisher="Plain Figures", url="docs/limitations.md"),),
        **fields,
    )
    first, second = Period.financial_year(one), Period.financial_year(other)
    span = Period(min(first.start, second.start), max(first.end, second.end))
    assert found.parts(first, second) == found.parts(second, first)
    assert found.parts(first, second) == (span.contains(day) and day != span.start)


def _gap(**fields):
    known = {
        "id": "g",
        "dataset": "outcomes",
        "is_open": True,
        "what": "",
        "effect": "",
        "evidence": (Evidence(publisher="Plain Figures", url="docs/limitations.md"),),
    }
    return Gap(**{**known, **fields})


@pytest.mark.parametrize(
    ("words", "touches"),
    [
        ("2019/20 Q1", False),
        ("2019/20 Q2", True),
        ("2019/20 Q4", True),
        ("2020/21 Q1", False),
        ("year ending July 2019", True),
        ("2018/19", False),
        ("April 2012 to December 2025", True),
        ("2019-06-01 to 2019-07-01", True),
        ("2020-03-31 to 2020-04-30", True),
    ],
)
def test_gap_touches_periods_that_share_a_day_with_it(words, touches):
    """July 2019 to March 2020 is missing: its first and last day count, the days around them do not."""
    gap = _gap(start=date(2019, 7, 1), end=date(2020, 3, 31))
    assert gap.touches(dataset="outcomes", period=Period.parse(words)) is touches


def test_gap_without_start_or_end_has_none():
    """No start means from the first period, no end until more is to hand."""
    ancient, future = Period.parse("1990/91"), Period.parse("2050/51")
    assert _gap(end=date(2024, 3, 31)).touches(dataset="outcomes", period=ancient)
    assert not _gap(end=date(2024, 3, 31)).touches(dataset="outcomes", period=future)
    assert _gap(start=date(2025, 4, 1)).touches(dataset="outcomes", period=future)
    assert not _gap(start=date(2025, 4, 1)).touches(dataset="outcomes", period=ancient)


def test_gap_touches_its_own_dataset_offences_and_areas():
    """A gap in one force and code is no gap in another force, code or dataset."""
    period = Period.parse("2024/25")
    gap = _gap(areas=["E23000012"], offences=["8R"])
    asked = {"period": period, "codes": ["8R", "8Q"], "areas": ["K04000001", "E23000012"]}
    assert gap.touches(dataset="outcomes", **asked)
    assert not gap.touches(dataset="population", **asked)
    assert not gap.touches(dataset="outcomes", **{**asked, "codes": ["8Q"]})
    assert not gap.touches(dataset="outcomes", **{**asked, "areas": ["E23000032"]})


@pytest.mark.parametrize(
    ("gap_id", "dataset", "is_open"),
    [
        ("greater-manchester-recorded-2019-20", "recorded_offences", False),
        ("greater-manchester-outcomes-2019-20", "outcomes", True),
        ("devon-and-cornwall-recorded-2022", "recorded_offences", False),
        ("recorded-2025-26-last-quarter", "recorded_offences", True),
        ("recorded-cells-set-to-zero", "recorded_offences", True),
        ("outcomes-before-2024-25", "outcomes", True),
        ("outcomes-closed-basis", "outcomes", True),
        ("population-2019-2022", "population", True),
        ("british-transport-police-population", "population", True),
        ("court-stalking-after-2013", "court", True),
        ("survey-stalking-intervals", "survey", True),
        ("stalking-protection-orders-after-2021-01", "orders", True),
    ],
)
def test_each_known_gap_is_registered(registers, gap_id, dataset, is_open):
    """What is not to hand is written down, and whether a later release has filled it."""
    assert (registers.gaps[gap_id].dataset, registers.gaps[gap_id].is_open) == (dataset, is_open)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("breaks.yml", "  date: 1997-01-01\n", "", r"entry:\s+1997-harassment-offence.*date:\s+missing"),
        ("breaks.yml", "date: 1997-01-01", "date: 1997", r"date:.*found 1997\)"),
        ("breaks.yml", "  kind: break", "  kind: brake", r"kind:.*'break', 'notice' or 'disputed'.*found 'brake'"),
        ("breaks.yml", "datasets: [law, court]", "datasets: [laws]", r"datasets\.0:.*'law'.*found 'laws'"),
        ("breaks.yml", "effect: >-", "efect: >-", r"efect:\s+no such field; the nearest is 'effect'"),
        ("breaks.yml", "    - publisher: The Guardian\n      url", "    - url", r"evidence\.0\.publisher:\s+missing"),
        ("breaks.yml", "- id: 1997-harassment-offence\n  date:", "- date:", r"entry:\s+1\n.*id:\s+missing"),
        ("gaps.yml", "  is_open: false", "  is_open: perhaps", r"is_open:.*found 'perhaps'"),
        ("gaps.yml", "dataset: court", "dataset: courts", r"court-stalking-after-2013.*dataset:.*found 'courts'"),
    ],
)  # fmt: skip
def test_wrong_break_or_gap_is_refused(broken, file, old, new, words):
    """A break without a date, or of an unknown kind or series, names its file, its entry and the field."""
    with pytest.raises(RegisterError, match=rf"(?s)does not fit its model.*registers/{file}.*{words}.*Mend the entry"):
        broken.damage(f"registers/{file}", old, new).load()
