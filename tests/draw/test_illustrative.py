"""Made-up data say so on the face of every figure, and cannot be drawn as if somebody had published them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from stats.draw.foi import draw_foi
from stats.draw.illustrative import ACROSS, LEAD, named_in
from stats.draw.page import Drawing, Words
from stats.draw.ranges import draw_ranges
from stats.draw.survey import draw_survey
from stats.errors import NotHonest, StatsError, UnknownName
from stats.estimate.foi import total
from stats.estimate.survey_tables import survey_table
from stats.period import Period
from stats.registers.illustrative import source_of_file
from stats.run.foi_and_surveys import answers_of, returns_of

NAMED = pd.DataFrame({"label": ["everybody"], "source_id": ["illustrative_open_survey"]})


@pytest.fixture
def returned(registers, offences) -> Drawing:
    """The illustrative FOI returns, drawn."""
    source = source_of_file("illustrative_foi_returns", "foi_returns", registers)
    found = total(
        returns_of(source), question="Umbrellas handed in at front counters", period=Period.parse("2024/25"),
        definition="umbrellas handed in at front counters", group=registers.offences.find("stalking"),
        offences=offences, registers=registers,
    )  # fmt: skip
    sources = [source, registers.newest("recorded_offences")]
    return draw_foi("returned", found, measure=registers.measure("foi_answers"), sources=sources)


@pytest.fixture
def surveyed(registers):
    """A table of an illustrative survey, and its source."""
    source = source_of_file("illustrative_open_survey", "survey_answers", registers)
    return survey_table(answers_of(source), "umbrella", by="age_group"), source


@pytest.fixture
def replied(registers, surveyed) -> Drawing:
    """One answer of it, drawn."""
    table, source = surveyed
    return draw_survey("replied", table, "carried one", measure=registers.measure(table.measure), sources=[source])


@pytest.fixture(params=["returned", "replied"])
def made_up(request) -> Drawing:
    """Each drawing of made-up data."""
    return request.getfixturevalue(request.param)


def test_it_says_so_across_the_plot_and_in_all_its_words(made_up, seen) -> None:
    """Title, alternative text, description, caption, every row and every number."""
    assert ACROSS in [text.get_text() for text in made_up.figure.texts]
    printed = " ".join(text for text, _ in seen(made_up.figure)).replace("\n", " ")
    assert f"{LEAD}" in printed
    assert "None may be quoted, or used as evidence" in printed
    for text in (made_up.words.title, made_up.alt, made_up.description, *(n.what for n in made_up.numbers)):
        assert text.startswith(LEAD)
    assert all(number.qualifier.startswith("Illustrative") for number in made_up.numbers)
    assert "Illustrative: every number here is made up" in " ".join(made_up.notes)
    assert set(made_up.table["provenance"]) == {"illustrative"}
    assert "Provenance: illustrative" in made_up.source_line


def test_the_mark_lies_within_the_plot(made_up) -> None:
    """It hides no word beside it."""
    axes = made_up.figure.axes[0].get_window_extent()
    for text in made_up.figure.texts:
        if text.get_text() == ACROSS:
            box = text.get_window_extent()
            assert axes.x0 <= box.x0
            assert box.x1 <= axes.x1


def test_it_cannot_be_said_twice(made_up) -> None:
    """A drawing made of a drawing is marked once."""
    again = replace(made_up)
    assert again.alt == made_up.alt
    assert again.words == made_up.words


@pytest.mark.parametrize(
    "derive",
    [
        lambda table: table,
        lambda table: table[["label", "value_pct", "lower_pct", "upper_pct", "is_bound", "text", "status"]],
        lambda table: table[table["label"] == "everybody"].drop(columns="provenance"),
        lambda table: table.assign(label="men").sort_values("text").drop(columns="provenance"),
        lambda table: table.groupby("label", as_index=False, sort=False).first().drop(columns="provenance"),
        lambda table: pd.concat([table, table]),
        lambda table: table.drop(columns="provenance").merge(
            pd.DataFrame({"label": ["everybody"], "source_id": ["illustrative_open_survey"]})
        ),
    ],
)
def test_a_derived_table_cannot_be_drawn_under_an_official_name(replied, registers, derive) -> None:
    """However it was cut, grouped, renamed or joined, what it was made from is still known."""
    with pytest.raises(NotHonest, match=r"(?s)as if somebody had published them.*made from:.*illustrative_"):
        draw_ranges(
            "sneaked", derive(replied.table), words=Words("A title", "A kind"), axis="share",
            alt="Chart of 6 rows, with an official source beside it.", measures=[],
            description="Six rows of a chart, 6 in all, with an official source.",
            sources=registers.sources_of("recorded_offences"),
        )  # fmt: skip


def test_a_figure_laid_out_by_other_hands_is_refused(replied) -> None:
    """Without the mark across the plot there is no figure."""
    with pytest.raises(StatsError, match="must say so across its plot"):
        replace(replied, figure=Figure())


def test_a_table_of_official_rows_names_no_made_up_source(offences) -> None:
    """Nothing else is marked."""
    assert named_in(offences) == []


def test_hidden_groups_are_named_and_have_no_point(replied, surveyed) -> None:
    """A group with few people stays on the figure, with the reason."""
    hidden = replied.table[replied.table["status"] == "[c]"]
    assert len(hidden)
    assert hidden["value_pct"].isna().all()
    assert "[c] hidden" in replied.alt
    assert replied.table["lower_pct"].isna().all(), "people who chose to answer have no interval"


def test_an_answer_that_nobody_could_give_stops(surveyed, registers) -> None:
    """The nearest is named."""
    table, source = surveyed
    with pytest.raises(UnknownName, match=r"(?s)nearest:\s+carried one"):
        draw_survey("replied", table, "carried on", measure=registers.measure(table.measure), sources=[source])


def test_a_nation_is_not_put_into_the_mouth_of_people_who_chose_to_answer(surveyed, registers) -> None:
    """Even where an answer holds the word."""
    table, source = surveyed
    words = table.table.assign(answer=table.table["answer"].replace("carried one", "in England"))
    with pytest.raises(NotHonest, match="cannot be said of a self-selected"):
        draw_survey(
            "replied", replace(table, table=words), "in England", measure=registers.measure(table.measure),
            sources=[source],
        )  # fmt: skip
