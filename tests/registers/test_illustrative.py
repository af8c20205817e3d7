"""Made-up data lie apart, and say so by kind and by name."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from stats.errors import RegisterError, UnknownName
from stats.home import home
from stats.registers.illustrative import BEGINS, FOLDER, illustrative_sources, is_made_up, source_of_file


def test_every_made_up_file_says_so() -> None:
    """By its kind, its id, its title and its caveat; and its bytes are those of its entry."""
    sources = illustrative_sources(home())
    assert set(sources) == {f"{BEGINS}{name}" for name in ("foi_returns", "open_survey", "sample_survey")}
    for source in sources.values():
        assert source.title.startswith("Illustrative")
        assert source.caveats[0].startswith("Illustrative")
        assert source.read()


def test_none_of_them_is_among_what_somebody_published(registers) -> None:
    """No estimate finds one by chance."""
    assert not is_made_up(registers.sources.values())


@pytest.mark.parametrize(("old", "new"), [("kind: illustrative", "kind: foi"), ("id: illustrative_", "id: real_")])
def test_an_entry_that_hides_it_is_refused(tmp_path, old, new) -> None:
    """Kind and name must both say it."""
    shutil.copytree(home() / FOLDER, tmp_path / FOLDER)
    path = tmp_path / FOLDER / "foi_returns.csv.yml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(RegisterError, match="does not say so"):
        illustrative_sources(tmp_path)


def test_made_up_data_among_the_raw_files_are_refused(registers) -> None:
    """They cannot be reached under a published name."""
    stray = illustrative_sources(home())["illustrative_foi_returns"]
    with pytest.raises(RegisterError, match="lie among what somebody published"):
        source_of_file("stray", "foi_returns", replace(registers, sources={"stray": stray}))


def test_a_source_goes_by_its_name_and_dataset(registers) -> None:
    """A survey is no file of returns."""
    with pytest.raises(UnknownName, match=r"(?s)nearest:\s+illustrative_foi_returns"):
        source_of_file("illustrative_foi", "foi_returns", registers)
    with pytest.raises(UnknownName):
        source_of_file("illustrative_open_survey", "foi_returns", registers)
