"""Fold lints into the remarks on the numbers they are about, so that each number is spoken of once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stats.claims.draft.lints import Lint, as_remark
from stats.claims.draft.remarks import UNPLACED, Remark
from stats.claims.verdicts import RIGHT

OF_WORDS = ("cases", "majority", "survey-without-n", "rate-without-base", "forbidden-name")
"""Rules on words that leave a number as right or wrong as it is; the others say that it is not what it is called."""


def folded(remarks: Sequence[Remark], lints: Sequence[Lint], text: str) -> list[Remark]:
    """Return the remarks with each lint in the remark it overlaps, and the other lints as remarks of their own.

    A number that is wrong keeps its verdict. One that is right or unplaced takes that of a lint, unless the lint is on
    words only (`OF_WORDS`).
    """
    made = list(remarks)
    alone = []
    for lint in lints:
        met = [n for n, r in enumerate(made) if r.start < lint.end and lint.start < r.end]
        at = min(met, key=lambda n: made[n].unit != "percent", default=None)
        if at is None:
            alone.append(as_remark(lint, text))
            made = [_beside(remark, alone[-1]) for remark in made]
        else:
            made[at] = _with(made[at], lint)
    return sorted([*made, *alone], key=lambda remark: (remark.start, remark.end))


def _beside(remark: Remark, lint: Remark) -> Remark:
    """A right number in a sentence whose other words mislead has something to add."""
    is_beside = lint.lint not in OF_WORDS and remark.sentence == lint.sentence and remark.verdict == "supported"
    caveats = (*remark.caveats, lint.reason)
    return replace(remark, verdict="supported-with-caveat", caveats=caveats) if is_beside else remark


def _with(remark: Remark, lint: Lint) -> Remark:
    decides = lint.name not in OF_WORDS and remark.verdict in (*RIGHT, UNPLACED)
    if decides:
        return replace(
            remark, verdict=lint.verdict, reason=lint.reason, lint=_named(remark, lint),
            suggestion=lint.suggestion or remark.suggestion, caveats=(remark.reason, *remark.caveats),
        )  # fmt: skip
    suggestion = remark.suggestion or lint.suggestion
    return replace(remark, lint=_named(remark, lint), caveats=(*remark.caveats, lint.reason), suggestion=suggestion)


def _named(remark: Remark, lint: Lint) -> str:
    return f"{remark.lint}, {lint.name}" if remark.lint else lint.name
