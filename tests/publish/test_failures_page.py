"""The page of runs that failed: offline, escaped, and readable by everybody."""

import base64
import hashlib
import re
from itertools import pairwise

from publish.test_failures import REFUSED, failure
from publish.test_markup import Tags

from stats.publish.check_page import check_page
from stats.publish.failures import Failure, Summary
from stats.publish.failures_page import failures_page
from stats.publish.page import head


def page_of(*failed: Failure, **more: object) -> str:
    """Return the page of these failures."""
    return failures_page(Summary({"failed": len(failed), "done": 40}, failed, seconds=62, **more)).decode()


def test_the_page_tells_everything_of_each_failure():
    """Parameters, cell, reason with its lines, the command, and the half-run notebook."""
    page = page_of(failure(REFUSED))
    words = " ".join(Tags(re.sub(r"(?s)<style>.*?</style>", "", page)).text.split())
    for said in ("41 runs: 40 done, 1 failed, in 1 min 2 s", "What failed (1)", "1. charge_share-kent", "area = Kent",
                 "4: counts = series(offences)", "stats again 3fa9c01d", "build/notebooks/kent.ipynb"):  # fmt: skip
        assert said in words
    assert f"<pre>{REFUSED['said']}</pre>" in page


def test_the_page_asks_nothing_of_anybody_and_runs_nothing():
    """Its policy and style are those of the page of a checked draft: one style sheet, one head."""
    page = page_of(failure(REFUSED))
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"(?s)<style>(.*?)</style>", page)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert not re.search(r"<(script|img|iframe|form|object|embed)|\son\w+=|https?:|url\(|@import", page)
    assert head in check_page.__globals__.values()


def test_no_word_of_a_run_becomes_a_tag():
    """Neither its name, its parameters, its code nor its error; signs that steer are spelt out."""
    bad = '"><script>alert(1)</script>\x1b\u202e'
    run = Failure(bad, bad, {bad: bad}, {"class": bad, "said": f"{bad}\n{bad}", "cell": 1, "line": bad}, bad, bad)
    page = page_of(run, impossible=(run,))
    assert "<script" not in page
    assert not set(page) & set("\x1b\u202e")
    assert "&lt;script&gt;" in page


def test_everybody_can_read_it():
    """One language, one main heading, headings in order, tables with headers, links that lead."""
    page = page_of(failure(REFUSED), failure({"class": "KernelDied"}), impossible=(failure(REFUSED),))
    assert '<html lang="en-GB">' in page
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "<caption>" in page
    assert page.count('scope="col"') == 3
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert 'class="skip"' in page


def test_when_nothing_failed_it_says_so():
    """And lists what cannot be computed."""
    page = page_of(impossible=(failure({"class": "NotToHand", "said": "NotToHand: not counted apart."}),))
    assert "Nothing failed." in page
    assert "What cannot be computed (1)" in page
    assert "not counted apart." in page
