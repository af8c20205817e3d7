"""A document with every kind of block, made of committed figures; the writers of all formats are tried on it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from stats.publish.documents.model import (
    Bullets,
    Cell,
    Citation,
    Document,
    Grid,
    Heading,
    Notice,
    Paragraph,
    Reference,
    Words,
)
from stats.publish.documents.pictures import picture_of

FIGURES = Path(__file__).parents[1] / "figures"


def sample() -> Document:
    """Return the document."""
    share = Words("5.4%", reference="lincolnshire/charged.E23000020.offences_recorded.share")
    awkward = "Quotes “here” & <there>, a #hash, $5, *stars*, _lines_, [brackets], \\ and @"
    table = Grid(
        "ladder", "Stalking offences recorded in Lincolnshire, year ending March 2025, and what became of them",
        ("What", "Offences", "Share"),
        (
            (Cell((Words("Recorded"),)), Cell((Words("1,531"),), 1531, "count"), Cell((Words("[z]"),))),
            (Cell((Words("Charged so far"),)), Cell((Words("83"),), 83, "count"), Cell((share,), 0.054, "share")),
            (Cell((Words("Out-of-court disposal"),)), Cell((Words("[c]"),)), Cell((Words("[c]"),))),
        ),
        ("[c] too few to show. [z] does not apply.",),
    )  # fmt: skip
    return Document(
        "sample", "annex", "Stalking in Lincolnshire: what became of the offences", "Year ending March 2025",
        date(2026, 4, 23),
        (
            Heading(2, (Words("What we found"),), "what-we-found"),
            Paragraph((Words("So far "), share, Words(" of the offences were "), Words("charged", is_strong=True),
                       Words(". Charged is not convicted.")), 1),
            Paragraph((Words(awkward),), 2),
            Notice((Words("This replaces an earlier number.", is_strong=True), Words(" See the corrections."))),
            Bullets(((Words("One point, with "), Words("a link", address="https://www.gov.uk/")),
                     (Words("Another, "), Words("stressed", is_emphasised=True)))),
            Heading(3, (Words("The table"),), "the-table"),
            table,
            picture_of(FIGURES / "lincolnshire", "charged"),
            picture_of(FIGURES / "lincolnshire", "outcomes"),
            Heading(2, (Words("Limits"),), "limits"),
            Paragraph((Words("The share can only rise while outcomes are pending. See "),
                       Words("what we found", address="#what-we-found"), Words(".")), 3),
        ),
        references=(Reference(
            share.reference, "5.4%", 0.0542, "share", "charge_share_of_offences_recorded", "E23000020",
            "year ending March 2025", "full count", ("home_office_outcomes_2024_25",), "lincolnshire/charged",
            measure_name="share of recorded offences charged so far", area_name="Lincolnshire",
        ),),
        citations=(Citation("home_office_outcomes_2024_25", "Home Office, Crime outcomes open data tables, published "
                            "2026-04-23", "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables",
                            "Open Government Licence v3.0", "official-mirror", "https://www.gov.uk/own"),),
        contact="The maintainers of Plain Figures, https://example.org/issues, by an issue",
    )  # fmt: skip
