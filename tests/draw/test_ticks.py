import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from stats.draw.ticks import exact, label_ticks, time_ticks
from stats.period import Period


def labelled(low: float, high: float, **options) -> list[tuple[float, str]]:
    """The ticks of an upright axis of that height, each with its label."""
    axes = Figure(figsize=(8, 4)).add_axes((0.1, 0.1, 0.8, 0.8))
    axes.set_ylim(low, high)
    label_ticks(axes.yaxis, **options)
    labels = [label.get_text() for label in axes.get_yticklabels()]
    return list(zip(map(float, axes.get_yticks()), labels, strict=True))


@given(
    low=st.floats(-500, 0, allow_subnormal=False),
    height=st.floats(0.001, 300_000, allow_subnormal=False),
    whole=st.booleans(),
)
def test_every_label_is_the_number_its_tick_stands_at(low, height, whole):
    """Whatever the height of an axis, no label is a rounded one, and all have as many decimals."""
    found = labelled(low, low + height, whole=whole)
    for at, label in found:
        assert float(label.replace(",", "")) == pytest.approx(at, rel=1e-9, abs=1e-9 * height)
    assert len({len(label.partition(".")[2]) for _, label in found}) <= 1
    assert len({label for _, label in found}) == len(found)


@pytest.mark.parametrize("high", [0.9, 1.22, 2.44, 3, 4.88, 12, 36.6, 160_000])
def test_an_axis_of_counts_has_whole_ticks_and_whole_labels(high):
    """Nobody records 2.5 offences, and 4 is not 4.0."""
    found = labelled(0, high, whole=True)
    assert found
    assert all(at == int(at) and "." not in label for at, label in found)


def test_quarters_of_one_keep_both_decimals():
    """A step of 0.25 is labelled 0.25 and 0.75, and never 0.2 and 0.8."""
    assert [label for _, label in labelled(0, 2.1)][:4] == ["0.00", "0.25", "0.50", "0.75"]


def test_no_tick_stands_below_the_lowest_value_asked_for():
    """Room below zero for a label makes no tick of less than nothing."""
    assert min(at for at, _ in labelled(-1.1, 10, whole=True, lowest=0.0)) == 0
    assert min(at for at, _ in labelled(-2.6, 5, whole=True)) == -2


def test_unit_follows_each_number():
    """A share has its sign."""
    assert [label for _, label in labelled(0, 12, unit="%")][:3] == ["0%", "2%", "4%"]


def test_exact_text_has_the_decimals_that_the_finest_number_needs():
    """And no minus before nothing."""
    assert exact([0, 0.5, 1]) == ["0.0", "0.5", "1.0"]
    assert exact([0.0, 0.025, 0.05]) == ["0.000", "0.025", "0.050"]
    assert exact([-0.0, 2_000, 140_000]) == ["0", "2,000", "140,000"]
    assert exact([]) == []


def test_quarters_have_their_tick_at_the_first_of_a_financial_year():
    """The words under the axis say so, and it is so."""
    quarters = Period.quarter(2015, 3).through(Period.quarter(2017, 2), by="quarter")
    at, labels, name = time_ticks(quarters)
    assert [quarters[i].start.month for i in at] == [4, 4]
    assert labels == ["2016/17", "2017/18"]
    assert name == "financial year, first quarter at the tick"


@pytest.mark.parametrize(("first", "last"), [(3, 3), (2, 4), (4, 4)])
def test_quarters_without_a_first_are_named_each(first, last):
    """October to December alone is 2016/17 Q3, and no first quarter is spoken of."""
    quarters = Period.quarter(2016, first).through(Period.quarter(2016, last), by="quarter")
    at, labels, name = time_ticks(quarters)
    assert at == list(range(len(quarters)))
    assert labels == [f"2016/17 Q{n}" for n in range(first, last + 1)]
    assert "first" not in name


def test_years_are_named_each_and_the_axis_needs_no_name():
    """A financial year by its two years, another by the month it ends with."""
    years = [Period.financial_year(2023), Period.financial_year(2024)]
    assert time_ticks(years) == ([0, 1], ["2023/24", "2024/25"], "")
    assert time_ticks([Period.year_ending(2020, 12)])[1] == ["December\n2020"]
