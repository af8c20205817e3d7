"""Text and tables as Markdown that shows them as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_SIGNS = re.compile(r"([\\\[\]*`<>|#~$]|(?<!\w)_|_(?!\w))")


def plain_markdown(text: str) -> str:
    r"""Return text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> plain_markdown("a|b\n*c*")
    'a\\|b \\*c\\*'
    """
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; every cell is shown as it is."""
    lines = [heads, ["---"] * len(heads), *([plain_markdown(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
