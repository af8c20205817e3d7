"""The findings on a draft as text for a terminal: in words first, with colour only as an extra."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from stats.publish.checked import GROUPS, Checked, Finding, Group, by_reason
from stats.publish.visible import visible

NARROWEST, WIDEST = 40, 100
_COLOURS: dict[Group, str | None] = {"mend": "red", "add": "yellow", "right": "green", "unplaced": None}
_LABEL = 11


def check_text(checked: Checked, *, width: int = 80, colour: bool = False) -> str:
    """Return everything that is to be said of a draft: a summary, what to mend, what is right, what was not checked.

    Parameters
    ----------
    checked : Checked
    width : int
        Columns of the terminal; lines are kept between 40 and 100.
    colour : bool
        Whether headings may be coloured.
    """
    width = min(max(width, NARROWEST), WIDEST)
    blocks = ["\n".join(_opening(checked, width, colour))]
    for group in GROUPS:
        blocks += _of_group(group, checked.of(group), width, colour)
    return "\n\n".join(blocks)


def _opening(checked: Checked, width: int, colour: bool) -> Iterator[str]:
    yield visible(checked.name)
    yield from (click.style(line, bold=True) if colour else line for line in _wrapped(checked.summary, width))
    for label, words in checked.basis:
        yield from _row(label, words, width, 0)
    for said in checked.apart:
        yield from _row("note", said, width, 0)


def _of_group(group: Group, findings: Sequence[Finding], width: int, colour: bool) -> Iterator[str]:
    if not findings:
        return
    name, means = GROUPS[group]
    heading = f"{name.upper()} ({len(findings):,})"
    heading = click.style(heading, bold=True, fg=_COLOURS[group]) if colour else heading
    yield "\n".join([heading, *_wrapped(means, width)])
    if group != "unplaced":
        yield from ("\n".join(_block(finding, width, colour)) for finding in findings)
        return
    for reason, alike in by_reason(findings).items():
        lines = list(_wrapped(reason, width))
        for finding in alike:
            lines += _short(finding, width)
        yield "\n".join(lines)


def _block(finding: Finding, width: int, colour: bool) -> Iterator[str]:
    """Everything on one finding."""
    remark = finding.remark
    for line in _wrapped(f"{finding.number}. {finding.label}: {finding.meaning}", width):
        yield click.style(line, bold=True, fg=_COLOURS[finding.group]) if colour else line
    yield from _quoted(finding, width)
    yield from _row("reason", remark.reason, width)
    yield from _bound(finding, width)


def _short(finding: Finding, width: int) -> Iterator[str]:
    """What there is on a number that was set beside nothing; its reason stands above."""
    yield from _quoted(finding, width, f"{finding.number}. ")
    yield from _bound(finding, width)


def _quoted(finding: Finding, width: int, lead: str = "") -> Iterator[str]:
    before, quote, after = map(visible, finding.in_sentence(2 * width - 20))
    yield from _wrapped(f"{lead}{finding.where}:", width, "   " if not lead else "")
    yield from _wrapped(f"{before}>>{quote}<<{after}", width, "   ")


def _bound(finding: Finding, width: int) -> Iterator[str]:
    """What it was matched to, what the words allow, where the figure comes from, and what to write."""
    remark = finding.remark
    matched = "; ".join(filter(None, [remark.measure.replace("_", " "), remark.area, remark.period]))
    strictly = f" (strictly: {remark.strict})" if remark.strict and remark.strict != remark.default else ""
    beside = [f"{e.text}{f' ({e.counts})' if e.counts else ''}  [{e.cited}; {e.kind}]" for e in remark.evidence]
    rows = [
        ("instead" if finding.group == "mend" else "may say", remark.suggestion),
        ("matched to", matched),
        ("read as", f"{remark.default}{strictly}"),
        *(("to add", caveat) for caveat in remark.caveats),
        *(("beside", words) for words in beside),
        ("source", remark.source),
        ("rule", remark.lint),
        ("claim", remark.claim),
    ]
    for label, words in rows:
        yield from _row(label, words, width)


def _row(label: str, words: str, width: int, indent: int = 3) -> Iterator[str]:
    if words.strip():
        lead = f"{'':{indent}}{label:<{_LABEL}} "
        yield from _wrapped(words, width, lead, " " * len(lead))


def _wrapped(words: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        visible(words), width, initial_indent=first, subsequent_indent=first if rest is None else rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
