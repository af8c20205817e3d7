"""Which figures a release changes, and in which words."""

from __future__ import annotations

import json

import pytest

from stats.errors import NotToHand
from stats.run import release_effects
from stats.run.execute import NotebookStopped
from stats.run.release_effects import compared, figures_again
from stats.run.release_report import Report, as_markdown


def _figure(folder, *, text="10", alt="Ten", line="published 2026-04-23", source="old", claims=()):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.svg").write_text("<svg/>", "utf-8")
    record = {
        "title": "A title", "alt": alt, "notes": ["First.", "Second."], "source_line": line, "claims": list(claims),
        "numbers": [{"id": "one.2024", "text": text}], "sources": [{"id": source, "rows_used": 4}, {"id": "words"}],
    }  # fmt: skip
    (folder / "one.json").write_text(json.dumps(record), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "unchanged"),
        ({"line": "published 2026-07-23", "source": "new"}, "names the new release only"),
        ({"alt": "About ten", "source": "new"}, "words change"),
        ({"text": "11", "alt": "Eleven"}, "numbers change"),
    ],
)
def test_a_figure_is_told_by_what_changes(tmp_path, changes, kind):
    """A number outweighs a word, and a word the name of the release."""
    (effect,) = compared(_figure(tmp_path / "was" / "brief"), _figure(tmp_path / "now" / "brief", **changes))
    assert (effect.figure, effect.kind) == ("brief/one", kind)


def test_a_figure_that_appears_or_is_gone_is_told(tmp_path):
    """Its numbers were, or are, nothing."""
    (tmp_path / "now" / "brief").mkdir(parents=True)
    (effect,) = compared(_figure(tmp_path / "was" / "brief"), tmp_path / "now" / "brief")
    assert effect.numbers == [("one.2024", "10", "nothing")]


def test_a_brief_that_stops_is_told_and_the_others_go_on(registers, tmp_path, monkeypatch):
    """A brief that is no longer possible, one whose notebook refuses, and one that is made: each has its line."""
    folder = tmp_path / "notebooks" / "briefs"
    folder.mkdir(parents=True)
    for name in ("impossible", "refused", "fine", "other"):
        (folder / f"{name}.yml").write_text("", "utf-8")

    class Asked:
        reads = ("outcomes",)

        def as_parameters(self):
            return {}

    class Brief:
        def __init__(self, name, reads):
            self.name, self.notebook, self.asked = name, "charge_share", Asked()
            self.asked.reads = reads

    def load(path):
        if path.stem == "impossible":
            raise NotToHand("outcomes are not to hand for 2019/20.", [], "Choose another period.")
        return Brief(path.stem, ("population",) if path.stem == "other" else ("outcomes",))

    def run_all(jobs, _):
        for job in jobs:
            yield job, NotebookStopped("NotComparable: no.") if job.name == "refused" else [_figure(job.out, text="11")]

    _figure(tmp_path / "figures" / "fine", claims=("C1",))
    monkeypatch.setattr(release_effects, "load_brief", load)
    monkeypatch.setattr(release_effects, "run_all", run_all)
    effects = figures_again("outcomes", tmp_path, tmp_path / "build" / "figures", 1)
    assert [(e.figure, e.kind) for e in effects] == [
        ("fine/one", "numbers change"), ("impossible", "cannot be made"), ("refused", "cannot be made"),
    ]  # fmt: skip
    source = registers.newest("outcomes")
    words = as_markdown(Report(source, [], source, figures=effects))
    assert "cannot be made: impossible, refused" in words
    assert "outcomes are not to hand for 2019/20." in words
    assert "- one.2024: 10 → 11" in words
    assert "Briefs that can no longer be made: impossible, refused." in words


def test_only_the_sentences_that_differ_are_told(registers, tmp_path):
    """A caption of many sentences is not printed twice."""
    made = _figure(tmp_path / "now" / "brief", text="11")
    record = json.loads((made / "one.json").read_text("utf-8"))
    (made / "one.json").write_text(json.dumps({**record, "notes": ["First.", "Third."]}), "utf-8")
    source = registers.newest("outcomes")
    effects = compared(_figure(tmp_path / "was" / "brief"), made)
    words = as_markdown(Report(source, [], source, figures=effects))
    assert "- notes, before: Second.\n- notes, now: Third.\n" in words
