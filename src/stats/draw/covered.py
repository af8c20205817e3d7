"""A figure of FOI returns prints which forces answered, and their share of recorded offences, or is not made."""

from __future__ import annotations

from collections.abc import Sequence

from stats.errors import NotHonest
from stats.estimate.coverage import WORDS
from stats.registers import Source


def must_be_covered(name: str, coverage: str, printed: Sequence[str], sources: Sequence[Source]) -> None:
    """Stop if a figure rests on FOI returns and one of its texts does not hold their coverage.

    Parameters
    ----------
    name : str
        The figure.
    coverage : str
        As `estimate.coverage` words it.
    printed : sequence of str
        Texts that must each hold it: what is written round the plot, and the alternative text.
    sources : sequence of Source

    Raises
    ------
    NotHonest
        Naming the figure.
    """
    if not any(source.dataset == "foi_returns" for source in sources):
        return
    if not WORDS.match(coverage) or any(coverage not in text for text in printed):
        raise NotHonest(
            "a figure of FOI returns must say which forces answered.",
            [("figure", name), ("coverage", coverage or "none")],
            "Pass str(total.coverage) as coverage, and print it in the subtitle and the alternative text.",
        )
