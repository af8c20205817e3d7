from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from stats.claims.beside import beside_recorded
from stats.claims.shares import worded_shares
from stats.draw.ladder import draw_beside
from stats.draw.page import Drawing
from stats.draw.worded import draw_own_base
from stats.read.tidy import read_tidy


@dataclass(frozen=True)
class Asked:
    """What a notebook was asked, as far as publishing needs to know."""

    notebook: str = "a_question"

    def as_parameters(self) -> dict[str, Any]:
        """Return invented parameters."""
        return {"area": "Kent", "claims": ["C004-06"]}

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the rows of Kent."""
        return table[table["area_code"] == "E23000032"]


@pytest.fixture
def asked() -> Asked:
    """Parameters of an invented notebook."""
    return Asked()


@pytest.fixture
def official(registers) -> Drawing:
    """A drawing whose only source named here is a mirror of official statistics."""
    claims = [registers.claim("C004-06"), registers.claim("C004-07")]
    table = beside_recorded(claims, read_tidy("recorded_offences", registers), registers)
    return draw_beside("claimed", table, registers=registers, sources=[registers.newest("recorded_offences")])


@pytest.fixture
def reported(registers) -> Drawing:
    """A drawing of what an article said, with a claim whose count is missing."""
    document = registers.document("article_004")
    return draw_own_base(
        "own_base", worded_shares(document), document, registers=registers,
        sources=[registers.document_source("article_004")],
    )  # fmt: skip


@pytest.fixture(autouse=True)
def no_brief(monkeypatch) -> None:
    """No test writes into the folder of a brief, nor runs as a draft unless it says so."""
    monkeypatch.delenv("STATS_OUT", raising=False)
    monkeypatch.delenv("STATS_DRAFT", raising=False)
