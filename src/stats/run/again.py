"""Repeat one run from its line of the journal: the same notebook and parameters, on what is there today."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stats.errors import NoAccess, StatsError
from stats.kernels.choice import good_name
from stats.publish.failures import in_plain_words
from stats.read.made import must_be_as_made
from stats.registers import load
from stats.run.cache import Cache
from stats.run.cache_entries import EXECUTED
from stats.run.cache_keys import Key
from stats.run.cache_room import clear, fresh_name
from stats.run.execute import Job, run
from stats.run.journal import PLACE, append, peak_memory, read, record_of
from stats.run.parameters import model_of
from stats.run.plan import notebook_path
from stats.run.runs import found

CACHE = Path("build", "cache")


@dataclass(frozen=True)
class Repeated:
    """A run that is wanted again."""

    notebook: str
    parameters: dict[str, Any]
    name: str
    how: dict[str, Any]


def again(
    beginning: str, root: Path, say: Callable[[str], None], *, work: Callable[[Job], list[Path]] = run
) -> list[Path]:
    """Run the notebook of a key again and return the figures in their place; it is recorded like any other run.

    Parameters
    ----------
    beginning : str
        Of the key, as much as tells it from the others.
    root : Path
    say : callable
    work : callable
        What runs a job.

    Raises
    ------
    UsageMistake
        If no key, or more than one, begins so.
    StatsError
        If it fails again.
    """
    before = found(beginning, read(root / PLACE)[0])
    model = model_of(before["notebook"])
    asked = model.ask(**before["parameters"])
    must_be_as_made(model.reads, load(root))
    wanted = Repeated(model.notebook, asked.as_parameters(), before["name"], before["how"])
    with Cache(root / CACHE) as cache:
        key = cache.key(wanted, root, how=wanted.how)
        if key.compute != before["key"]:
            say(f"The code, the data or the packages have changed since: its key is now {key.compute[:8]}.")
        made = _made(wanted, key, cache, before, root, work)
    for path in made:
        say(path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path))
    return made


def _made(
    wanted: Repeated, key: Key, cache: Cache, before: Mapping[str, Any], root: Path, work: Callable[[Job], list[Path]]
) -> list[Path]:
    """Run, keep and bring; whatever happens is recorded."""
    executed = root / (good_name(before["executed"]) or f"build/notebooks/{wanted.name}.ipynb")
    out = root / (before["out"] or f"build/figures/{wanted.name}")
    temporary, started = fresh_name(cache.folder), time.monotonic()
    told: dict[str, Any] = {"name": wanted.name, "root": root, "out": out, "executed": executed, "how": wanted.how,
                            "versions": cache.versions(root)}  # fmt: skip
    record = record_of(wanted, key, "stopped", **told)
    job = Job(wanted.name, notebook_path(wanted.notebook, root), wanted.parameters, temporary / "figures", executed,
              is_draft=bool(wanted.how.get("is_draft")))  # fmt: skip
    try:
        work(job)
        seconds = {"execute": time.monotonic() - started}
        (job.out / EXECUTED).write_bytes(executed.read_bytes())
        made = cache.bring(cache.store(key, job.out, {"seconds": seconds}), out)
        seconds["store"] = time.monotonic() - started - seconds["execute"]
        outputs = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in made}
        record = record_of(wanted, key, "done", seconds=seconds, memory=peak_memory(), outputs=outputs, **told)
    except Exception as raised:  # a kernel that died is no error of ours, and must be recorded too
        told["executed"] = getattr(raised, "executed", None) or executed
        error = error_of(NoAccess.of(raised) if isinstance(raised, OSError) else raised, told["executed"])
        record = record_of(wanted, key, "failed", seconds={"execute": time.monotonic() - started}, error=error, **told)
        if isinstance(raised, (StatsError, OSError)):
            raise
        raise StatsError(
            "the run failed.", [("reason", in_plain_words(error))], "It is recorded: stats runs --failed"
        ) from raised
    finally:
        clear(temporary)
        append(root / PLACE, record)
    return made


def error_of(problem: BaseException, executed: Path | None = None) -> dict[str, Any]:
    """Return what is recorded of an error: its class, what it said, and the cell, from the notebook as it was left.

    Examples
    --------
    >>> error_of(StatsError("no such force."))
    {'class': 'StatsError', 'said': 'StatsError: no such force.'}
    """
    said = str(problem)
    named = re.match(r"([A-Z]\w+): ", said) or re.search(r" failed: (\w+): ", said)
    return {"class": named[1] if named else type(problem).__name__, "said": said,
            **(failed_cell(executed) if executed else {})}  # fmt: skip


def failed_cell(executed: Path) -> dict[str, Any]:
    """Return the number and the first line of the cell of a notebook that failed; nothing if none did."""
    try:
        cells = json.loads(executed.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    for number, cell in enumerate((cell for cell in cells if cell["cell_type"] == "code"), 1):
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            lines = "".join(cell["source"]).splitlines()
            return {"cell": cell.get("execution_count") or number, "line": lines[0] if lines else ""}
    return {}
