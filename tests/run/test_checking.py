"""Where the report on a draft may be written, and by which day a draft is read."""

from __future__ import annotations

import os
from datetime import date

import pytest

import stats.run.checking
from stats.errors import UsageMistake
from stats.home import home
from stats.run.checking import check, must_be_a_report, write_page


@pytest.fixture
def draft(tmp_path):
    """A draft in a folder of its own."""
    path = tmp_path / "draft.html"
    path.write_text("<html><p>5% of them.</p></html>")
    return path


def test_the_report_never_takes_the_place_of_the_draft(draft, tmp_path):
    """Under its own name, by another way to it, by a link of either kind."""
    os.symlink(draft, tmp_path / "soft.html")
    os.link(draft, tmp_path / "hard.html")
    for name in ("draft.html", "../" + tmp_path.name + "/draft.html", "soft.html", "hard.html"):
        with pytest.raises(UsageMistake, match="take the place of the file it is read from"):
            must_be_a_report(tmp_path / name, draft, home())


def test_the_report_takes_the_place_of_nothing_that_is_not_a_report(draft, tmp_path):
    """Another page, another kind of document, and the data of the repository are safe; an older report gives way."""
    (tmp_path / "index.html").write_text("<p>mine</p>")
    for out, words in (
        (tmp_path / "index.html", "no report of this command"),
        (tmp_path / "brief.docx", "a web page"),
        (home() / "data" / "x.html", "folder data"),
    ):
        with pytest.raises(UsageMistake, match=words):
            must_be_a_report(out, draft, home())
    for _ in range(2):
        must_be_a_report(tmp_path / "report.html", draft, home())
        write_page(check(draft), tmp_path / "report.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.html", "index.html", "report.html"]


def test_a_report_that_cannot_be_finished_leaves_the_old_one(draft, tmp_path, monkeypatch):
    """What fails while the page is made writes nothing."""
    found = check(draft)
    out = write_page(found, tmp_path / "report.html")
    before = out.read_bytes()
    monkeypatch.setattr(stats.run.checking, "check_page", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_page(found, out)
    assert out.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 2


def test_last_year_is_read_by_the_day_given_then_by_the_documents_own(tmp_path, monkeypatch):
    """Never by the clock: a draft without a day, read on no day, has none."""
    days = []
    monkeypatch.setattr(stats.run.checking, "check_draft", lambda text, facts, written: days.append(written) or [])
    dated, undated = tmp_path / "a.md", tmp_path / "b.md"
    dated.write_text("---\ndate: 2022-11-25\n---\n\nLast year 5% were.\n")
    undated.write_text("Last year 5% were.\n")
    found = [check(dated), check(dated, written=date(2020, 1, 2)), check(undated)]
    assert days == [date(2022, 11, 25), date(2020, 1, 2), None]
    assert [one.written_by for one in found] == ["the document's own day: its front matter", "--written", ""]
