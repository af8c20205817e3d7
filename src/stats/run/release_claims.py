"""Which registered claims a release changes: the verdict, and the figures it rests on, before and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from stats.claims.verdicts import Verdict
from stats.publish.claims_page import PAGE
from stats.publish.files import write
from stats.registers import Registers
from stats.registers.claims import Claim
from stats.run.claims import every_claim, facts_of, judged, page_of

Was = tuple[str, str, str]
"""A name, what it said and what it says now."""


@dataclass(frozen=True)
class ClaimEffect:
    """A claim whose verdict, or whose evidence, is another now."""

    claim: Claim
    was: Verdict
    now: Verdict

    @property
    def has_another_verdict(self) -> bool:
        """Whether more than a number changed."""
        return self.was.verdict != self.now.verdict

    @property
    def values(self) -> list[Was]:
        """The figures that it is set beside and that changed: what each is, before and now."""
        before, after = (_values(found) for found in (self.was, self.now))
        names = {**before, **after}
        return [(n, before.get(n, "nothing"), after.get(n, "nothing")) for n in names if before.get(n) != after.get(n)]

    def in_words(self) -> str:
        """Return one line: the claim, its verdicts, the numbers, and why it is judged so now."""
        said = f"{self.was.verdict} → {self.now.verdict}" if self.has_another_verdict else f"still {self.now.verdict}"
        numbers = "".join(f"; {was} → {now} ({name})" for name, was, now in self.values)
        return f"{self.claim.id} “{self.claim.quote}”: {said}{numbers}. {self.now.reason}"


def claims_again(before: Registers, after: Registers) -> list[ClaimEffect]:
    """Return the claims that are judged anew, those with another verdict first.

    Parameters
    ----------
    before, after : Registers
        Without the new release, and with it; the tidy tables hold both.
    """
    facts = facts_of(after.root)
    facts = replace(facts, registers=after)
    claims = every_claim(after)
    pairs = zip(judged(claims, replace(facts, registers=before)), judged(claims, facts), strict=True)
    effects = [ClaimEffect(claim, was, now) for (claim, was), (_, now) in pairs if _told(was) != _told(now)]
    return sorted(effects, key=lambda effect: not effect.has_another_verdict)


def page_again(root: Path) -> Path | None:
    """Make docs/claims.md from the tables as they are now; return it if it is another."""
    path, data = root / PAGE, page_of(facts_of(root))
    if path.is_file() and path.read_bytes() == data:
        return None
    return write(path, data)


def _told(found: Verdict) -> tuple[str, str, list[tuple[str, str]]]:
    return found.verdict, found.reason, sorted(_values(found).items())


def _values(found: Verdict) -> dict[str, str]:
    named: Iterable[tuple[str, str]] = (
        (", ".join(filter(None, [e.measure or e.title, e.area, e.period, e.figure])), e.text) for e in found.evidence
    )
    return dict(named)
