"""Every template is looked at when all is made again; what is wrong in one is told, and the others are made."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stats.errors import StatsError
from stats.home import home
from stats.publish.documents.template import load_template
from stats.run import reproduce_documents
from stats.run.claims import facts_of
from stats.run.reproduce_documents import looked_at, write_documents

EVERY = sorted(path.stem for path in (home() / "briefings").glob("*.md"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with the templates, and what may be typed in them."""
    shutil.copytree(home() / "briefings", tmp_path / "briefings")
    shutil.copytree(home() / "data" / "registers", tmp_path / "data" / "registers")
    return tmp_path


def test_every_template_is_looked_at_and_some_are_committed(root):
    """Those that ask for nothing, and rest on committed figures."""
    committed, unusable = looked_at(root)
    assert ([template.name for template in committed], unusable) == (["annex", "briefing"], {})


@pytest.mark.parametrize("name", EVERY)
def test_a_number_typed_in_any_template_is_told_with_its_line(root, name):
    """Also in those that ask for something, whose documents are not committed."""
    path = root / "briefings" / f"{name}.md"
    path.write_text(path.read_text("utf-8") + "\nStalking rose by 93% in a year.\n", "utf-8")
    committed, unusable = looked_at(root)
    assert name not in {template.name for template in committed}
    assert list(unusable) == [f"briefings/{name}.md"]
    line = path.read_text("utf-8").count("\n")
    assert (f"line {line}", "'93%'") in [(label, said[:5]) for label, said in unusable[f"briefings/{name}.md"].evidence]


@pytest.mark.parametrize(
    "head", [b"title: 9 of them\nasks: {area: Kent}\n", b"title: caf\xe9\n", b"title: [\n", b"title: x\nauthor: me\n"]
)
def test_a_template_that_cannot_be_read_is_told_by_its_name(root, head):
    """And the rest is looked at."""
    (root / "briefings" / "broken.md").write_bytes(b"---\nkind: force\n" + head + b"---\n")
    committed, unusable = looked_at(root)
    assert len(committed) == 2
    assert list(unusable) == ["briefings/broken.md"]
    assert any("broken.md" in said for _, said in unusable["briefings/broken.md"].evidence)


@pytest.mark.parametrize("problem", [ValueError("nobody thought of it"), StatsError("refused.")])
def test_a_document_that_stops_stops_no_other(tmp_path, monkeypatch, problem):
    """Also by a fault of ours."""
    written = []

    def write(template, facts, root):
        if template.name == "annex":
            raise problem
        yield written.append(template.name)

    monkeypatch.setattr(reproduce_documents, "write_committed", write)
    templates = [load_template(home() / "briefings" / f"{name}.md") for name in ("annex", "briefing")]
    failed = write_documents(templates, facts_of(home()), tmp_path)
    assert written == ["briefing"]
    assert list(failed) == ["documents/annex"]
    assert str(problem) in str(failed["documents/annex"])
