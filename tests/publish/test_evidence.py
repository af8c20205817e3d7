"""What is made up reaches no pack, and no figure of a notebook that reads it hides the fact."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from stats.errors import NotHonest
from stats.home import home
from stats.publish.evidence import must_be_evidence
from stats.publish.figures import files_of
from stats.registers.illustrative import illustrative_sources

FOLDERS = ("illustrative_returns_and_sample", "illustrative_open_survey")


@dataclass(frozen=True)
class Asked:
    """A notebook that was asked for made-up data."""

    made_up: tuple = field(default_factory=lambda: tuple(illustrative_sources(home()).values()))
    notebook: str = "a_question"

    def as_parameters(self) -> dict:
        """Return no parameters."""
        return {}

    def uses(self, dataset, table, drawing):
        """Return every row."""
        return table


@pytest.mark.parametrize("folder", FOLDERS)
def test_committed_figures_of_made_up_data_are_barred(folder) -> None:
    """Each figure, and each number by what the folder lists, as a pack would read them."""
    for path in sorted((home() / "figures" / folder).glob("*.json")):
        record = json.loads(path.read_text("utf-8"))
        with pytest.raises(NotHonest, match=r"(?s)is no evidence: it rests on made-up data.*illustrative_"):
            must_be_evidence(path.stem, record["sources"])


def test_every_other_committed_figure_is_let_pass() -> None:
    """And says nowhere that it is made up."""
    for path in sorted((home() / "figures").glob("*/*.json")):
        if path.parent.name not in FOLDERS:
            record = json.loads(path.read_text("utf-8"))
            must_be_evidence(path.stem, record["sources"])
            assert "is_illustrative" not in record


def test_made_up_sources_are_barred_by_kind_and_by_name(registers) -> None:
    """A made-up source under another kind keeps its name, and one under another name its kind."""
    official, (one, *_) = registers.newest("outcomes"), illustrative_sources(home()).values()
    must_be_evidence("a figure", [official])
    for source in (one, one.model_copy(update={"kind": "foi"}), one.model_copy(update={"id": "foi_returns"})):
        with pytest.raises(NotHonest, match="made-up data"):
            must_be_evidence("a figure", [official, source])


def test_what_names_no_source_is_no_evidence() -> None:
    """Nor what does not say of which kind it is."""
    with pytest.raises(NotHonest, match="it rests on no source"):
        must_be_evidence("a figure", [])
    with pytest.raises(NotHonest, match="made-up data"):
        must_be_evidence("a figure", [{"id": "a_source"}])


def test_a_notebook_that_reads_made_up_data_makes_no_figure_without_the_mark(official) -> None:
    """Whatever its table was derived from: numbers typed anew carry no trace, so the notebook answers for them."""
    with pytest.raises(NotHonest, match=r"(?s)makes no figure that does not say so.*illustrative_foi_returns"):
        files_of(official, Asked())
    assert files_of(official, Asked(made_up=()))
