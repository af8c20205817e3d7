"""Fixtures of the lints: what fires in a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from stats.claims.draft.lints import lints
from stats.claims.facts import Facts
from stats.claims.quantities import quantities

WRITTEN = date(2026, 11, 1)


@pytest.fixture(scope="session")
def facts(registers, offences, outcomes, published) -> Facts:
    """The registers and tidy tables, as committed."""
    return Facts(registers, offences, outcomes, published)


@pytest.fixture(scope="session")
def fired(facts) -> Callable[..., list[tuple[str, str]]]:
    """Return the rule and the words of every lint on a text, or the words of those of one rule."""

    def ask(text: str, name: str | None = None, written: date | None = WRITTEN) -> list:
        found = lints(text, quantities(text, written), facts, written=written)
        pairs = [(one.name, text[one.start : one.end]) for one in found]
        return pairs if name is None else [words for rule, words in pairs if rule == name]

    return ask
