"""How far the runs have come: bars where somebody looks on, plain lines elsewhere."""

import io
import re
import sys

from rich.console import Console

from stats.run import showing as module
from stats.run.showing import Bars, Lines, Tally, showing


def tally(ends: list[str], running: int = 0, total: int = 100, took: float = 60.0) -> Tally:
    """Return a tally after so many seconds."""
    times = iter([0.0])
    made = Tally(total, clock=lambda: next(times, took))
    for number, status in enumerate(ends):
        made.began(str(number))
        made.ended(str(number), status)
    [made.began(f"now{number}") for number in range(running)]
    return made


def test_the_tally_says_done_failed_left_rate_and_time_to_go():
    """In words."""
    assert str(tally(["done"] * 9 + ["failed"])) == "9 done, 1 failed, 90 left, 10.0 a minute, 9 min to go"
    assert str(tally(["done"] * 90, took=30)) == "90 done, 0 failed, 10 left, 3.0 a second, 3.3 s to go"


def test_what_was_made_before_tells_nothing_of_how_long_the_rest_takes():
    """It counts as done, and not for the rate."""
    assert str(tally(["cached"] * 90)) == "90 done, 0 failed, 10 left"
    assert tally(["cached"] * 50 + ["done"] * 10).to_go == 240.0


def test_elsewhere_there_is_a_plain_line_a_run(capsys):
    """With no control character, however a notebook's words try."""
    with showing(12) as shown:
        assert isinstance(shown, Lines)
        shown.began("kent"), shown.ended("kent", "done", 2.5)
        shown.began("met"), shown.ended("met", "failed", 1, "NotToHand: no\x1b[2J \u202esuch\nmore")
        shown.ended("surrey", "cached", 0)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        " 1/12  done        kent  2.5 s",
        " 2/12  failed      met  1.0 s  NotToHand: no<U+001B>[2J <U+202E>such",
        " 3/12  cached      surrey  0.0 s",
    ]


def test_on_a_terminal_there_are_bars_and_what_is_running_now():
    """Failures stay above; the rest is taken away at the end."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=100, color_system=None, legacy_windows=False)
    with showing(9, console=console) as shown:
        assert isinstance(shown, Bars)
        [shown.began(f"run{number}") for number in range(8)]
        shown.ended("run0", "done", 1), shown.ended("run1", "failed", 1, "BadParameter: [red]no\x1b[2J\nmore")
        shown._live.refresh()
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())
    assert "failed  run1  BadParameter: [red]no<U+001B>[2J" in text
    assert "1 done, 1 failed, 7 left" in text
    assert "now: run2, run3, run4, run5, run6, run7" in text
    assert "\x1b[2J" not in screen.getvalue()


def test_more_that_are_running_than_fit_are_counted():
    """Six names, and how many more."""
    console = Console(file=io.StringIO(), force_terminal=True, width=120)
    bars = Bars(20, console)
    [bars.began(f"run{number}") for number in range(9)]
    console.print(bars)
    assert "run5 and 3 more" in console.file.getvalue()


def test_a_dumb_terminal_gets_lines(monkeypatch):
    """And so does whoever is no terminal."""
    monkeypatch.setattr(module.sys, "stderr", type("Screen", (io.StringIO,), {"isatty": lambda _: True})())
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(showing(1), Lines)
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(showing(1), Bars)


def test_no_rich_where_lines_will_do():
    """It is imported by who looks on alone."""
    import subprocess

    code = (
        "import sys; from stats.run.showing import Lines; Lines(1).ended('a', 'done', 1); print('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
