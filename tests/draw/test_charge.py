import pandas as pd
import pytest

from stats.draw.page import DARK_BLUE
from stats.estimate.attrition import Cohort
from stats.estimate.small_counts import WITHHELD
from stats.publish.files import as_csv


@pytest.fixture(scope="module")
def national(studio):
    """The charged share of stalking in England and Wales."""
    return studio.charged("England and Wales", "stalking", beside=None)


@pytest.fixture(scope="module")
def city(studio):
    """City of London, whose counts are too small, with England and Wales beside it."""
    return studio.charged("City of London", "stalking")


def charge_of(studio, *cohorts: Cohort, hidden: frozenset[str] = frozenset()):
    """The drawing of invented cohorts, each said to be Kent's."""
    kent = studio.registers.areas.find("Kent")
    return studio.charges([(kent, cohort, hidden) for cohort in cohorts], "stalking", "2024/25")


def row(drawing, at: int) -> dict:
    """One row of the table as a dictionary."""
    return drawing.table.iloc[at].to_dict()


def test_one_year_has_a_share_on_each_base(national):
    """11,610 is 8.6% of offences recorded and 8.9% of those with an outcome; outcomes assigned are not to hand."""
    assert list(national.table["measure"]) == [
        "charge_share_of_offences_recorded",
        "charge_share_of_offences_resolved",
        "charge_share_of_outcomes_assigned",
    ]
    assert row(national, 0)["text"] == "8.6% so far (11,610 of 135,628); at most 12.7% if every pending one is charged"
    assert row(national, 1)["text"] == "8.9% (11,610 of 129,963); the final share if the pending ones end like these"
    assert row(national, 2)["text"] == "[x] not to hand: outcomes on the closed basis"
    assert [measure.id for measure in national.measures] == list(national.table["measure"])


def test_each_share_stands_with_its_method_base_and_basis(national):
    """Bounds are no confidence interval, the resolved share has none, and what is not to hand has no method."""
    so_far, resolved, assigned = (row(national, at) for at in (0, 1, 2))
    assert (so_far["n"], so_far["basis"]) == (135_628, "full count")
    assert so_far["method"] == "so far; bounds if none or all of the pending offences end in a charge"
    assert (resolved["n"], resolved["method"]) == (129_963, "full count: no sampling error")
    assert (pd.isna(assigned["n"]), assigned["method"]) == (True, "")
    assert national.table["level"].isna().all()


def test_line_runs_from_the_share_so_far_to_the_most_it_can_become(national):
    """The drawn range is (c)/N to (c + u)/N; a point marks where it stands."""
    first = row(national, 0)
    assert first["lower_pct"] == first["value_pct"] == pytest.approx(11_610 / 135_628 * 100)
    assert first["upper_pct"] == pytest.approx((11_610 + 5_665) / 135_628 * 100)
    (axes,) = national.figure.axes
    assert [first["lower_pct"], first["upper_pct"]] in [list(line.get_xdata()) for line in axes.lines]
    assert [first["value_pct"]] in [list(line.get_xdata()) for line in axes.lines]
    assert axes.get_xlim()[0] == 0


def test_words_say_that_charged_is_not_convicted_and_what_the_line_means(national):
    """The figure itself guards against the mistake of article 003."""
    assert "Charged is not convicted" in national.words.notes
    assert any(note.startswith("Line: from the share so far") for note in national.words.notes)
    said = " ".join([national.caption, *national.notes, national.alt, national.description]).lower()
    assert "conviction rate" not in said
    assert national.words.title == (
        "England and Wales: 8.6% of stalking offences recorded in the year ending March 2025 were charged so far"
    )


def test_words_carry_the_numbers_of_the_table(national):
    """Alternative text and description have every row with its counts."""
    for text in national.table["text"]:
        assert text in national.alt
        assert text in national.description


def test_small_counts_show_no_share(city):
    """City of London's two rows are [c]; its charges are nowhere, and England and Wales stands beside it."""
    assert list(city.table["status"]) == ["[c]", "[c]", "", "", "[x]"]
    assert city.table.loc[:, ["value_pct", "lower_pct", "upper_pct", "numerator_n"]].head(2).isna().all().all()
    assert city.words.title == "City of London: the charged share of recorded stalking offences is withheld"
    assert not [number for number in city.numbers if number.area == "E23000034"]
    assert "too small" not in " ".join([city.alt, city.description, city.caption, *city.notes])
    assert city.words.notes[-1] == f"[c] Withheld here: {WITHHELD}"
    assert [text.get_text() for text in city.figure.axes[0].texts].count("[c]") == 2


def test_a_base_that_is_printed_in_the_words_stands_in_the_column(studio, city):
    """Of 30 recorded, and of 30 with an outcome, since none is pending; not where the pending count is withheld."""
    assert list(city.table["text"])[:2] == ["[c] withheld, of 30 recorded", "[c] withheld, of 30 with an outcome"]
    assert list(city.table["n"])[:2] == [30, 30]
    special = studio.charged("British Transport Police", "stalking", beside=None).table
    assert list(special["text"])[:2] == ["[c] withheld, of 136 recorded", "[c] withheld"]
    assert special["n"].iloc[0] == 136
    assert pd.isna(special["n"].iloc[1])


@pytest.mark.parametrize(("name", "charged", "base"), [("Hertfordshire", 157, 2_692), ("Warwickshire", 92, 1_065)])
def test_a_withheld_pending_count_does_not_hide_the_share(studio, name, charged, base):
    """The share so far with its counts; no bound, and no share of offences with an outcome, which would tell it."""
    drawing = studio.charged(name, "stalking", beside=None)
    first, second = row(drawing, 0), row(drawing, 1)
    assert first["text"] == f"{first['short']} so far ({charged} of {base:,}); how many have no outcome yet is withheld"
    assert pd.isna([first["lower_pct"], first["upper_pct"]]).all()
    assert (second["status"], second["text"]) == ("[c]", "[c] withheld: it would tell how many have no outcome yet")
    assert pd.isna([second[column] for column in ("value_pct", "n")]).all()
    assert second["numerator_n"] == charged
    assert [n.id.rpartition(".")[2] for n in drawing.numbers] == ["share", "charged", "base"]
    assert f"{name}: {first['short']} of stalking offences" in drawing.words.title
    assert not any(note.startswith("Line:") for note in drawing.words.notes)
    assert all(len(line.get_xdata()) == 1 for line in drawing.figure.axes[0].lines if line.get_color() == DARK_BLUE)


def test_corrections_below_zero_show_no_share(studio):
    """Humberside's kind of cohort (-352 pending) is drawn as [x] with the reason, and not as a share."""
    drawing = charge_of(studio, Cohort(752, 12, -352))
    assert list(drawing.table["status"]) == ["[x]"] * 3
    assert "corrections below zero" in row(drawing, 0)["text"]
    assert "cannot be shown" in drawing.words.title
    assert drawing.numbers == ()


def test_cohort_still_all_pending_is_not_said_to_hold_corrections(studio):
    """While no offence has an outcome there is no share of the resolved; nothing was corrected below zero."""
    drawing = charge_of(studio, Cohort(120, 0, 120))
    assert "corrections" not in drawing.alt
    assert "corrections" not in drawing.description


def test_nothing_pending_is_said_without_a_range(studio):
    """With every outcome in, the share so far and the most it can become are one."""
    first = row(charge_of(studio, Cohort(200, 20, 0)), 0)
    assert first["lower_pct"] == first["upper_pct"] == 10


def test_changed_value_changes_every_word_that_rests_on_it(studio, national):
    """A hundred more charges change title, alternative text, description, numbers and CSV."""
    more = studio.outcomes.copy()
    at = (
        (more["area_name"] == "Kent") & (more["offence_code"] == "8Q")
        & (more["outcome_type_code"] == "1") & (more["period_start"] == "2024-04-01")
    )  # fmt: skip
    more.loc[at, "offences_n"] += 10_000
    changed = studio.charged("England and Wales", "stalking", beside=None, table=more)
    assert "21,610 of 145,628" in changed.alt
    assert "21,610 of 145,628" in changed.description
    assert "14.8%" in changed.words.title
    assert "11,610" in national.alt
    assert "11,610" not in " ".join([changed.alt, changed.description, changed.caption, *changed.notes])
    assert {21_610, 145_628} <= {number.value for number in changed.numbers}
    assert b"21610" in as_csv(changed.table)
    assert b"11610" not in as_csv(changed.table)


def test_numbers_of_a_share_come_with_their_base(national):
    """The share, the charges, the base and the upper bound can each be quoted by name."""
    by_id = {number.id: number for number in national.numbers}
    stem = "charged.K04000001.offences_recorded"
    assert by_id[f"{stem}.share"].text == "8.6%"
    assert by_id[f"{stem}.charged"].value == 11_610
    assert by_id[f"{stem}.base"].value == 135_628
    assert by_id[f"{stem}.upper"].value == pytest.approx(17_275 / 135_628)
    assert by_id["charged.K04000001.offences_resolved.base"].value == 129_963
    assert {number.basis for number in national.numbers} == {"full count"}


def test_drawing_of_two_areas_names_each_row(city):
    """Each row says whose share it is and of what."""
    assert list(city.table["label"]) == [
        "City of London: of offences recorded",
        "City of London: of offences with an outcome",
        "England and Wales: of offences recorded",
        "England and Wales: of offences with an outcome",
        "Of outcomes assigned in the period",
    ]
