"""What the tidy tables hold, read without pandas: enough to say whether a number can be made, and no number itself.

The tables are read as they lie, not through an index of their own: twenty thousand rows cost less than a tenth of a
second, and a second file that tells what the first holds could be stale.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from stats.registers import Registers

if TYPE_CHECKING:
    from stats.run.availability import Reason

Quarter = str
"""The first day of a quarter, as the tables write it: '2024-04-01'."""


@dataclass(frozen=True)
class Held:
    """The cells of the tidy tables, each table read when it is first asked for.

    Parameters
    ----------
    registers : Registers
    """

    registers: Registers
    answers: dict[object, Reason | None] = field(default_factory=dict, compare=False)

    def once(self, question: object, answer: Callable[[], Reason | None]) -> Reason | None:
        """Return the answer to a question, found once: thousands of runs ask the same of England and Wales."""
        if question not in self.answers:
            self.answers[question] = answer()
        return self.answers[question]

    def as_at(self, registers: Registers) -> Held:
        """Return the same tables as at an earlier release; what was read is not read again."""
        earlier = Held(registers)
        earlier.__dict__["recorded"] = self.recorded
        return earlier

    def must_be_as_made(self, tables: Iterable[str]) -> None:
        """Stop unless these tables are what was made from the raw files that are here.

        Raises
        ------
        NotToHand, CheckFailed, SourceChanged
            As `stats.read.made.must_be_as_made`.
        """
        from stats.read.made import must_be_as_made

        must_be_as_made(tables, self.registers)

    @cached_property
    def recorded(self) -> dict[tuple[str, str], dict[tuple[str, Quarter], bool]]:
        """By release and force: whether the count of each class and quarter is a number."""
        found: dict[tuple[str, str], dict[tuple[str, Quarter], bool]] = defaultdict(dict)
        for row in self._rows("recorded_offences"):
            cell = row["offence_code"], row["period_start"]
            found[row["source_id"], row["area_code"]][cell] = row["offences_n"] != ""
        return dict(found)

    @cached_property
    def outcomes(self) -> dict[tuple[str, str], dict[Quarter, dict[str, list[tuple[str, int | None]]]]]:
        """By release and force, quarter and class: the outcome type and count of each row; None for a missing count."""
        found: dict[tuple[str, str], dict[Quarter, dict[str, list[tuple[str, int | None]]]]] = defaultdict(dict)
        for row in self._rows("outcomes"):
            cell = row["outcome_type_code"], int(row["offences_n"]) if row["offences_n"] else None
            classes = found[row["source_id"], row["area_code"]].setdefault(row["period_start"], {})
            classes.setdefault(row["offence_code"], []).append(cell)
        return dict(found)

    def counts(
        self, release: str, force: str, codes: Iterable[str], starts: Iterable[Quarter]
    ) -> Iterator[tuple[str, int | None]]:
        """Give the outcome type and count of each row of a force, of these classes and quarters."""
        quarters = self.outcomes.get((release, force), {})
        return (cell for start in starts for code in codes for cell in quarters.get(start, {}).get(code, ()))

    @cached_property
    def quarters_of_outcomes(self) -> dict[str, set[Quarter]]:
        """By release: the quarters that any force has outcomes of."""
        found: dict[str, set[Quarter]] = defaultdict(set)
        for (release, _), quarters in self.outcomes.items():
            found[release] |= set(quarters)
        return dict(found)

    @cached_property
    def residents(self) -> dict[str, set[str]]:
        """By middle of a year ('2024-06-30'): the areas whose population the newest release of that year holds."""
        order = [source.id for source in self.registers.sources_of("population")]
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row in self._rows("population"):
            found[row["mid_year"]][row["source_id"]].add(row["area_code"])
        return {day: by[max(by, key=order.index)] for day, by in found.items()}

    def _rows(self, table: str) -> list[dict[str, str]]:
        path = Path(self.registers.root) / "data" / "tidy" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def quarter(day: date) -> Quarter:
    """Return the name that the tables give a quarter, by its first day."""
    return day.isoformat()
