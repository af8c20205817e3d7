"""Store in the committed notebooks the outputs of their default parameters, without anything that changes by itself."""

from __future__ import annotations

import tempfile
from pathlib import Path

from stats.kernels.choice import kernel_for
from stats.publish.files import write
from stats.publish.folder import OUT
from stats.run.execute import NotebookStopped, environment, kernel_options
from stats.run.without_iri import leave_out_iri


def executed(path: Path) -> bytes:
    """Return a notebook run from its first cell to its last, as it is committed.

    Timings and versions are left out, so the same inputs give the same bytes.

    Raises
    ------
    NotebookStopped
        With what the cell that failed said.
    """
    leave_out_iri()
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call] # nbformat has no types
    kernel, _ = kernel_for()
    with tempfile.TemporaryDirectory() as made, environment({OUT: made}), kernel_options(kernel) as options:
        client = NotebookClient(
            notebook, kernel_name=kernel, record_timing=False, resources={"metadata": {"path": str(path.parent)}},
            **options,
        )  # fmt: skip
        try:
            client.execute()
        except CellExecutionError as failure:
            raise NotebookStopped(f"the notebook {path.name} failed: {failure.ename}: {failure.evalue}") from None
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call] # nbformat has no types
    return f"{text}\n".encode()


def store(path: Path) -> Path:
    """Run a notebook and store its outputs in it."""
    return write(path, executed(path))
