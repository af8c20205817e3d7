"""The bar of a download."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from stats.run.progress import DownloadBar, is_watched


def test_the_bar_has_the_manners_that_pooch_asks_for() -> None:
    """A total that may be set, steps, a new beginning, and an end that may come twice."""
    page = StringIO()
    bar = DownloadBar(Console(file=page, force_terminal=True, width=100))
    bar.total = 2_000_000
    bar.update(500_000)
    bar.reset()
    bar.update(bar.total)
    bar.close()
    bar.close()
    assert bar.total == 2_000_000
    assert "2.0/2.0 MB" in page.getvalue()


def test_a_size_that_is_not_told_has_no_total() -> None:
    """The bar then shows only how much has come."""
    bar = DownloadBar(Console(file=StringIO(), force_terminal=True))
    bar.total = 0
    bar.update(10)
    bar.close()
    assert bar.total == 0


def test_nobody_watches_a_pipe(monkeypatch) -> None:
    """A bar is for a terminal only."""
    monkeypatch.setattr("sys.stderr", StringIO())
    assert not is_watched()
