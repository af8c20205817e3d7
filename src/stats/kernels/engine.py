"""A papermill engine that does what papermill's own does, without its waits and without calling a failure complete."""

from __future__ import annotations

from typing import Any


class Engine:
    """Runs a notebook as papermill's engine does, in less time; a run that fails never gets the name of its result.

    Papermill loads this while it is itself being imported, so nothing of it is imported before a notebook is run.
    """

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Return which kernel a notebook names, or the one that is given."""
        from papermill.utils import nb_kernel_name

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Return which language a notebook names, or the one that is given."""
        from papermill.utils import nb_language

        return str(nb_language(nb, language))

    @classmethod
    def execute_notebook(
        cls, nb: Any, kernel_name: str, output_path: str | None = None, progress_bar: Any = True,
        log_output: bool = False, autosave_cell_every: int = 30, **options: Any,
    ) -> Any:  # fmt: skip
        """Run a notebook, and return it.

        Raises
        ------
        KernelDied, CellTimeoutError, KeyboardInterrupt
            What stopped the run. The notebook is then in `NAME.failed.ipynb`, with the cell marked that did not come
            to its end, and those that never ran.
        """
        from stats.kernels.record import Record

        record = Record(
            nb, output_path=output_path, progress_bar=progress_bar, log_output=log_output,
            autosave_cell_every=autosave_cell_every,
        )  # fmt: skip
        record.notebook_start()
        try:
            cls.execute_managed_notebook(record, kernel_name, log_output=log_output, **options)
        except BaseException as problem:
            where = record.stopped(problem, why(problem))
            if where:
                problem.add_note(f"The notebook as far as it ran is {where}.")
            raise
        record.notebook_complete()
        return record.nb

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, log_output: bool = False, stdout_file: Any = None, stderr_file: Any = None,
        start_timeout: int = 60, execution_timeout: int | None = None, **options: Any,
    ) -> Any:  # fmt: skip
        """Run the cells of a notebook in a kernel; the options are those of papermill's engine."""
        from papermill.log import logger
        from papermill.utils import merge_kwargs, remove_args

        from stats.kernels.client import Client

        kept = remove_args(["input_path", "timeout", "startup_timeout"], **options)
        final = merge_kwargs(
            kept, timeout=execution_timeout or options.get("timeout"), startup_timeout=start_timeout,
            kernel_name=kernel_name, log=logger, log_output=log_output, stdout_file=stdout_file,
            stderr_file=stderr_file,
        )  # fmt: skip
        return Client(nb_man, **final).execute()


def why(problem: BaseException) -> str:
    """Return what stopped a run, as a person is told."""
    from nbclient.exceptions import CellTimeoutError

    if isinstance(problem, CellTimeoutError):
        return "the cell took longer than the time it was given"
    if isinstance(problem, KeyboardInterrupt):
        return "the run was interrupted"
    return str(problem) or type(problem).__name__
