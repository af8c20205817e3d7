"""Wordings: how drafts word what the measures count, as patterns; and a sentence for each measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stats.errors import RegisterError
from stats.registers.entries import Entry, entry, read_mapping, with_id
from stats.registers.measures import Measure
from stats.registers.offences import Outcome
from stats.registers.places import place


class BaseWords(Entry):
    """Words after "of", and the stages that a denominator so worded may have."""

    words: tuple[str, ...]
    stages: tuple[str, ...]


class Nouns(Entry):
    """The nouns of what is counted here, words that stand before them, and words that show a noun was left out."""

    ours: frozenset[str]
    before: frozenset[str]
    left_out: frozenset[str]


class MeasureWords(Entry):
    """How one measure is worded.

    `needs` are words of which its sentence holds one, `unless` words of which it holds none. `is_mixed` marks a measure
    whose figures answer different questions, so that a number is set beside the figure whose words are alike; with
    `by_people` they differ only in whom they are of. `says` is a sentence, with places for the
    numbers of the evidence.
    """

    id: str
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    is_mixed: bool = False
    by_people: bool = False
    says: str | None = None


@dataclass(frozen=True)
class Wordings:
    """The register as patterns.

    Parameters
    ----------
    stages : dict of str to Pattern
        In the order in which they are looked for.
    bases : tuple of (Pattern, stages)
    outcomes : dict of str to Pattern
        How each group of outcomes is worded.
    nouns : Nouns
    measures : dict of str to MeasureWords
    other_offences : Pattern
        Offences that no figure of ours is of.
    """

    stages: dict[str, re.Pattern[str]]
    bases: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    outcomes: dict[str, re.Pattern[str]]
    nouns: Nouns
    measures: dict[str, MeasureWords]
    other_offences: re.Pattern[str]

    def base_stages(self, base_words: str) -> tuple[str, ...]:
        """Return the stages that a denominator worded so may have, the likeliest first; none where no word says."""
        return next((stages for words, stages in self.bases if words.search(base_words)), ())

    def of(self, measure: str) -> MeasureWords:
        """Return how a measure is worded; one without an entry has no words of its own."""
        return self.measures.get(measure) or MeasureWords(id=measure)


@lru_cache(maxsize=512)
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of any of several words; a word that ends in * stands for all its endings."""
    parts = [re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+") for word in words]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b", re.IGNORECASE)


def fits(words: MeasureWords, sentence: str) -> bool:
    """Whether a sentence may be of a measure so worded."""
    has_needed = not words.needs or bool(pattern(words.needs).search(sentence))
    return has_needed and not (words.unless and pattern(words.unless).search(sentence))


def load_wordings(folder: Path, measures: dict[str, Measure], outcomes: dict[str, Outcome]) -> Wordings:
    """Return the register of wordings in `folder`.

    Raises
    ------
    RegisterError
        If it names a measure, a stage or a group of outcomes that is not registered.
    """
    path = folder / "wordings.yml"
    found = read_mapping(path)
    bases = [entry(BaseWords, fields, file=path, name=f"bases {n}") for n, fields in enumerate(found["bases"], 1)]
    worded = {
        name: entry(MeasureWords, with_id(fields, name), file=path, name=name)
        for name, fields in found["measures"].items()
    }
    stages = {m.numerator.stage for m in measures.values()}
    stages |= {m.denominator.stage for m in measures.values() if m.denominator}
    for what, names, known in (
        ("measure", worded, set(measures)),
        ("stage", found["stages"], stages),
        ("stage", [stage for base in bases for stage in base.stages], stages),
        ("group of outcomes", found["outcomes"], {outcome.group for outcome in outcomes.values()}),
    ):
        for name in names:
            if name not in known:
                raise RegisterError(
                    f"the wordings name a {what} that is not registered.",
                    [*place(path, name), (what, name)],
                    "Correct the name, or register it in measures.yml or outcomes.csv.",
                )
    return Wordings(
        {stage: pattern(tuple(words)) for stage, words in found["stages"].items()},
        tuple((pattern(base.words), base.stages) for base in bases),
        {group: pattern(tuple(words)) for group, words in found["outcomes"].items()},
        entry(Nouns, found["nouns"], file=path, name="nouns"),
        worded,
        pattern(tuple(found["other_offences"])),
    )
