"""What every format arranges alike: numbers, what stands below a figure, and what stays together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_document import sample

from stats.publish.documents.arranged import FEW_LINES, are_leads, below, kept_with_next, names_of
from stats.publish.documents.ending import tables_in_full
from stats.publish.documents.model import Bullets, Heading, Paragraph, Words


def test_figures_and_tables_are_numbered_as_they_are_printed():
    """The tables behind figures after those of the text, and the list of numbers last; twice the same is one."""
    names = names_of(sample())
    assert [names[picture] for picture in sample().pictures] == ["Figure 1", "Figure 2"]
    assert [names[grid] for grid in tables_in_full(sample())] == ["Table 1", "Table 2", "Table 3", "Table 4"]
    again = replace(sample(), blocks=(*sample().blocks, sample().pictures[0]))
    assert len(names_of(again)) == len(names)
    assert again.tables == sample().tables


def test_below_a_figure_each_note_is_a_paragraph():
    """Then the source, with the table that has the numbers where that stands elsewhere."""
    picture = replace(sample().pictures[0], notes=("One.", "Two."), source_line="Source: us.")
    assert below(picture) == ["One.", "Two.", "Source: us."]
    assert below(picture, "Table 5") == ["One.", "Two.", "Source: us. Table 5 has these numbers."]
    assert below(replace(picture, notes=(), source_line="")) == []


@pytest.mark.parametrize(("said", "notes", "kept"), [
    (["n"] * (FEW_LINES - 1) + ["s"], FEW_LINES - 1, [True] * (FEW_LINES - 1) + [False]),
    (["n"] * FEW_LINES + ["s"], FEW_LINES, [False] * (FEW_LINES - 1) + [True, False]),
    (["s" * 2000], 0, [False]),
    ([], 0, []),
])  # fmt: skip
def test_few_lines_stay_together_and_the_last_note_with_the_source(said, notes, kept):
    """Whatever their number, the last is never kept: what follows is no part of the figure."""
    assert kept_with_next(said, notes, 100) == kept


def test_a_paragraph_leads_up_to_a_figure_or_after_a_colon():
    """Nothing else does, and nothing follows the last."""
    figure, items = sample().pictures[0], Bullets(((Words("One"),),))
    look, these, free = (Paragraph((Words(text),)) for text in ("Look.", "These: ", "Free."))
    heading = Heading(2, (Words("Here"),), "here")
    assert are_leads([heading, look, figure, these, items, free, items, these]) == [
        False, True, False, True, False, False, False, False,
    ]  # fmt: skip
    assert are_leads([]) == []
