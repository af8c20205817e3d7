"""Claims and published figures that do not hold, where a figure shows them: each is refused, or must be refuted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from stats.claims.facts import Facts
from stats.claims.verdicts import Verdict
from stats.errors import NotHonest, NotReproduced
from stats.publish.documents.model import Document, plain
from stats.publish.pack.figure import CLAIM, PRINTED_BY_OTHERS, Figure
from stats.publish.pack.refuting import against, answers_of, is_answered, lines_of, why_not


def must_hold_in_figures(
    document: Document, figures: Iterable[Figure], judged: Mapping[str, Verdict], quoted_as_wrong: Collection[str]
) -> None:
    """Stop if a figure shows a claim that is not right, unless it is listed as wrong and the verdict is to be read.

    A table of the document that prints the verdict beside the claim says it; of another figure the text must. Where the
    text quotes a number of the claim from the figure, the verdict or reason stands in the same place.

    Raises
    ------
    NotHonest, NotReproduced
    """
    for figure in figures:
        for name in figure.claims:
            printed, found = _printed_verdicts(figure, CLAIM, name), judged[name]
            shown = [("document", document.name), ("figure", figure.name), ("why", found.reason)]
            if old := printed - {found.verdict, ""}:
                raise NotReproduced(
                    "a figure prints a verdict that is not the one of today.",
                    [*shown, ("claim", name), ("printed", ", ".join(sorted(old))), ("now", found.verdict)],
                    "Make it again (make figures), look at it, and make the document again.",
                )
            if not found.is_right and name not in quoted_as_wrong:
                raise NotHonest(
                    f"a figure shows the claim {name}, which is {found.verdict}.", shown,
                    "Leave the figure out; or list the id in quoted_as_wrong, where its verdict is to be read.",
                )  # fmt: skip
            if found.is_right:
                continue
            is_read = printed == {found.verdict} and figure.name in {picture.name for picture in document.pictures}
            if not is_read and not is_answered(document, name, found):
                raise NotHonest(
                    f"a figure shows the claim {name}, which is {found.verdict}, and nothing says so.", shown,
                    f"Write {{{{ reason('{name}') }}}} into the text beside the figure.",
                )  # fmt: skip
            _must_be_answered(document, figure, name, {name: found})


def _printed_verdicts(figure: Figure, column: str, name: str) -> set[str]:
    """Return what the table of a figure prints as the verdict in rows of a claim or figure; '' for one without."""
    rows = figure.table.to_dict("records")
    return {str(row.get("verdict", "")) for row in rows if row.get(column) == name}


def must_be_undisputed_in_figures(
    document: Document, figures: Iterable[Figure], facts: Facts, quoted_as_wrong: Collection[str]
) -> None:
    """Stop if a figure shows in its table what somebody else published and what is known not to hold, or in dispute.

    A row that prints the verdict of a claim against it says so itself; else its id must be listed as quoted as wrong,
    and the text must give the verdict or reason of such a claim, where there is one.

    Raises
    ------
    NotHonest
    """
    for figure in figures:
        for name in figure.published:
            claims = against(name, facts)
            why, printed = why_not(name, claims, facts), _printed_verdicts(figure, PRINTED_BY_OTHERS, name)
            _must_be_answered(document, figure, name, claims)
            if not why or printed <= {found.verdict for found in claims.values()}:
                continue
            shown = [("document", document.name), ("figure", figure.name), *why]
            if name not in quoted_as_wrong:
                raise NotHonest(
                    f"a figure shows the published figure {name}, which does not hold or is in dispute.", shown,
                    "Leave the figure out; or list its id in quoted_as_wrong, and say in the text that it is not so.",
                )  # fmt: skip
            if claims and not any(is_answered(document, id_, found) for id_, found in claims.items()):
                raise NotHonest(
                    f"a figure shows the published figure {name}, which does not hold, and nothing says so.", shown,
                    f"Write {{{{ reason('{next(iter(claims))}') }}}} into the text beside the figure.",
                )  # fmt: skip


def _must_be_answered(document: Document, figure: Figure, name: str, claims: Mapping[str, Verdict]) -> None:
    """Stop if a number of what does not hold is quoted from a figure without a verdict or reason beside it."""
    answers = {words for found in claims.values() for words in answers_of(found)}
    for line in lines_of(document):
        is_quoted = any(_is_from(words.reference, figure.name, name) for words in line)
        if claims and is_quoted and not answers & {words.text for words in line if words.reference in claims}:
            raise NotHonest(
                f"the document quotes a number of {name}, which does not hold, without saying so in the same place.",
                [("document", document.name), ("figure", figure.name), ("where", plain(line))],
                f"Write {{{{ reason('{next(iter(claims))}') }}}} into the same paragraph, item of a list or row.",
            )


def _is_from(reference: str, figure: str, name: str) -> bool:
    """Whether a reference is to a number or cell of a claim or published figure in the table of a figure.

    Examples
    --------
    >>> _is_from("a/claims.C003-01.1", "a/claims", "C003-01")
    True
    >>> _is_from("a/claims: x, C003-01: text", "a/claims", "C003-01")
    True
    >>> _is_from("C003-01", "a/claims", "C003-01")
    False
    """
    of_it = reference.startswith((f"{figure}.", f"{figure}: "))
    return of_it and name in re.split(r"[.:,] ?", reference.removeprefix(figure))
