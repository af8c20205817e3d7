"""The page of methods: nothing missing, nothing stale, and every example run."""

import csv
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from reference.adapters import ADAPTERS

from stats.errors import RegisterError
from stats.estimate.proportions import proportion
from stats.home import home
from stats.publish.examples import told
from stats.publish.methods import PAGE, VALUES, function_of, methods_page, public_functions, reference_rows, sections
from stats.registers.methods import load_methods

METHODS = load_methods(home() / "data" / "registers")


@pytest.fixture(scope="module")
def page() -> str:
    """The page as the code makes it now."""
    return methods_page(home()).decode("utf-8")


def test_committed_page_is_what_the_code_makes(page):
    """A stale page fails; `make methods` mends it."""
    assert (home() / PAGE).read_text("utf-8") == page


def test_every_public_method_of_estimate_is_on_the_page_and_every_entry_is_there():
    """A function with a full docstring has an entry of its own, or serves one; an entry names functions that exist."""
    named = {method.function for method in METHODS.values()}
    named |= {f"{method.module}.{name}" for method in METHODS.values() for name in method.serving}
    assert public_functions() - named == set()
    assert all(function_of(method) for method in METHODS.values())


def test_every_reference_method_is_named_by_exactly_one_entry():
    """Each method that has an adapter stands on the page once, and each that is named is in the file of values."""
    times = Counter(row for method in METHODS.values() for row in method.rows)
    assert {row for row in ADAPTERS if times[row] != 1} == set()
    assert set(times) <= set(reference_rows(home()))


def test_page_counts_the_values_of_the_file(page):
    """The number in the opening is that of the rows whose methods are named."""
    rows = {row for method in METHODS.values() for row in method.rows}
    with (home() / VALUES).open(encoding="utf-8", newline="") as file:
        n = sum(row["method"] in rows for row in csv.DictReader(file))
    assert f"are checked against {n:,} values computed elsewhere" in page


def test_every_method_says_when_it_is_used_and_refused_and_shows_an_example(page):
    """Each entry has its facts, and code with an answer or a notebook."""
    assert page.count("- **Used:** ") == page.count("- **Refused:** ") == page.count("- **Formula:** ") == len(METHODS)
    assert page.count("```python\n") + page.count("At work in [") >= len(METHODS)
    assert "Traceback" not in page


def test_links_of_the_page_lead_somewhere(page):
    """Code, tests and notebooks are where the page says; a group is found from the list of contents."""
    links = re.findall(r"\]\(([^)#]+)\)", page)
    assert links
    assert [link for link in links if not (home() / "docs" / link).exists()] == []
    headings = {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^## (.+)$", page, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) == headings


ENTRY = """
wilson:
  group: One proportion
  name: Wilson's interval
  function: stats.estimate.proportions.proportion
  used: for samples
  refused: otherwise
  formula: Wilson (1927)
  rows: [prop_ci.wilson]
  example: proportion(79, 122, basis="sample")
"""


@pytest.fixture
def made(tmp_path):
    """Make the page of a register given as text."""

    def make(text: str) -> str:
        for name, content in (("data/registers/methods.yml", text), (VALUES, "method\nprop_ci.wilson\n")):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, "utf-8")
        return methods_page(tmp_path).decode("utf-8")

    return make


def test_page_of_one_entry_shows_what_its_example_gives(made):
    """The answer is computed when the page is made, and rounded."""
    page = made(ENTRY)
    assert "value: 0.6475; lower: 0.5594; upper: 0.7266; unit: share" in page
    assert "1 of `prop_ci.wilson`" in page
    assert "- `BadCount`: If x and n are not such counts." in page
    assert "(0.566, 0.873)" in made(ENTRY.partition("  example")[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("proportion\n", "proportoin\n", r"not there(.|\n)*nearest:\s+proportion"),
        ("stats.estimate.proportions.proportion", "proportion", "full name"),
        ('basis="sample")', 'basis="survey")', r"does not run(.|\n)*ValueError"),
        ('proportion(79, 122, basis="sample")', "x = 1", r"does not run(.|\n)*SyntaxError"),
        ("formula: Wilson (1927)", "formulae: Wilson (1927)", "the nearest is 'formula'"),
    ],
)
def test_entry_that_is_wrong_is_refused(made, old, new, said):
    """A misspelt function, field or example stops the page and names the entry."""
    with pytest.raises(RegisterError) as refusal:
        made(ENTRY.replace(old, new))
    assert re.search(said, str(refusal.value))
    assert "wilson" in str(refusal.value)


def test_method_without_an_example_is_refused(made):
    """Neither in its entry nor in the docstring, and no notebook shows it."""
    bare = ENTRY.replace("proportions.proportion", "proportions.wilson_limits").partition("  example")[0]
    with pytest.raises(RegisterError, match="a method has no worked example"):
        made(bare)
    assert "At work in [notebooks/charge_share.ipynb]" in made(bare + "  seen_in: notebooks/charge_share.ipynb\n")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"wilson:": "score:"}, "share one name"),
        ({"wilson:": "score:", "Wilson's": "Score"}, "share one row"),
    ],
)
def test_two_entries_share_neither_name_nor_row(made, changes, said):
    """Each method of the reference values is claimed once."""
    second = ENTRY
    for old, new in changes.items():
        second = second.replace(old, new)
    with pytest.raises(RegisterError, match=said):
        made(ENTRY + second)


def test_a_group_is_in_one_place(made):
    """A heading that comes twice would part what belongs together."""
    other = ENTRY.replace("wilson:", "b:").replace("Wilson's", "B").replace("  rows: [prop_ci.wilson]\n", "")
    third = other.replace("b:", "c:").replace("B interval", "C interval")
    with pytest.raises(RegisterError, match="the methods of a group are apart"):
        made(ENTRY + other.replace("One proportion", "Others") + third)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (0.123456, "0.1235"),
        (123_456.78, "123,456.8"),
        (12.0, "12"),
        (float("nan"), "none"),
        (float("inf"), "inf"),
        (True, "yes"),
        ("wilson", "wilson"),
        ((), "none"),
        ([1, 2.5, None], "1, 2.5, None"),
        ((np.array([1, 2]), 3), "(1, 2), 3"),
        (range(20), "0, 1, 2, 3, ... (20 in all) ..., 19"),
        ({"low": 0.25}, "low: 0.25"),
        (pd.DataFrame({"n": [1000]}), "    n\n1,000"),
    ],
)
def test_answers_are_told_with_few_digits(found, said):
    """Four significant digits, commas, and no more members than a reader wants."""
    assert told(found) == said


def test_estimate_is_told_by_its_fields():
    """A missing level is 'none', and a contract that is not there is left out."""
    said = told(proportion(79, 122, basis="self-selected")).replace("\n", " ")
    assert said.startswith("value: 0.6475; lower: none; upper: none; unit: share")
    assert "contract" not in said


def test_docstring_is_parted_by_its_titles():
    """The opening, then each section."""
    assert sections("One.\n\nMore.\n\nRaises\n------\nBadCount\n    If so.\n\nExamples\n--------\n>>> 1\n1") == {
        "": "One.\n\nMore.", "Raises": "BadCount\n    If so.", "Examples": ">>> 1\n1",
    }  # fmt: skip
