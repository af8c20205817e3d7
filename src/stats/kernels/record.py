"""What is written down of a run: papermill's own record, but one that never says of a failed run that it completed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from papermill.engines import NotebookExecutionManager
from papermill.iorw import write_ipynb

from stats.kernels.choice import failed_name

BETWEEN = 5
"""Seconds between two savings of a notebook that runs; papermill saves twice a cell, which may cost more than it."""


def running_name(path: str) -> str:
    """Return where a notebook is saved while it runs.

    >>> running_name("build/kent.ipynb")
    'build/kent.running.ipynb'
    """
    return f"{path.removesuffix('.ipynb')}.running.ipynb"


class Record(NotebookExecutionManager):  # type: ignore[misc] # papermill has no types
    """Papermill's record of a run, saved under another name until the run has come to its end.

    The final name is papermill's to write, and it does so only when the engine returns: when every cell has run, or
    one has raised an error, which papermill then reports.
    """

    def __init__(self, nb: Any, output_path: str | None = None, **options: Any) -> None:
        super().__init__(nb, output_path=None, **options)
        is_file = output_path and "://" not in output_path and output_path != "-"
        self.final = output_path if is_file else None
        self.last_save_time: Any = self.now()

    def save(self, **_: Any) -> None:
        """Save the notebook as one that runs, unless that was done a moment ago."""
        now = self.now()
        if self.final and (now - self.last_save_time).total_seconds() >= BETWEEN:
            write_ipynb(self.nb, running_name(self.final))
            self.last_save_time = now

    def stopped(self, problem: BaseException, reason: str) -> str | None:
        """Mark the cell that ran and those that never did, save the notebook as one that failed, and return where.

        Parameters
        ----------
        problem : exception
            What stopped the run: no error of a cell, but the death of its kernel, a time limit, an interruption.
        reason : str
            The same, as a person is told.
        """
        self.end_time = self.now()
        record = self.nb.metadata.papermill
        record.update(exception=True, end_time=self.end_time.isoformat(), reason=reason)
        record["duration"] = (self.end_time - self.start_time).total_seconds()
        for cell in self.nb.cells:
            state = cell.metadata.papermill
            if state["status"] == self.RUNNING:
                state.update(status=self.FAILED, exception=True, end_time=self.end_time.isoformat(), reason=reason)
                _show(cell, problem, reason)
            elif state["status"] == self.PENDING:
                state["reason"] = "never ran, since the run stopped before"
        self._tidy()
        if self.final:
            write_ipynb(self.nb, failed_name(self.final))
        return failed_name(self.final) if self.final else None

    def notebook_complete(self, **_: Any) -> None:
        """Write down that the run came to its end, and remove what was saved meanwhile and by an earlier failure."""
        super().notebook_complete()
        self._tidy()
        if self.final and not self.nb.metadata.papermill["exception"]:
            Path(failed_name(self.final)).unlink(missing_ok=True)

    def _tidy(self) -> None:
        self.cleanup_pbar()
        if self.final:
            with suppress(OSError):
                Path(running_name(self.final)).unlink(missing_ok=True)


def _show(cell: Any, problem: BaseException, reason: str) -> None:
    """Add to a cell an output that says why it did not come to its end."""
    from nbformat.v4 import new_output

    if cell.get("cell_type") == "code":
        said = {"ename": type(problem).__name__, "evalue": reason, "traceback": [f"{type(problem).__name__}: {reason}"]}
        cell.outputs.append(new_output("error", **said))  # type: ignore[no-untyped-call] # nbformat has no types
