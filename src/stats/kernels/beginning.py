"""Have the parent of kernels start before the first kernel is asked for, beside whatever else is to be got ready."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from stats.kernels.choice import FORKED, is_asked_for
from stats.kernels.finding import PRELOADS, connection, why_not_here


def begin(cwd: str, env: Mapping[str, str]) -> threading.Thread | None:
    """Start the parent that kernels of a folder and an environment will ask for, and return at once.

    It stays for this process. What goes wrong is left for the first kernel to tell.

    Parameters
    ----------
    cwd : str
        The folder that kernels will start in.
    env : mapping
        The environment that they will have.

    Returns
    -------
    Thread or None
        What waits for the parent; none if kernels are not going to be forked.
    """
    if why_not_here() or not is_asked_for():
        return None
    waiting = threading.Thread(target=_begin, args=(cwd, dict(env)), daemon=True)
    waiting.start()
    return waiting


def _begin(cwd: str, env: Mapping[str, str]) -> None:
    with suppress(Exception):
        preloads = preloads_of_kernel()
        if preloads is not None:
            connection(env, cwd, preloads).close()


def preloads_of_kernel() -> list[str] | None:
    """Return what the parent of our kernel imports, without what jupyter_client takes to find it; none: no such kernel.

    The first kernel of that name on Jupyter's path is the one that is used.
    """
    from jupyter_core.paths import jupyter_path

    for folder in jupyter_path("kernels"):
        spec = Path(folder, FORKED, "kernel.json")
        if spec.is_file():
            config = json.loads(spec.read_text("utf-8"))["metadata"]["kernel_provisioner"].get("config", {})
            return [*config.get("preloads", PRELOADS), *config.get("also", ())]
    return None
