from datetime import date

import pytest

from stats.errors import BreakCrossed, NotComparable, NotHonest
from stats.estimate.interrupted import step_change
from stats.period import Period

pytestmark = pytest.mark.filterwarnings("ignore:Perfect separation")
QUARTERS = Period.parse("2014/15 Q1").through(Period.parse("2018/19 Q4"), by="quarter")
STEADY = [100, 120, 90, 110] * 5
AT = date(2016, 10, 1)
DOUBLED = [y * 2 if at >= 10 else y for at, y in enumerate(STEADY)]


def found(y=DOUBLED, at=AT, **options):
    """A step of the usual series at its date."""
    return step_change(y, QUARTERS, at, **{"breaks": [], **options})


def test_a_level_that_doubles_is_a_step_of_two():
    """The step is 2 and holds it tightly; a steady series has a step of 1."""
    one = found()
    assert one.level.value == pytest.approx(2, abs=1e-9)
    assert (one.level.unit, one.level.n, one.slope) == ("ratio", 20, None)
    assert one.at == "October 2016"
    assert found(STEADY).level.value == pytest.approx(1, abs=1e-9)


def test_a_trend_that_turns_is_a_slope():
    """From no trend to one of a tenth more a year, without a step."""
    turned = [round(1000 * y * 1.1 ** (max(at - 10, 0) / 4)) for at, y in enumerate(STEADY)]
    one = found(turned, slope=True)
    assert one.level.value == pytest.approx(1, abs=1e-3)
    assert one.slope.value == pytest.approx(1.1, abs=1e-3)
    assert one.slope.unit == "ratio per year"


def test_a_rule_change_is_its_own_rival(a_break):
    """A step at a registered break is explained by the rule, and the result says so."""
    one = found(at=a_break(AT), breaks=[a_break(AT)])
    assert one.rival == "a change of the recording rules: an invented rule"
    assert "other causes" in found().rival


@pytest.mark.parametrize("day", [date(2015, 10, 1), date(2017, 10, 1), date(2016, 11, 1)])
def test_no_effect_is_claimed_within_four_quarters_of_another_break(a_break, day):
    """Up to a year on either side of a rule change, nothing else is given as the cause."""
    with pytest.raises(NotHonest, match="cannot be told from a change of the recording rules") as refusal:
        found(breaks=[a_break(day)])
    assert "an invented rule" in str(refusal.value)


def test_another_break_inside_the_span_is_refused(a_break):
    """Farther than a year away, it is still a break; outside the span and far away it is not in the way."""
    with pytest.raises(BreakCrossed, match="a step from"):
        found(breaks=[a_break(date(2018, 1, 1))])
    found(breaks=[a_break(date(2013, 1, 1)), a_break(date(2016, 10, 1), kind="notice")])


def test_break_near_the_date_but_outside_the_span_counts_too(a_break):
    """The span ends before the break, and the date lies three quarters before it."""
    with pytest.raises(NotHonest, match="recording rules"):
        step_change(DOUBLED[:16], QUARTERS[:16], date(2017, 4, 1), breaks=[a_break(date(2018, 4, 1))])


@pytest.mark.parametrize(
    ("at", "slope"), [(date(2015, 1, 1), False), (date(2018, 7, 1), False), (date(2015, 10, 1), True)]
)
def test_too_short_a_side_is_too_short_to_say(at, slope):
    """Four quarters on each side for a step, eight for a slope."""
    with pytest.raises(NotHonest, match="too short to say"):
        found(at=at, slope=slope)


def test_a_date_inside_a_quarter_has_no_place():
    """So has one outside the series."""
    for at in (date(2016, 11, 1), date(2030, 1, 1)):
        with pytest.raises(NotComparable, match="first day of a quarter"):
            found(at=at)


@pytest.mark.parametrize(("before", "after"), [(0, 100), (4, 100), (100, 4)])
def test_a_side_with_too_few_offences_has_no_step(before, after):
    """From nothing to a hundred would be a step of a thousand million million times."""
    y = [before] * 10 + [after] * 10
    with pytest.raises(NotHonest, match="too few to say: each side of a step wants 5 offences a quarter"):
        found(y)
    with pytest.raises(NotHonest, match="too few to say"):
        found(y, slope=True)


def test_six_quarters_of_none_and_six_of_a_hundred_have_no_step():
    """The shortest series that may have one."""
    with pytest.raises(NotHonest, match="too few to say"):
        step_change([0] * 6 + [100] * 6, QUARTERS[:12], date(2015, 10, 1), breaks=[])


def test_counts_that_bound_no_step_are_refused():
    """Offences in one quarter of each side, and none in the others: any step would do."""
    y = [0, 0, 0, 0, 0, 60] * 2
    with pytest.raises(NotHonest, match="no bound on a step"):
        step_change(y, QUARTERS[:12], date(2015, 10, 1), breaks=[])


def test_counts_that_bound_no_slope_are_refused():
    """A step that is known beside a slope that is not."""
    y = [100, 120, 90, 110] * 3 + [0] * 7 + [200]
    with pytest.raises(NotHonest, match="no bound on a"):
        found(y, at=date(2017, 4, 1), slope=True)
