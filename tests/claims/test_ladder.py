import pandas as pd
import pytest

from stats.claims.ladder import rates, sources_used, steps
from stats.errors import UnknownName
from stats.registers.ladders import Ladder


@pytest.fixture(scope="module")
def ladder(registers) -> Ladder:
    """The ladder of article 003: stalking, year ending March 2022."""
    return registers.ladder("stalking-2021-22")


@pytest.fixture(scope="module")
def rungs(ladder, published, registers) -> pd.DataFrame:
    """Its steps, by measure."""
    return steps(ladder, published, registers).set_index("measure")


def test_ladder_of_the_5_per_cent_is_as_printed(rungs):
    """118,411 offences recorded, 5,948 charged, and 1.4% of 117,672 convicted: 1,589 to 1,706 (domain.md section 4)."""
    assert rungs.loc["recorded_offences", "text"] == "118,411"
    assert rungs.loc["offences_charged", "text"] == "5,948"
    assert rungs.loc["persons_convicted", "text"] == "1,589 to 1,706"
    assert (rungs.loc["persons_convicted", "low"], rungs.loc["persons_convicted", "high"]) == (1_589, 1_706)


def test_missing_rung_is_marked_and_says_why(rungs):
    """There is no survey estimate of that year: [x], no number, and the reason."""
    row = rungs.loc["survey_victims_last_year"]
    assert row["text"] == row["status"] == "[x]"
    assert pd.isna(row["low"])
    assert row["about"].startswith("Not to hand: no Crime Survey estimate")


def test_implied_count_says_what_it_is_implied_by(rungs):
    """A count that nobody printed is a range, and says so."""
    about = rungs.loc["persons_convicted", "about"]
    assert "No count was printed" in about
    assert "1.4%" in about
    assert "117,672" in about


def test_unit_changes_from_step_to_step(rungs):
    """People by survey, offences, offences, persons: no step is a part of the one above."""
    assert list(rungs["unit"]) == ["people by survey", "offences", "offences", "persons"]


def test_earlier_ladder_implies_its_convictions_from_a_part(registers, published):
    """304 people in custody being 26% of those convicted makes 1,148 to 1,192 (domain.md section 5)."""
    found = steps(registers.ladder("stalking-2019-20"), published, registers).set_index("measure")
    assert found.loc["persons_convicted", "text"] == "1,148 to 1,192"
    assert "304" in found.loc["persons_convicted", "about"]
    assert "26%" in found.loc["persons_convicted", "about"]


def test_seven_rates_of_one_year_run_from_a_tenth_to_66_per_cent(ladder, published, registers):
    """0.1, 1.4, 5, 5.5, 6, 6.6 and 66 per cent were all published about one year (domain.md section 4)."""
    found = rates(ladder, published, registers)
    assert list(found["value_pct"]) == [0.1, 1.4, 5, 5.5, 6, 6.6, 66]
    assert found["why"].str.len().min() > 10
    assert list(found["figure_id"].unique()) == list(found["figure_id"])


def test_each_rate_says_what_it_is_over_what(ladder, published, registers):
    """The same words, 'charge rate', hide two bases; the table names both numbers, or says that none was printed."""
    found = rates(ladder, published, registers).set_index("value_pct")
    assert found.loc[5.0, "numerator"].startswith("5,948 ")
    assert found.loc[5.0, "denominator"].startswith("118,411 ")
    assert found.loc[6.0, "denominator"].startswith("outcomes of every type")
    assert "count not printed" in found.loc[6.0, "denominator"]
    assert found.loc[5.0, "measure"] != found.loc[6.0, "measure"]


def test_rates_follow_the_published_table(ladder, published, registers):
    """Another value in the table is another value in the ladder: nothing is typed in."""
    changed = published.assign(
        value=published["value"].where(published["figure_id"] != "thornberry-charged-2021-22", 5_949)
    )
    assert steps(ladder, changed, registers).set_index("measure").loc["offences_charged", "text"] == "5,949"


def test_bound_of_a_printed_figure_is_kept(published, ladder, registers):
    """A figure printed as 'more than' or 'about' keeps the word."""
    changed = published.assign(
        bound=published["bound"].where(published["figure_id"] != "thornberry-recorded-2021-22", "more than")
    )
    found = steps(ladder, changed, registers).set_index("measure")
    assert found.loc["recorded_offences", "text"] == "more than 118,411"


def test_figure_that_is_not_in_the_table_is_named(published, ladder, registers):
    """A ladder that rests on a figure nobody transcribed stops and names it."""
    without = published[published["figure_id"] != "thornberry-charged-2021-22"]
    with pytest.raises(UnknownName, match="thornberry-charged-2021-22"):
        steps(ladder, without, registers)


def test_only_files_that_were_read_are_cited(ladder, published, registers):
    """The ladder cites the raw files that hold its figures, and no other."""
    used = {s.id for s in sources_used(ladder, published, registers)}
    expected = set(published.loc[published["figure_id"].isin(ladder.figures), "source_id"])
    assert used == expected
    assert used
