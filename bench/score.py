"""How much of what is known the checker of drafts gets right. `make score` prints it; nothing here is a test.

The sentences were written without sight of the rules. The zoo and the articles are checked twice: as they are, and with
registered claims not recognised, so that only the rules for any text are measured.

    python bench/score.py [--misses] [--json FILE] [--no-speed]
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from checking import speed
from score_sets import KINDS, articles, conflicts, quotes, sentences, shared, unplaced, zoo
from scoring import Passage, Score, score, total

from stats.claims.draft.check import check_draft
from stats.claims.facts import Facts
from stats.run.claims import facts_of

Check = Callable[..., list[Any]]
HEADS = ("passages", "found", "taken wrongly", "verdicts right", "false alarms", "wording noticed", "blamed wrongly")
ALONE = "without registered claims"


def main() -> None:
    """Print the scores, and what was asked for besides."""
    asked = _arguments()
    facts = facts_of()
    scores = every_score(facts, shared(os.environ))
    print(*lines(scores), sep="\n")
    print(*notes(facts, shared(os.environ)), sep="\n")
    if asked.misses:
        print(*misses(scores), sep="\n")
    if asked.json:
        asked.json.write_text(json.dumps(record(scores), indent=1, ensure_ascii=False) + "\n", "utf-8")
    if not asked.no_speed:
        print()
        speed(facts)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list what came out otherwise than it should")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts and the misses to a file")
    parser.add_argument("--no-speed", action="store_true", help="measure no time")
    return parser.parse_args()


def every_score(facts: Facts, folder: Path | None, check: Check = check_draft) -> dict[str, Score]:
    """Return the score of each set, by its name."""
    scores = {f"sentences, {kind}": scored(sentences(kind), facts, check) for kind in KINDS}
    scores["sentences, all"] = total(scores.values())
    scores["published figures' own quotes"] = scored(quotes(facts), facts, check)
    for name, of in {"zoo": zoo, "articles": articles}.items() if folder else ():
        scores[name] = scored(of(folder, facts), facts, check)
        if can_do_without_claims(check):
            scores[f"{name}, {ALONE}"] = scored(of(folder, facts), facts, check, known=False)
    return scores


def scored(passages: Iterable[Passage], facts: Facts, check: Check = check_draft, **options: Any) -> Score:
    """Return the score of passages, each checked as a draft of its own day."""
    return total(score(each, check(each.text, facts, written=each.written, **options)) for each in passages)


def can_do_without_claims(check: Check) -> bool:
    """Whether the checker can be told not to recognise registered claims."""
    return "known" in inspect.signature(check).parameters


def lines(scores: dict[str, Score]) -> list[str]:
    """Return a table of the scores."""
    rows = [("", *HEADS), *((name, *_cells(each)) for name, each in scores.items())]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [_line(row, widths) for row in rows]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join([f"{row[0]:<{widths[0]}}", *(f"{cell:>{w}}" for cell, w in zip(row[1:], widths[1:], strict=True))])


def _cells(of: Score) -> tuple[str, ...]:
    return (
        str(of.passages), _of(of.found, of.wanted), _of(of.taken_wrongly, of.not_claims), _of(of.right, of.demanded),
        str(of.false_alarms), _of(of.lints_right, of.lints_demanded), str(of.lints_wrongly),
    )  # fmt: skip


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "-"


def notes(facts: Facts, folder: Path | None) -> list[str]:
    """Return what was left out, and why."""
    said = [f"Left out, since the register notes a conflict: {', '.join(conflicts(facts))}."]
    if folder is None:
        said += ["The zoo and the articles are left out: they are not beside the repository (STATS_OFFICIAL)."]
    elif lost := unplaced(folder, facts):
        said += [f"Claims whose quote is not found in the article: {', '.join(lost)}."]
    if folder and not can_do_without_claims(check_draft):
        said += ["The checker cannot yet be told not to recognise registered claims, so that is not measured."]
    return ["", *said]


def misses(scores: dict[str, Score]) -> list[str]:
    """Return every miss, under the name of its set; those of all sentences together are not told twice."""
    parts = {name: each for name, each in scores.items() if name != "sentences, all" and each.misses}
    return [line for name, each in parts.items() for line in ("", name, *(f"  {miss}" for miss in each.misses))]


def record(scores: dict[str, Score]) -> dict[str, Any]:
    """Return the scores as plain values."""
    return {name: asdict(each) for name, each in scores.items()}


if __name__ == "__main__":
    sys.exit(main())
