"""The parameters of the notebook that sets claims beside their evidence."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field, StrictStr, model_validator

from stats.errors import NotToHand, UnknownName, nearest
from stats.registers import Registers, Source, load
from stats.registers.claims import Claim, Document
from stats.run.asking import Parameters

if TYPE_CHECKING:
    import pandas as pd

    from stats.claims.compared import Row
    from stats.draw.page import Drawing

NEWEST = "newest"
RECORDED, OUTCOMES = "recorded_offences", "outcomes"
SETS = {
    "articles": "the five articles",
    "others": "documents of other publishers",
    "all": "every document",
}
"""What `claims` may name besides one document."""


class IsItTrue(Parameters):
    """Is it true?"""

    notebook: ClassVar[str] = "is_it_true"
    reads: ClassVar[tuple[str, ...]] = (RECORDED, OUTCOMES, "published_figures", "population")

    claims: StrictStr = Field(description="articles, others, all, or one document of data/claims, such as article_004")
    as_at: StrictStr = Field(description="newest for all that is to hand, or a day: what was known then, '2022-12-31'")
    reading: Literal["both", "default", "strict"] = Field(description="how words are read in the figure")

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if len(self.not_yet) == len(self.documents):
            raise NotToHand(
                f"nothing that is asked for was printed by {self.as_at}.",
                [(document.id, f"published {document.published}") for document in self.not_yet],
                "Ask as at a later day, or choose another document.",
            )
        return self

    @property
    def day(self) -> str | None:
        """The day asked for, or None for all that is to hand."""
        return None if self.as_at == NEWEST else self.as_at

    @cached_property
    def registers(self) -> Registers:
        """The registers as at the day."""
        return load().as_at(self.day, RECORDED) if self.day else load()

    @cached_property
    def documents(self) -> list[Document]:
        """The documents whose claims are asked for."""
        of = {"articles": load().documents, "others": load().others, "all": load().documents | load().others}
        if self.claims in of:
            return list(of[self.claims].values())
        if self.claims in of["all"]:
            return [of["all"][self.claims]]
        raise UnknownName(
            f"no document, and no set of them, is called '{self.claims}'.",
            [("nearest", ", ".join(nearest(self.claims, [*of, *of["all"]])) or "none"),
             ("sets", ", ".join(f"{name}: {what}" for name, what in SETS.items())),
             ("documents", "\n".join(f"{d.id}: {d.title} ({d.cited})" for d in of["all"].values()))],
            "Write one of these names.",
        )  # fmt: skip

    @property
    def printed(self) -> list[Claim]:
        """The claims that were printed by the day."""
        return [claim for document in self.documents if self._is_out(document) for claim in document.claims]

    @property
    def not_yet(self) -> list[Document]:
        """The documents that were not out by the day."""
        return [document for document in self.documents if not self._is_out(document)]

    def sources(self, rows: list[Row]) -> list[Source]:
        """Return the documents that are drawn, then what their figures were read from, each once."""
        registers = load()
        evidence = dict.fromkeys(f.evidence.release for row in rows for f in row.figures)
        documents = registers.sources_of_claims([row.claim for row in rows])
        named = [name for name in evidence if name not in {source.id for source in documents}]
        return [*documents, *(_source(name, registers) for name in named)]

    def uses(self, dataset: str, table: pd.DataFrame, drawing: Drawing) -> pd.DataFrame:
        """Return the published figures that are drawn, or the cells that the drawn counts add up."""
        from stats.run.rows import rows_of_figures

        if dataset == "published_figures":
            return rows_of_figures(table, drawing.table)
        shown = drawing.table[drawing.table["release"].isin([s.id for s in load().sources_of(dataset)])]
        pairs = shown[["claim_id", "release"]].drop_duplicates().itertuples()
        used = [_cells(dataset, table, load().claim(p.claim_id), p.release).index for p in pairs]
        return table[table.index.isin([at for index in used for at in index])]

    def _is_out(self, document: Document) -> bool:
        return self.day is None or document.published <= self._last_day[: len(document.published)]

    @property
    def _last_day(self) -> str:
        """The last day that what was asked may be: of '2022' the last of December."""
        asked = self.registers.asked_as_at
        assert asked is not None
        return asked.day


def _source(name: str, registers: Registers) -> Source:
    return registers.finding_source(name) if name in registers.findings else registers.source(name)


def _cells(dataset: str, table: pd.DataFrame, claim: Claim, release: str) -> pd.DataFrame:
    """Return the cells of one release that a claim's count, or charged share, is made from."""
    from stats.estimate import attrition, counts

    period = claim.period.period
    assert period
    assert claim.area_code
    assert claim.offence
    registers = load().as_at(release, dataset)
    cells = counts.cells if dataset == RECORDED else attrition.cells
    return cells(
        table, area=registers.areas.current[claim.area_code], group=registers.offences.find(claim.offence),
        period=period, registers=registers,
    )  # fmt: skip
