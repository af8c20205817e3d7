"""The page of runs that failed: one file that opens offline, asks nothing of any server, and runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from stats.publish.failures import STATUSES, Failure, Summary
from stats.publish.markup import Inner, bdi, el, rows, written
from stats.publish.page import FINDINGS, head

GENERATOR = "Plain Figures: stats run"


def failures_page(summary: Summary) -> bytes:
    """Return the page as the bytes of a file."""
    page = el(
        "html", head(f"Runs that failed: {summary.sentence}", GENERATOR, FINDINGS),
        el(
            "body", el("a", "Skip to what failed", href="#failed", class_="skip"),
            el("header", el("p", "Plain Figures: runs", class_="brand")),
            el("main", *_main(summary), id="main"),
        ),
        lang="en-GB",
    )  # fmt: skip
    return written(page)


def _main(summary: Summary) -> list[Element]:
    parts = [el("h1", "Runs that failed"), el("p", summary.sentence, class_="summary"), _counts(summary)]
    parts.append(el("h2", f"What failed ({len(summary.failed):,})", id="failed", tabindex="-1"))
    if summary.failed:
        parts += [_contents(summary.failed), *map(_section, range(1, len(summary.failed) + 1), summary.failed)]
    else:
        parts.append(el("p", "Nothing failed."))
    if summary.impossible:
        parts.append(el("h2", f"What cannot be computed ({len(summary.impossible):,})", id="impossible"))
        parts.append(el("ul", *(el("li", bdi(run.name), f": {run.reason}") for run in summary.impossible)))
    return parts


def _counts(summary: Summary) -> Element:
    lines = [
        el("tr", el("th", name.capitalize(), scope="row"), el("td", f"{summary.counts[name]:,}", class_="n"),
           el("td", means), class_={"failed": "mend", "done": "right"}.get(name, "unplaced"))
        for name, means in STATUSES.items() if summary.counts.get(name)
    ]  # fmt: skip
    heads = el("tr", *(el("th", name, scope="col") for name in ("Ended", "How many", "What it means")))
    return el("table", el("caption", "The runs in short"), el("thead", heads), el("tbody", *lines))


def _contents(failed: Sequence[Failure]) -> Element:
    return el("ul", *(el("li", el("a", run.name, href=f"#run-{n}"), f": {_first(run.reason)}")
                      for n, run in enumerate(failed, 1)))  # fmt: skip


def _section(number: int, run: Failure) -> Element:
    said: list[tuple[str, list[Inner]]] = [
        (label, [el("pre", words)] if label == "Reason" or "\n" in words else [words]) for label, words in run.rows
    ]
    return el(
        "section", el("h3", f"{number}. ", bdi(run.name)), rows(said), id=f"run-{number}", class_="finding mend"
    )  # fmt: skip


def _first(words: str) -> str:
    return words.splitlines()[0] if words else ""
