"""Import, once for all processes that run notebooks, what they run them with: they are copied from one that has it.

It starts no thread and opens no connection to a kernel: neither would survive the copying. A test says so.
"""

from __future__ import annotations

import sys
from importlib import import_module

from stats.run.without_iri import leave_out_iri

MODULES = (
    "papermill", "nbclient.exceptions", "stats.kernels.engine", "stats.kernels.client", "stats.kernels.record",
    "stats.kernels.provisioner", "jupyter_client.ioloop", "jupyter_client.asynchronous", "traitlets.config",
    "concurrent.futures.thread", "IPython.display", "stats.run.execute",
)  # fmt: skip
THREADED = "pyarrow"


def without_threads() -> None:
    """Import it all, but for a library of Hadoop that papermill takes where it is installed, and that starts threads.

    It is left out while papermill is imported, and not for what comes later. No notebook of ours lies in Hadoop.
    """
    leave_out_iri()
    is_left_out = sys.modules.setdefault(THREADED, None) is None  # type: ignore[arg-type] # as in without_iri
    try:
        for name in MODULES:
            import_module(name)
    finally:
        if is_left_out:
            del sys.modules[THREADED]


without_threads()
