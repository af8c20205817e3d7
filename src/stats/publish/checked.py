"""A draft that was checked: its findings in order and in groups, and by what it was checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from stats.claims.draft.remarks import UNPLACED, Remark
from stats.claims.facts import OUTCOMES, RECORDED, Facts
from stats.claims.verdicts import VERDICTS
from stats.errors import StatsError
from stats.period import month
from stats.publish.visible import around
from stats.read.drafts import STANDARD_INPUT, Draft
from stats.registers import Source

Group = Literal["mend", "add", "right", "unplaced"]
GROUPS: dict[Group, tuple[str, str]] = {
    "mend": ("To mend", "Change these before the draft goes out."),
    "add": ("Right, with something to add", "The number is that of its source. Say what is missing with it."),
    "right": ("Right", "The number is that of its source."),
    "unplaced": (
        "Not checked",
        "We could not set these numbers beside any figure. That says neither right nor wrong: check them at their "
        "source.",
    ),
}
"""What is to be done about a finding: a heading, and what it means."""

NONE_FOUND = "No number was found that could be checked, and no wording that misleads."
_MISLEADING = "misleading words"


@dataclass(frozen=True)
class Finding:
    """A remark with its number in the draft's order, and where it stands for a reader."""

    number: int
    remark: Remark
    where: str
    text: str = field(repr=False)
    """The text of the draft."""

    @property
    def group(self) -> Group:
        """What is to be done about it."""
        if self.remark.is_to_mend:
            return "mend"
        if self.remark.verdict == UNPLACED:
            return "unplaced"
        return "right" if self.remark.verdict == "supported" else "add"

    @property
    def label(self) -> str:
        """The verdict in words; wording that misleads without a number of its own has no other."""
        verdict = self.remark.verdict
        if not self.remark.lint:
            return verdict
        return _MISLEADING if verdict == UNPLACED else f"{_MISLEADING}, {verdict}"

    @property
    def meaning(self) -> str:
        """What the verdict means to a reader."""
        if self.remark.lint and self.remark.verdict == UNPLACED:
            return "The words say more than the number can"
        return VERDICTS[self.remark.verdict][0]

    def in_sentence(self, most: int) -> tuple[str, str, str]:
        """Return the words before the quote, the quote, and those after it, cut to about `most` characters."""
        remark = self.remark
        at = _place(remark, self.text)
        if at is not None:
            return around(remark.sentence, at, at + len(remark.quote), most)
        first = max(0, remark.start - most)
        return around(self.text[first : remark.end + most], remark.start - first, remark.end - first, most)


@dataclass(frozen=True)
class Checked:
    """A draft, what is to be said of it, and by what it was judged.

    Parameters
    ----------
    draft : Draft
    remarks : tuple of Remark
    facts : Facts
    written : datetime.date, optional
        The day by which 'last year' was read.
    written_by : str
        How that day is known.
    """

    draft: Draft
    remarks: tuple[Remark, ...]
    facts: Facts
    written: date | None = None
    written_by: str = ""

    @property
    def name(self) -> str:
        """The draft's file name, without the folders of this computer."""
        return self.draft.name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1] or STANDARD_INPUT

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every remark in the draft's order."""
        ordered = sorted(self.remarks, key=lambda remark: (remark.start, remark.end))
        return tuple(
            Finding(number, remark, self.draft.where(remark.start), self.draft.text)
            for number, remark in enumerate(ordered, 1)
        )

    def of(self, group: Group) -> list[Finding]:
        """Return the findings of a group."""
        return [finding for finding in self.findings if finding.group == group]

    @property
    def is_to_mend(self) -> bool:
        """Whether anything must be changed."""
        return bool(self.of("mend"))

    @property
    def summary(self) -> str:
        """How many findings of each group, in one sentence."""
        mend, add, right, unplaced = (len(self.of(group)) for group in GROUPS)
        if not self.findings:
            return NONE_FOUND
        if unplaced == len(self.findings):
            return f"Nothing was checked: {unplaced:,} not checked (which says neither right nor wrong)."
        parts = [f"{mend:,} to mend" if mend else "nothing to mend"]
        parts += [f"{add:,} right with something to add"] * bool(add) + [f"{right:,} right"] * bool(right)
        parts += [f"{unplaced:,} not checked (which says neither right nor wrong)"] * bool(unplaced)
        said = ", ".join(parts)
        return f"{said[0].upper()}{said[1:]}."

    @cached_property
    def newest(self) -> tuple[Source, ...]:
        """The newest official releases that were out."""
        found = []
        for dataset in (RECORDED, OUTCOMES):
            try:
                found.append(self.facts.registers.newest(dataset))
            except StatsError:  # none was out on the day asked for
                continue
        return tuple(found)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """What the findings rest on and the newest releases, each once."""
        known = self.facts.registers.sources
        cited = [known[e.release] for remark in self.remarks for e in remark.evidence if e.release in known]
        return tuple({source.id: source for source in (*self.newest, *cited)}.values())

    @property
    def basis(self) -> list[tuple[str, str]]:
        """By what the draft was judged: (label, words)."""
        releases = [f"{s.publisher}, {s.title}, published {s.published}" for s in self.newest]
        day = self.written
        read_by = f"{day.day} {month(day)} ({self.written_by})" if day else "not known: give it with --written"
        return [
            ("as at", self.facts.day or "everything to hand"),
            *(("release", words) for words in releases or ["none was out"]),
            ("written", f"{read_by}; “last year” is read by this day" if day else read_by),
        ]

    @property
    def apart(self) -> list[str]:
        """What was left out or not opened, in sentences."""
        draft = self.draft
        kinds = (("comment", draft.comments), ("header or footer", draft.margins), ("hidden passage", draft.hidden))
        unread = [f"{what}: {len(asides):,}" for what, asides in kinds if asides]
        said = [f"Not checked, because it is not part of the text ({', '.join(unread)})."] if unread else []
        return [*said, *draft.told]


def by_reason(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return findings by their reason, in the order in which each is first given."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.remark.reason, []).append(finding)
    return found


def _place(remark: Remark, text: str) -> int | None:
    """Where the quote begins in its sentence, as the same words may stand in it twice; None if it is not in it."""
    at = remark.sentence.find(remark.quote)
    while at >= 0:
        if remark.start >= at and text.startswith(remark.sentence, remark.start - at):
            return at
        at = remark.sentence.find(remark.quote, at + 1)
    return None
