import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from stats.estimate.small_counts import WITHHELD
from stats.publish.files import as_csv


def bars(drawing) -> list[Rectangle]:
    """The drawn bars, in order."""
    (axes,) = drawing.figure.axes
    return [bar for container in axes.containers for bar in container]


@pytest.fixture(scope="module")
def kent(studio):
    """Kent's outcomes, of which none is small, with England and Wales beside them."""
    return studio.outcomes_of("Kent", "stalking")


@pytest.fixture(scope="module")
def city(studio):
    """City of London's outcomes, of which some are hidden."""
    return studio.outcomes_of("City of London", "stalking and harassment")


def test_bars_start_at_zero(kent, city):
    """Every bar starts at 0% and so does the axis: a bar's length is its share."""
    for drawing in (kent, city):
        assert {bar.get_x() for bar in bars(drawing)} == {0}
        assert drawing.figure.axes[0].get_xlim()[0] == 0


def test_bars_are_as_long_as_their_shares(kent):
    """Each bar ends at the share that the table gives it, inside the axis."""
    assert [bar.get_width() for bar in bars(kent)] == list(kent.table["share_pct"])
    assert kent.figure.axes[0].get_xlim()[1] > kent.table["share_pct"].max()


def test_shares_of_an_area_add_up_to_100_per_cent(kent):
    """Every offence has one outcome so far."""
    for _, rows in kent.table.groupby("area_code"):
        assert rows["share_pct"].sum() == pytest.approx(100)
        assert rows["offences_n"].sum() == rows["recorded_n"].iloc[0]


def test_two_areas_can_be_told_apart_without_colour(kent):
    """One is filled dark, the other white and hatched: in greyscale they differ by more than three to one."""
    first, second = bars(kent)[0], bars(kent)[-1]

    def light(bar) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(bar.get_facecolor()[:3])]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert (light(second) + 0.05) / (light(first) + 0.05) > 3
    assert not first.get_hatch()
    assert second.get_hatch()


def test_each_area_is_named_beside_its_bars_and_needs_no_legend(kent):
    """Both names are on the plot once."""
    (axes,) = kent.figure.axes
    texts = [text.get_text() for text in axes.texts]
    assert texts.count("Kent") == texts.count("England and Wales") == 1
    assert axes.get_legend() is None


def test_one_area_is_not_set_beside_itself(studio):
    """England and Wales beside England and Wales is one set of bars, with no name to tell it from another."""
    drawing = studio.outcomes_of("England and Wales", "stalking")
    assert len(bars(drawing)) == len(drawing.table) == 8
    assert "England and Wales" not in [text.get_text() for text in drawing.figure.axes[0].texts]


def test_every_bar_has_its_share_and_count(kent):
    """Direct labels: the share and, in brackets, the number of offences."""
    texts = [text.get_text() for text in kent.figure.axes[0].texts]
    assert set(kent.table["text"]) <= set(texts)
    national = kent.table[kent.table["area_code"] == "K04000001"].set_index("outcome_group")
    assert national.loc["Charged or summonsed", "text"] == "8.6% (11,610)"


def test_words_carry_the_numbers_of_the_table(studio):
    """Title, alternative text and description, from 11,610 of 135,628 charged and 41,074 short of evidence."""
    drawing = studio.outcomes_of("England and Wales", "stalking", beside=None)
    assert drawing.words.title == (
        "England and Wales: the outcome so far of 49.6% of 135,628 recorded stalking offences "
        "is ‘victim does not support action’"
    )
    assert drawing.alt.startswith("Bar chart of outcomes so far of 135,628 stalking offences")
    assert "evidence falls short, victim supports action 30.3% (41,074)" in drawing.alt
    assert "Charged or summonsed: 8.6% (11,610)" in drawing.description
    assert "No outcome yet: 4.2% (5,665)" in drawing.description


def test_alternative_text_has_the_charged_shares_and_then_the_largest_others(kent, studio):
    """Of Kent and of England and Wales beside it; then the three largest other groups of Kent, in falling order."""
    assert (
        ". Charged or summonsed: Kent 8.5% (347); England and Wales 8.6% (11,610). Largest others in Kent: " in kent.alt
    )
    is_other = (kent.table["area_code"] != "K04000001") & (kent.table["outcome_group"] != "Charged or summonsed")
    own = kent.table[is_other].sort_values("share_pct", ascending=False)
    places = [kent.alt.index(text) for text in own["text"].head(3)]
    assert places == sorted(places)
    alone = studio.outcomes_of("Kent", "stalking", beside=None)
    assert "England and Wales" not in alone.alt
    assert "Withheld" not in alone.alt


def test_alternative_text_names_what_is_withheld_and_no_zero(studio):
    """City of London: two groups are shown above zero, three are zero, three are withheld, the charged among them."""
    drawing = studio.outcomes_of("City of London", "stalking")
    assert (drawing.table["offences_n"] == 0).sum() == 3
    assert "(0)" not in drawing.alt
    assert "Charged or summonsed: City of London withheld; England and Wales 8.6% (11,610)." in drawing.alt
    assert drawing.alt.endswith(
        " Withheld in City of London: charged or summonsed, out-of-court disposal and no suspect identified."
    )


def test_hidden_counts_are_nowhere_in_the_drawing(city, studio):
    """[c] on the plot; no count, share, word, number or CSV cell has what is hidden, and a note says why."""
    hidden = city.table[city.table["status"] == "[c]"]
    assert len(hidden) >= 2
    assert set(hidden["text"]) == {"[c]"}
    assert hidden[["offences_n", "share_pct"]].isna().all().all()
    assert city.words.notes[-1] == f"[c] Withheld here: {WITHHELD}"
    for group in hidden["outcome_group"]:
        assert f"{group}: [c]" in city.description
        slug = "-".join("".join(c if c.isalnum() else " " for c in group.lower()).split())
        assert not [number for number in city.numbers if f"E23000034.{slug}." in number.id]
        assert f"{group},,".encode() in as_csv(city.table).replace(b'"', b"")
    assert [text.get_text() for text in city.figure.axes[0].texts].count("[c]") == len(hidden)


def test_title_speaks_of_the_largest_group_that_is_shown(city):
    """A title about a group of nothing would mislead: hidden groups are never smaller than the one named."""
    own = city.table[city.table["area_code"] == "E23000034"]
    largest = own["share_pct"].max()
    assert largest > 0
    assert own.loc[own["share_pct"].idxmax(), "outcome_group"].lower() in city.words.title


def test_changed_value_changes_every_word_that_rests_on_it(studio):
    """A hundred more charges in Kent change alternative text, description, numbers, CSV and bar."""
    usual = studio.outcomes_of("Kent", "stalking", beside=None)
    more = studio.outcomes.copy()
    at = (
        (more["area_name"] == "Kent") & (more["offence_code"] == "8Q")
        & (more["outcome_type_code"] == "1") & (more["period_start"] == "2024-04-01")
    )  # fmt: skip
    assert at.sum() == 1
    more.loc[at, "offences_n"] += 100
    changed = studio.outcomes_of("Kent", "stalking", beside=None, table=more)
    assert "(347)" in usual.alt
    assert "(347)" in usual.description
    assert "(447)" in changed.alt
    assert "(447)" in changed.description
    assert "(347)" not in changed.alt + changed.description
    assert {447, 4_206} & {n.value for n in changed.numbers}
    assert b"447" in as_csv(changed.table)
    assert bars(changed)[1].get_width() == pytest.approx(447 / 4_206 * 100)


def test_every_number_has_its_share_and_its_count(kent):
    """Eight groups, two areas, a share and a count each; counts are not called shares."""
    assert len(kent.numbers) == 32
    by_id = {number.id: number for number in kent.numbers}
    assert len(by_id) == 32
    count = by_id["outcomes.K04000001.charged-or-summonsed.count"]
    assert (count.value, count.unit, count.measure) == (11_610, "count", "outcomes_of_one_kind")
    share = by_id["outcomes.K04000001.charged-or-summonsed.share"]
    assert share.value == pytest.approx(11_610 / 135_628)
    assert (share.text, share.measure) == ("8.6%", "outcome_share_of_offences_recorded")


@pytest.mark.parametrize(
    ("period", "words"), [("2024/25", "in the year ending March 2025"), ("2024/25 Q1", "in April to June 2024")]
)
def test_period_reads_as_a_sentence(studio, period, words):
    """'in the year ending' but 'in April to June', in subtitle and alternative text."""
    drawing = studio.outcomes_of("Kent", "stalking", period)
    assert drawing.words.subtitle.endswith(words)
    assert words in drawing.alt
