"""A bar for a download, on a terminal only; it has the manners of tqdm, which pooch asks for."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn


class DownloadBar:
    """Shows how much has come, on standard error, and leaves no trace when it closes."""

    def __init__(self, console: Console | None = None) -> None:
        columns = BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()
        self._progress = Progress(*columns, console=console or Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    @property
    def total(self) -> int:
        """How many bytes are to come; 0 if the server does not tell."""
        return int(self._progress.tasks[0].total or 0)

    @total.setter
    def total(self, size: int) -> None:
        self._progress.update(self._task, total=size or None)

    def update(self, size: int) -> None:
        """Add so many bytes."""
        self._progress.advance(self._task, size)

    def reset(self) -> None:
        """Go back to the beginning; the total stays."""
        self._progress.reset(self._task)

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()


def is_watched() -> bool:
    """Whether somebody looks at standard error."""
    return sys.stderr.isatty()
