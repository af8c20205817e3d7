"""How far many runs have come: bars on a terminal that somebody looks at, or else one plain line a run."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.progress import Progress

MOST_NAMES = 6


class Showing(Protocol):
    """Told of each run as it begins and ends."""

    def __enter__(self) -> Self:
        """Begin to show."""

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""

    def began(self, name: str) -> None:
        """A run was begun."""

    def ended(self, name: str, status: str, seconds: float, why: str = "") -> None:
        """A run ended, in so many seconds of its own; `why` tells of a failure."""


def showing(total: int, *, console: Console | None = None) -> Showing:
    """Return bars if standard error is a terminal that can show them, or else plain lines on it.

    Parameters
    ----------
    total : int
        How many runs there are to be.
    console : Console, optional
        Of rich; standard error by default.
    """
    is_watched = console.is_terminal if console else sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Bars(total, console) if is_watched else Lines(total)


class Tally:
    """How many runs were done, failed and left, how fast, and how long the rest will take."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total, self._clock = total, clock
        self.ends: Counter[str] = Counter()
        self.running: dict[str, None] = {}
        self._began: float | None = None
        self._made = 0

    def began(self, name: str) -> None:
        """Count a run as running."""
        self._began = self._clock() if self._began is None else self._began
        self.running[name] = None

    def ended(self, name: str, status: str) -> None:
        """Count a run as ended; what was made before tells nothing of how long the rest will take."""
        self.running.pop(name, None)
        self.ends[status] += 1
        self._made += status in ("done", "failed")

    @property
    def left(self) -> int:
        """How many have not ended."""
        return max(0, self.total - self.ends.total())

    @property
    def rate(self) -> float:
        """How many are made a second; 0 while nothing is known."""
        took = self._clock() - self._began if self._began is not None else 0.0
        return self._made / took if took > 0 else 0.0

    @property
    def to_go(self) -> float | None:
        """How many seconds the rest will take, as far as is known."""
        return self.left / self.rate if self.rate else None

    def __str__(self) -> str:
        from stats.publish.failures import in_time

        did = self.ends["done"] + self.ends["cached"]
        rate, go = self.rate, self.to_go
        speed = f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute"
        told = [f"{did:,} done", f"{self.ends['failed']:,} failed", f"{self.left:,} left"]
        return ", ".join([*told, *([speed, f"{in_time(go)} to go"] if go is not None else [])])


class Lines:
    """One line a run, on standard error: for a file, a pipe, or a terminal that obeys nothing."""

    def __init__(self, total: int, say: Callable[[str], None] | None = None) -> None:
        self.tally = Tally(total)
        self._say = say or (lambda line: print(line, file=sys.stderr, flush=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def began(self, name: str) -> None:
        """Say nothing: a line a run is enough."""
        self.tally.began(name)

    def ended(self, name: str, status: str, seconds: float, why: str = "") -> None:
        """Say how a run ended, and why if it failed."""
        from stats.publish.failures import in_time
        from stats.publish.visible import visible_lines, writable

        self.tally.ended(name, status)
        width = len(str(self.tally.total))
        line = f"{self.tally.ends.total():>{width}}/{self.tally.total}  {status:<10}  {name}  {in_time(seconds)}"
        first = why.strip().splitlines()[:1]
        self._say(writable(visible_lines("  ".join([line, *first])), sys.stderr.encoding))


class Bars:
    """A bar, what was counted, and what is running now; failures stay above it."""

    def __init__(self, total: int, console: Console | None = None) -> None:
        from rich.console import Console
        from rich.live import Live
        from rich.progress import BarColumn, Progress

        self.tally = Tally(total)
        self._console = console or Console(stderr=True)
        self._progress: Progress = Progress(BarColumn(bar_width=None), console=self._console, expand=True)
        self._task = self._progress.add_task("", total=total)
        self._live = Live(self, console=self._console, refresh_per_second=5, transient=True)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def began(self, name: str) -> None:
        """Show a run among those that are running."""
        self.tally.began(name)

    def ended(self, name: str, status: str, seconds: float, why: str = "") -> None:
        """Move the bar; a failure is printed above it and stays."""
        from rich.text import Text

        from stats.publish.visible import visible_lines

        self.tally.ended(name, status)
        self._progress.update(self._task, completed=self.tally.ends.total())
        if status == "failed":
            first = " ".join(why.strip().splitlines()[:1])
            self._console.print(Text(visible_lines(f"failed  {name}  {first}")))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Show the bar, the tally below it, and the names of what is running."""
        from rich.text import Text

        from stats.publish.visible import visible

        names = list(self.tally.running)
        more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
        yield self._progress
        yield Text(str(self.tally))
        if names:
            yield Text(visible(f"now: {', '.join(names[:MOST_NAMES])}{more}"), no_wrap=True, overflow="ellipsis")
