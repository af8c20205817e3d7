"""Pages that people write show figures and numbers as they are made; an edit of either is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stats.home import home
from stats.run.reproduce_pages import Made, pages, unlike_made

ALT = "Line chart of [c] offences: 1,234 in 2025."
NUMBERS = [{"id": "share.2025", "text": "8.6%"}, {"id": "count.2025", "text": "1,234"}, {"id": "few", "text": "12"},
           {"id": "round", "text": "5,000"}]  # fmt: skip
SHARE = "figures/brief/numbers.json#share.2025"


@pytest.fixture
def said(tmp_path: Path):
    """Return what is said of a page, beside README.md or in docs."""
    folder = tmp_path / "figures" / "brief"
    folder.mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (folder / "chart.json").write_text(json.dumps({"alt": ALT}), "utf-8")
    (folder / "numbers.json").write_text(json.dumps({"numbers": NUMBERS}), "utf-8")

    def say(text: str, name: str = "README.md") -> str:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return unlike_made(path, tmp_path, Made(tmp_path))

    return say


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"It is [8.6%]({SHARE}), or [**8.6%**]({SHARE}).", "README.md"),
        (f"| a |\n|---|\n| [8.6%](../{SHARE}) |", "docs/a.md"),
        (f"![{ALT}](figures/brief/chart.png) and ![{ALT}](figures/brief/chart.svg)", "README.md"),
        ("![Another](docs/picture.png), [words](figures/brief/chart.csv), [all](figures/brief/)", "README.md"),
        ("Of 12, 5,000 and 1,234.5 and 1,234,567 and 8.6%, `1,234`.\n\n```\n1,234\n```\n", "README.md"),
        ("It is [1,234](https://example.org).", "README.md"),
    ],
)  # fmt: skip
def test_a_page_that_is_as_made_is_let_pass(said, text, name):
    """In any folder, with words in bold, in tables; and numbers that are none of ours, or examples of code."""
    assert said(text, name) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"So\nit is [9.6%]({SHARE}).", f"line 2: {SHARE} is not as it is made, edit the page: “9.6%” → “8.6%”"),
        (f"| a |\n|---|\n| b |\n| [9.6%]({SHARE}) |", f"line 4: {SHARE} is not as"),
        ("It is [8.6%](figures/brief/numbers.json#share.2024).", "line 1: there is no number figures/brief/n"),
        ("It is [8.6%](figures/gone/numbers.json#share.2025).", "there is no number figures/gone/"),
        ("It is [8.6%](figures/brief/number.json#share.2025).", "there is no number figures/brief/number.json#"),
        (f"![{ALT.replace('1,234', '1,734')}](figures/brief/chart.png)",
         "line 1: the alternative text of figures/brief/chart.png is edited: “Line chart of [c] offences: 1,734 in"),
        ("![](figures/brief/chart.png)", "the alternative text of"),
        ("[![words](figures/brief/chart.svg)](figures/brief/chart.csv)", "the alternative text of"),
        ("![words][1]\n\n[1]: figures/brief/chart.svg", "the alternative text of"),
        ("![words](https://example.org/main/figures/brief/chart.svg)", "the alternative text of"),
        ("![words](figures/brief/gone.png)", "line 1: there is no figure figures/brief/gone.png"),
        ('So <img src="figures/brief/chart.png" alt="words">', "line 1: a figure is shown by HTML"),
        ('<img src="figures/brief/chart.png" alt="words">', "line 1: a figure is shown by HTML"),
        ("They\nwere 1,234, in all.", "line 2: 1,234 is typed; write [1,234](figures/brief/numbers.json#count.2025)"),
    ],
)  # fmt: skip
def test_what_is_edited_on_a_page_is_told(said, text, told):
    """With its line, and both values or what to write."""
    assert told in said(text)


def test_a_count_that_is_typed_is_told_as_a_link_from_its_own_folder(said):
    """So that it can be copied."""
    assert "[1,234](../figures/brief/numbers.json#count.2025)" in said("They were 1,234.", "docs/a.md")


def test_a_page_in_another_encoding_is_told(tmp_path):
    """And does not stop what is compared after it."""
    (tmp_path / "README.md").write_bytes("café".encode("latin-1"))
    assert unlike_made(tmp_path / "README.md", tmp_path, Made(tmp_path)) == "is not written in UTF-8"


def test_every_page_but_those_that_are_made_or_dated_is_looked_at():
    """README.md, docs and what lies beside them."""
    names = {path.relative_to(home()).as_posix() for path in pages(home())}
    assert {"README.md", "GLOSSARY.md", "docs/methodology.md", "docs/limitations.md"} <= names
    assert not names & {"CHANGELOG.md", "docs/claims.md", "docs/methods.md"}


@pytest.mark.parametrize("path", pages(home()), ids=lambda path: path.name)
def test_committed_pages_are_as_made(path):
    """And those with numbers of ours have links to them."""
    assert unlike_made(path, home(), Made(home())) == ""


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [("README.md", "135,628 in the year", "175,628 in the year"), ("docs/methodology.md", "[8.6%]", "[9.6%]")],
)
def test_a_digit_typed_over_on_a_committed_page_is_told(tmp_path, name, old, new):
    """In the words of a picture, and in a worked example."""
    text = (home() / name).read_text("utf-8")
    assert old in text
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert "→" in unlike_made(path, tmp_path, Made(home()))
