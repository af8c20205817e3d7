"""Which kernel and engine to use: forked kernels where they are to be had, plain ones where not or where asked."""

from __future__ import annotations

import os
from functools import lru_cache

from stats.kernels.finding import why_not_here

VARIABLE = "STATS_ENGINE"
"""The environment variable that chooses where nothing else does: fork, plain or stock."""
FORKED, PLAIN = "stats-fork", "python3"
ENGINE, STOCK = "stats", "nbclient"


def kernel_for(engine: str | None = None) -> tuple[str, str]:
    """Return the names of the kernel and of the papermill engine to run notebooks with.

    Parameters
    ----------
    engine : str, optional
        `fork` (the default): forked kernels, or plain ones where they are not to be had; `plain`: plain kernels, with
        our engine; `stock`: plain kernels, with papermill's engine. Without it, the variable STATS_ENGINE says.

    Raises
    ------
    ValueError
        If there is no such engine.
    """
    asked = engine or _told()
    if asked not in ("fork", "plain", "stock"):
        raise ValueError(f"no engine is called '{asked}'; there are fork, plain and stock")
    if asked == "stock":
        return PLAIN, STOCK
    return (FORKED if asked == "fork" and is_installed() else PLAIN), ENGINE


def is_asked_for() -> bool:
    """Whether forked kernels are what STATS_ENGINE says, or nothing else is said."""
    return _told() == "fork"


def _told() -> str:
    return os.environ.get(VARIABLE) or "fork"


def failed_name(path: str) -> str:
    """Return where the notebook of a run that failed goes.

    >>> failed_name("build/kent.ipynb")
    'build/kent.failed.ipynb'
    """
    return f"{path.removesuffix('.ipynb')}.failed.ipynb"


def good_name(path: str) -> str:
    """Return where the notebook of a run that succeeds goes, given either name.

    >>> good_name("build/kent.failed.ipynb"), good_name("build/kent.ipynb")
    ('build/kent.ipynb', 'build/kent.ipynb')
    """
    return f"{path.removesuffix('.failed.ipynb')}.ipynb" if path.endswith(".failed.ipynb") else path


def is_installed() -> bool:
    """Whether kernels can be forked here: on this system, with the kernel and its provisioner installed."""
    return not why_not_here() and _is_found(FORKED)


@lru_cache(maxsize=8)
def _is_found(kernel: str) -> bool:
    """Look once: all that is installed is asked for its entry points."""
    from importlib.metadata import entry_points

    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        KernelSpecManager().get_kernel_spec(kernel)
    except NoSuchKernel:
        return False
    return bool(entry_points(group="jupyter_client.kernel_provisioners", name=kernel))
