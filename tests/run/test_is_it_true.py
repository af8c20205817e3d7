"""The parameters of the notebook that sets claims beside their evidence, and the figure by a direct call."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from stats.claims.compared import Row, compared
from stats.draw.verdicts import draw_verdicts
from stats.errors import BadParameter, NotToHand, UnknownName
from stats.publish.figures import files_of
from stats.registers import Registers
from stats.registers.claims import Span
from stats.run.claims import facts_of, judged
from stats.run.is_it_true import IsItTrue
from stats.run.parameters import model_of
from stats.run.plan import brief_paths, defaults, load_brief

ROOT = Path(__file__).parents[2]
ASKED = defaults("is_it_true", ROOT)


def rows_of(asked: IsItTrue) -> list[Row]:
    """The rows that a figure of these parameters shows."""
    facts = facts_of(as_at=asked.day)
    return compared(judged(asked.printed, facts), facts)[0]


def plotted(**rows: list[str]) -> SimpleNamespace:
    """A drawing of which only the table is looked at."""
    return SimpleNamespace(table=pd.DataFrame(rows))


@pytest.mark.parametrize(
    ("claims", "first", "n"),
    [("articles", "article_000", 5), ("others", "dorset_police_2022", 8), ("all", "article_000", 13),
     ("article_003", "article_003", 1), ("lincolnite_2022", "lincolnite_2022", 1)],
)  # fmt: skip
def test_one_document_or_a_set_of_them_is_asked_for(claims: str, first: str, n: int) -> None:
    """The articles, the other publishers, all of them, or any one."""
    asked = IsItTrue.ask(**{**ASKED, "claims": claims})
    assert (asked.documents[0].id, len(asked.documents)) == (first, n)
    assert asked.day is None
    assert model_of("is_it_true") is IsItTrue


@pytest.mark.parametrize(
    ("day", "out", "later"),
    [
        ("2011-12-31", ["article_002"], 4),
        ("2017-05-07", ["article_002"], 4),
        ("2017-05-08", ["article_000", "article_002"], 3),
        ("2017", ["article_000", "article_001", "article_002", "article_004"], 1),
        ("2026-12-31", ["article_000", "article_001", "article_002", "article_003", "article_004"], 0),
    ],
)
def test_claims_printed_after_the_day_are_not_judged(day: str, out: list[str], later: int) -> None:
    """A claim that nobody had made yet is neither right nor wrong; a month stands for its first day."""
    asked = IsItTrue.ask(claims="articles", as_at=day, reading="both")
    assert sorted({f"article_{claim.id[1:4]}" for claim in asked.printed}) == out
    assert len(asked.not_yet) == later


def test_sources_are_the_documents_then_what_their_figures_were_read_from() -> None:
    """Each once: the article, the Home Office, the published figures, and findings by who says so."""
    asked = IsItTrue.ask(**{**ASKED, "claims": "article_000"})
    named = [source.id for source in asked.sources(rows_of(asked))]
    assert named[:2] == ["article_000", "published_reported_2026_11_22"]
    assert set(named[2:]) == {"plaid_contacted_online", "plaid_approached_online_more_than_three_times"}
    asked = IsItTrue.ask(**ASKED)
    assert "home_office_recorded_2026_04_23" in [source.id for source in asked.sources(rows_of(asked))]


def test_the_figure_rests_on_the_cells_that_its_counts_add_up(offences: pd.DataFrame) -> None:
    """44 forces in one quarter, of one code for each of two claims; and nothing of a release that is not drawn."""
    asked = IsItTrue.ask(**ASKED)
    drawing = plotted(claim_id=["C004-06", "C004-07"], release=["home_office_recorded_2026_04_23"] * 2)
    used = asked.uses("recorded_offences", offences, drawing)  # type: ignore[arg-type] # only its table is looked at
    assert len(used) == 2 * 44
    assert set(used["offence_code"]) == {"8L", "8Q"}
    assert set(used["source_id"]) == {"home_office_recorded_2026_04_23"}
    none = asked.uses("recorded_offences", offences, plotted(claim_id=["C004-01"], release=["article_004"]))  # type: ignore[arg-type] # the same
    assert none.empty


def test_a_charged_share_rests_on_the_outcomes_of_its_own_force(
    outcomes: pd.DataFrame, registers: Registers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim of the share charged in a year names the outcomes of its place and period, and no recorded offences."""
    period = Span(words="year ending March 2025", start=date(2024, 4, 1), end=date(2025, 3, 31))
    claim = registers.claim("C004-06").model_copy(update={"id": "X01", "area_code": "E23000020", "period": period})
    monkeypatch.setattr(Registers, "claim", lambda self, name: claim)
    release = registers.newest("outcomes").id
    drawing = plotted(claim_id=["X01"], release=[release])
    used = IsItTrue.ask(**ASKED).uses("outcomes", outcomes, drawing)  # type: ignore[arg-type] # only its table is looked at
    assert set(used["area_code"]) == {"E23000020"}
    assert set(used["source_id"]) == {release}
    assert 0 < len(used) < len(outcomes)


def test_the_figure_rests_on_the_published_figures_that_it_names(published: pd.DataFrame) -> None:
    """Rows that are not drawn do not turn it stale."""
    drawing = plotted(figure_id=["slt-audit-no-risk-plan-2017", ""], claim_id=["C004-03"] * 2)
    used = IsItTrue.ask(**ASKED).uses("published_figures", published, drawing)  # type: ignore[arg-type] # the same
    assert used["figure_id"].tolist() == ["slt-audit-no-risk-plan-2017"]


def test_there_is_a_brief_for_each_article_and_for_the_others(registers: Registers) -> None:
    """What was really published is all set beside its evidence."""
    briefs = [load_brief(path) for path in brief_paths((), ROOT)]
    asked = {brief.parameters["claims"] for brief in briefs if brief.notebook == "is_it_true"}
    assert asked == {*registers.documents, "others"}


@pytest.mark.parametrize("brief", ["article_003_claims", "article_004_claims"])
def test_direct_call_and_notebook_make_the_same_bytes(brief: str) -> None:
    """The four committed files are those that the library makes without a notebook."""
    (path,) = brief_paths([brief], ROOT)
    asked = load_brief(path).asked
    assert isinstance(asked, IsItTrue)
    facts = facts_of(as_at=asked.day)
    rows, left = compared(judged(asked.printed, facts), facts)
    drawing = draw_verdicts("claims", rows, registers=facts.registers, sources=asked.sources(rows), left=left)
    for suffix, data in files_of(drawing, asked).items():
        assert data == (ROOT / "figures" / brief / f"claims.{suffix}").read_bytes(), suffix


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"claims": "artcle_004"}, UnknownName, "nearest:    article_004"),
        ({"claims": "C004-07"}, UnknownName, "the five articles"),
        ({"as_at": "yesterday"}, UnknownName, "neither a release that is here nor a date"),
        ({"as_at": "2015"}, NotToHand, r"(?s)nothing that is asked for was printed by 2015.*published 2017-07"),
        ({"reading": "loose"}, BadParameter, "'both', 'default' or 'strict'"),
        ({"area": "Kent"}, BadParameter, "no parameter of this name"),
    ],
)
def test_what_is_wrong_stops_before_anything_runs(wrong: dict[str, str], error: type[Exception], said: str) -> None:
    """Unknown documents, days and readings; and a day before anything was printed."""
    with pytest.raises(error, match=said):
        IsItTrue.ask(**{**ASKED, **wrong})
