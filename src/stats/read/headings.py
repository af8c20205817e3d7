"""Find the lines that may be a header, and join a header of two lines into one heading a column."""

from __future__ import annotations

from collections.abc import Iterator

from stats.registers.layouts import Layout
from stats.registers.printed_words import fold_heading


def heading_rows(headings: list[list[str]], deep: int) -> Iterator[int]:
    """Yield the lines (from 1) on which a header of one or two lines may end: those with two headings or more.

    Parameters
    ----------
    headings : list of list of str
        Folded cells of the first lines of a sheet; '' is blank.
    deep : {1, 2}
    """
    for at, row in enumerate(headings, start=1):
        if at >= deep and sum(bool(cell) for cell in row) >= 2:
            yield at


def joined(headings: list[list[str]], line: int, layout: Layout) -> tuple[dict[int, str], list[str]]:
    """Return the heading of each column that has one, and the banners over several columns.

    Where a layout says `fill`, a heading in the upper line counts where the lower is blank, and is a banner elsewhere;
    where it says `both`, the upper line holds for the columns up to its next heading and stands before the lower.
    Columns that may be `unheaded` take the first spelling of their name.
    """
    whole, banners = _joined(headings, line, layout)
    return whole | _unheaded(whole, headings[line:], layout), banners


def _joined(headings: list[list[str]], line: int, layout: Layout) -> tuple[dict[int, str], list[str]]:
    lower = dict(enumerate(headings[line - 1]))
    if layout.header_rows == 1:
        return {at: words for at, words in lower.items() if words}, []
    upper = dict(enumerate(headings[line - 2]))
    if layout.join == "both":
        return _both(upper, lower), []
    filled = {at: lower.get(at) or words for at, words in {**lower, **upper}.items()}
    banners = [words for at, words in upper.items() if words and lower.get(at)]
    return {at: words for at, words in sorted(filled.items()) if words}, banners


def _unheaded(found: dict[int, str], below: list[list[str]], layout: Layout) -> dict[int, str]:
    """Name the columns without a heading, by the first row under the header that has two cells or more."""
    spelt = {name: [fold_heading(words) for words in layout.columns[name]] for name in layout.unheaded}
    lacking = [words[0] for words in spelt.values() if not {*words} & {*found.values()}]
    first: list[str] = next((row for row in below if sum(map(bool, row)) >= 2), [])
    bare = [at for at, cell in enumerate(first) if cell and at not in found]
    return dict(zip(bare, lacking, strict=False))


def _both(upper: dict[int, str], lower: dict[int, str]) -> dict[int, str]:
    whole, over = {}, ""
    for at in range(max([*upper, *lower], default=-1) + 1):
        over = upper.get(at) or over
        if lower.get(at) or upper.get(at):
            whole[at] = " ".join(filter(None, (over, lower.get(at, ""))))
    return whole
