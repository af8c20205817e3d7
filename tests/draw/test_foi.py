"""Drawings of FOI returns: coverage on the face, silence by name, and no figure without them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_returns import QUESTION, answer, returns, silent

from stats.clean.foi import clean_foi
from stats.draw.foi import draw_foi
from stats.errors import NotHonest
from stats.estimate.foi import total
from stats.period import Period
from stats.read.foi import read_foi


@pytest.fixture
def source(registers):
    """An entry of real returns."""
    return registers.source("published_foi_2026_11_22").model_copy(
        update={"id": "foi_made", "dataset": "foi_returns", "publisher": "Police forces", "title": "Answers"}
    )


@pytest.fixture
def draw(registers, offences, source):
    """Draw rows of the template."""

    def of(*rows, sources=(source,)):
        table = clean_foi(read_foi(returns(*rows)), source.id, registers)
        found = total(
            table, question=QUESTION, period=Period.parse("2024/25"), group=registers.offences.find("stalking"),
            offences=offences, registers=registers,
        )  # fmt: skip
        return draw_foi("returned", found, measure=registers.measure("foi_answers"), sources=list(sources))

    return of


ROWS = (
    answer("Kent", value="1,200"),
    answer("Essex", status="partial", value="15"),
    answer("Dorset", period_to="2025-04-30"),
    silent("Surrey", "refused on cost"),
    silent("Sussex", "none"),
)


def test_coverage_is_printed_on_the_plot_and_in_every_text(draw, seen) -> None:
    """Subtitle, alternative text, caption and numbers."""
    drawing = draw(*ROWS)
    cover = drawing.coverage
    assert cover.startswith("2 of 43 forces (1 of them in part), ")
    printed = " ".join(text for text, _ in seen(drawing.figure)).replace("\n", " ")
    for text in (drawing.words.subtitle, drawing.alt, drawing.caption, printed, drawing.numbers[0].qualifier):
        assert cover in text


def test_a_figure_of_foi_returns_without_coverage_cannot_be_made(draw) -> None:
    """Neither without it, nor with other words, nor with it in the alternative text alone."""
    drawing = draw(*ROWS)
    plain = replace(drawing.words, subtitle="Orders applied for")
    for change in (
        {"coverage": ""},
        {"coverage": "most forces"},
        {"words": plain},
        {"alt": "A chart of 2 bars, of orders that forces applied for."},
    ):
        with pytest.raises(NotHonest, match="must say which forces answered"):
            replace(drawing, **change)


def test_silence_and_unlike_answers_are_named_and_have_no_bar(draw) -> None:
    """Who refused, who did not answer, and whose answer counts other days."""
    drawing = draw(*ROWS)
    notes = " ".join(drawing.words.notes)
    assert drawing.table["area_name"].tolist() == ["Essex", "Kent"]
    assert "Refused on cost (1): Surrey" in notes
    assert "No answer (1): Sussex" in notes
    assert "Not in the returns (38): " in notes
    assert "Answered otherwise, and not summed (1): period ‘April 2024 to April 2025’: Dorset" in notes
    assert "is not zero" in notes


def test_a_lower_bound_says_at_least(draw) -> None:
    """In the title, beside the bar, and among the numbers."""
    drawing = draw(*ROWS)
    assert drawing.words.title == "The 2 forces that answered counted at least 1,215 orders"
    assert drawing.table["text"].tolist() == ["at least 15", "1,200"]
    assert "lower bound" in drawing.numbers[0].qualifier


def test_real_returns_bear_no_mark_of_made_up_ones(draw) -> None:
    """They are evidence, of a kind that is shown."""
    drawing = draw(*ROWS)
    assert "llustrative" not in drawing.alt + drawing.words.title
    assert "provenance" not in drawing.table
    assert "Provenance: foi." in drawing.source_line
