"""What a release day tells, in Markdown: the file, the differences, the figures, the claims, and a line to publish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stats.errors import counted
from stats.registers import Source
from stats.run.release_claims import ClaimEffect
from stats.run.release_diff import Diff, in_words, span_of
from stats.run.release_effects import Effect, Was

ORDER = ("cannot be made", "numbers change", "words change", "names the new release only", "unchanged")
SHOWN = 12
"""How many numbers of one figure are listed."""


@dataclass(frozen=True)
class Report:
    """Everything that is known of a release once it is stored."""

    source: Source
    read: Sequence[tuple[str, str]]
    in_use: Source
    diff: Diff | None = None
    figures: Sequence[Effect] = field(default_factory=tuple)
    claims: Sequence[ClaimEffect] = field(default_factory=tuple)
    not_looked_at: str = ""
    version: str = ""
    caveats_before: Sequence[str] = ()

    @property
    def is_in_use(self) -> bool:
        """Whether estimates are made from this release now."""
        return self.in_use.id == self.source.id


def as_markdown(report: Report) -> str:
    """Return the whole report."""
    parts = [
        [f"# {report.source.id}", "", *(f"- {label}: {words}" for label, words in report.read)],
        ["## What it says beside another release", "", *_diff(report)],
        ["## Figures", "", *_figures(report)],
        ["## Claims", "", *_claims(report)],
        *([_caveats(report)] if report.caveats_before else []),
        ["## For the changelog", "", changelog(report)],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def changelog(report: Report) -> str:
    """Return a draft of the line for the changelog."""
    source, diff = report.source, report.diff
    said = f"- {report.version}: " if report.version else "- "
    said += f"{source.publisher}, {source.title} (published {source.published}), is added."
    said += f" It is not tied to three printed totals: {source.not_tied}" if source.not_tied else ""
    if diff and diff.later.id == source.id:
        counts = {change: len(diff.of(change)) for change in ("new", "revised", "dropped")}
        told = ", ".join(f"{counted(n, 'row')} {change}" for change, n in counts.items() if n) or "no row differs"
        said += f" Beside the release of {diff.earlier.published}: {told}."
    judged = [f"{e.claim.id} ({e.was.verdict} → {e.now.verdict})" for e in report.claims if e.has_another_verdict]
    if judged:
        said += f" Claims with another verdict: {', '.join(judged)}."
    changed = [effect.figure for effect in report.figures if effect.kind == "numbers change"]
    if changed:
        said += f" Figures whose numbers changed: {', '.join(changed)}."
    stopped = [effect.figure for effect in report.figures if effect.stopped]
    if stopped:
        said += f" Briefs that can no longer be made: {', '.join(stopped)}."
    if not report.is_in_use:
        said += f" No figure changed: they rest on the release of {report.in_use.published}."
    return said


def _caveats(report: Report) -> list[str]:
    lines = ["## Caveats of the release before", "", "Add to the entry of this one those that still hold:", ""]
    return lines + [f"- {caveat}" for caveat in report.caveats_before]


def _diff(report: Report) -> list[str]:
    if report.diff is None:
        return [f"No other release here speaks of what it covers: {span_of(report.source)}."]
    lines = in_words(report.diff)
    if report.diff.later.id != report.source.id:
        lines.insert(0, "No older release here speaks of its periods, so the next one is set beside it.")
    return lines


def _figures(report: Report) -> list[str]:
    if report.not_looked_at:
        return [report.not_looked_at]
    if not report.is_in_use:
        used = report.in_use
        return [f"No figure changes. They rest on `{used.id}` (published {used.published}), which covers "
                f"{span_of(used)}; this one covers {span_of(report.source)}."]  # fmt: skip
    lines = []
    for kind in ORDER:
        of_kind = [effect for effect in report.figures if effect.kind == kind]
        lines += [f"{kind}: {', '.join(e.figure for e in of_kind)}", ""] if of_kind else []
        lines += [line for effect in of_kind for line in _figure(effect)]
    return lines or ["No brief reads this table."]


def _figure(effect: Effect) -> list[str]:
    if effect.stopped:
        return [f"### {effect.figure}", "", "```", effect.stopped, "```", ""]
    if effect.kind not in ("numbers change", "words change"):
        return []
    lines = [f"### {effect.figure}", "", *(f"- {name}: {was} → {now}" for name, was, now in effect.numbers[:SHOWN])]
    more = len(effect.numbers) - SHOWN
    lines += [f"- and {counted(more, 'number')} more"] if more > 0 else []
    lines += [f"- rows used of {name}: {was} → {now}" for name, was, now in effect.rows]
    words = [each for each in effect.words if each[0] != "source_line"]
    return [*lines, "", *(line for each in words for line in _words(each))]


def _words(words: Was) -> list[str]:
    """What a text said and says: of a long one the sentences that differ."""
    name, was, now = words
    before, after = (text.split(". ") for text in (was, now))
    gone = ". ".join(sentence for sentence in before if sentence not in after)
    come = ". ".join(sentence for sentence in after if sentence not in before)
    return [f"- {name}, before: {gone or 'nothing more'}", f"- {name}, now: {come or 'nothing more'}", ""]


def _claims(report: Report) -> list[str]:
    lines = [f"- {effect.in_words()}" for effect in report.claims]
    lines += [
        f"- {', '.join(effect.claims)}: in the figure {effect.figure}, whose numbers change"
        for effect in report.figures
        if effect.claims and effect.kind in ("numbers change", "cannot be made")
    ]
    return lines or ["Every claim has the verdict and the numbers that it had."]
