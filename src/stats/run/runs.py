"""The runs of the journal: which there were, which of them failed, and what is to be said at the end of many."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stats.errors import StatsError, UsageMistake
from stats.publish.failures import Failure, Summary, failures_text, in_plain_words, in_time, shortest
from stats.publish.visible import visible_lines
from stats.run.journal import PLACE

if TYPE_CHECKING:
    from stats.run.planning import Impossible

Record = Mapping[str, Any]
PAGE, TEXT = Path("build", "records", "failures.html"), Path("build", "records", "failures.txt")
AREAS = ("area", "highlight", "beside")
"""The parameters that name an area."""


def chosen(
    records: Iterable[dict[str, Any]], *, status: str | None = None, since: date | None = None,
    notebook: str | None = None, area: str | None = None, offence: str | None = None, period: str | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the records that are as asked; an area, offence or period may be written in any way that is known."""
    asked = [(AREAS, area, _area), (("offence",), offence, _offence), (("period",), period, _period)]
    found = []
    for record in records:
        if status and record["status"] != status:
            continue
        if since and record["at"][:10] < since.isoformat():
            continue
        if notebook and record["notebook"] != notebook.removesuffix(".ipynb"):
            continue
        if all(_has(record["parameters"], names, words, meant) for names, words, meant in asked if words):
            found.append(record)
    return found


def listed(records: list[dict[str, Any]], *, as_json: bool = False, every: Iterable[Record] = ()) -> str:
    """Return records as lines of text, or as a JSON array.

    Parameters
    ----------
    records : list of dict
    as_json : bool
    every : iterable of dict
        All records there are, so that the key shown is one that `stats again` takes.
    """
    if as_json:
        return json.dumps(records, indent=2, ensure_ascii=False)
    keys = shortest([str(record["key"]) for record in (*every, *records)])
    return "\n".join(visible_lines(_line(record, keys)) for record in records) or "No run is recorded that is as asked."


def _line(record: Record, keys: Mapping[str, str]) -> str:
    when = str(record["at"])[:16].replace("T", " ")
    took = in_time(sum(record["seconds"].values()))
    reason = in_plain_words(record["error"]).splitlines()[:1] if record["error"] else []
    return "  ".join(
        [when, f"{keys[record['key']] or '-':<8}", f"{record['status']:<10}", record["name"], took, *reason]
    )


def found(beginning: str, records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the latest record whose key begins so.

    Raises
    ------
    UsageMistake
        If there is none, or if several keys begin so.
    """
    begun = {r["key"]: r for r in records if beginning and r["key"].startswith(beginning.lower())}
    if not begun:
        raise UsageMistake(
            f"no run has a key that begins with '{beginning}'.",
            [("looked in", PLACE.as_posix())],
            "List them: stats runs",
        )
    if len(begun) > 1:
        keys = shortest(list(begun))
        raise UsageMistake(
            f"{len(begun)} keys begin with '{beginning}'.",
            [(keys[key], f"{record['name']} ({record['status']}, {record['at']})") for key, record in begun.items()],
            "Write as much of it as tells it from the others.",
        )
    return next(iter(begun.values()))


def summary_of(
    records: list[dict[str, Any]], seconds: float, *, left: int = 0, cannot: Sequence[Failure] = (),
    every: Iterable[Record] = (),
) -> Summary:  # fmt: skip
    """Return what became of the runs of one command, from their records.

    Parameters
    ----------
    records : list of dict
        Those of this command.
    seconds : float
        How long the whole took.
    left : int
        How many were not begun.
    cannot : sequence of Failure
        What cannot be computed.
    every : iterable of dict
        All records there are, so that the key shown is one that `stats again` takes.
    """
    keys = shortest([str(record["key"]) for record in (*every, *records)])
    failed = tuple(_failure(record, keys) for record in records if record["status"] == "failed")
    ends = Counter({"stopped": left, "impossible": len(cannot)})
    ends.update(record["status"] for record in records)
    return Summary(ends, failed, tuple(cannot), seconds)


def not_computed(impossible: Iterable[Impossible]) -> list[Failure]:
    """Return what cannot be computed, as the page of failures tells it."""
    return [Failure(i.name, i.notebook, i.axes, {"said": i.reason.words}) for i in impossible]


def write_failures(summary: Summary, root: Path) -> list[Path]:
    """Write what failed as a page and as text and return both; if nothing did, take away those of an earlier time."""
    from stats.publish.failures_page import failures_page
    from stats.publish.files import write

    if not summary.failed and not summary.impossible:
        for path in (PAGE, TEXT):
            (root / path).unlink(missing_ok=True)
        return []
    return [write(root / PAGE, failures_page(summary)), write(root / TEXT, failures_text(summary).encode("utf-8"))]


def _failure(record: Record, keys: Mapping[str, str]) -> Failure:
    return Failure(record["name"], record["notebook"], record["parameters"], record["error"],
                   again=keys[record["key"]], executed=record["executed"])  # fmt: skip


def _has(parameters: Record, names: Iterable[str], words: str, meant: Any) -> bool:
    asked = _meanings(words, meant)
    return any(asked & _meanings(str(parameters[name]), meant) for name in names if name in parameters)


def _meanings(words: str, meant: Any) -> set[str]:
    """Return words as they stand and, if the registers know them, what they mean."""
    try:
        return {words.casefold(), meant(words)}
    except StatsError:
        return {words.casefold()}


def _area(words: str) -> str:
    from stats.registers import load

    return load().areas.find(words).code


def _offence(words: str) -> str:
    from stats.registers import load

    return load().offences.find(words).name


def _period(words: str) -> str:
    from stats.period import Period

    return Period.parse(words).label
