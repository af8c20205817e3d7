"""What does not hold is refused, or refuted in the very place where it is quoted."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace

import pytest
from made_packs import ask, facts, packed
from sample_document import FIGURES, sample

from stats.claims.verdict import verdict
from stats.errors import NotHonest, NotReproduced
from stats.publish.documents.blocks import blocks_of
from stats.publish.documents.briefs import Folder
from stats.publish.documents.explaining import Explaining
from stats.publish.documents.model import Cell, Document, Grid, Words
from stats.publish.documents.pictures import picture_of
from stats.publish.documents.stated import Stated
from stats.publish.pack.comparing import unlike_repository
from stats.publish.pack.figure import figure_of
from stats.publish.pack.refusing import judged_now
from stats.publish.pack.refuting_figures import must_be_undisputed_in_figures, must_hold_in_figures

WRONG, HARASSMENT = "C003-01", "guardian-recorded-harassment-oct-dec-2016"
CONFLICT = "itv-recorded-stalking-harassment-2020-21"
QUOTE, IN_ROW = "It is established, and the police accept, that {claim}.", "Table: T\n\n| a | b |\n|---|---|\n"


FROM_FIGURE = "w3/claims.C003-01.1"


def written(text: str, **kept: str) -> Document:
    """Return the sample with a text in which {claim}, {verdict}, {reason}, {published} and so on are filled in."""
    stated = Stated(facts(), [Folder("w3", FIGURES / "article_003_claims")])
    named = {
        "number": lambda: stated.number(FROM_FIGURE),
        "claim": lambda: stated.claim(WRONG), "verdict": lambda: stated.verdict(WRONG),
        "reason": lambda: stated.reason(WRONG), "may_say": lambda: stated.may_say(WRONG),
        "published": lambda: stated.published(HARASSMENT), "conflict": lambda: stated.published(CONFLICT),
        "its_claim": lambda: stated.claim("C004-07"), "its_reason": lambda: stated.reason("C004-07"),
        "differences": lambda: Explaining(stated).differences("thornberry-recorded-2021-22", HARASSMENT),
        "break_": lambda: stated.broken("2020-04-former-partners"),
    }  # fmt: skip
    for name, told in named.items():
        if f"{{{name}}}" in text:
            text = text.replace(f"{{{name}}}", told())
    document = sample()
    blocks = (*document.blocks, *blocks_of(text, stated.meanings))
    return replace(document, blocks=blocks, references=(*document.references, *stated.references.values()), **kept)


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        f"{QUOTE}\n\n{{verdict}}: {{reason}}",
        f"- {QUOTE}\n- {{verdict}}",
        f"> {QUOTE}\n\n{{reason}}",
        f"## {QUOTE}\n\n{{reason}}",
        f"{IN_ROW}| It is so | {{claim}} |\n| Not so | {{verdict}} |",
    ],
    ids=["alone", "another paragraph", "another item", "a notice", "a heading", "another row"],
)
def test_a_claim_that_is_quoted_as_wrong_is_refuted_in_the_same_place(text):
    """Else it is affirmed, whatever a list at the head of the template says."""
    with pytest.raises(NotHonest, match=rf"(?s)the claim {WRONG} is wrong-measure, and the document quotes it without"):
        packed(written(text), quoted_as_wrong=[WRONG])


@pytest.mark.parametrize(
    "text",
    [
        "An article said {claim}. {reason}",
        "- An article said {claim}: {verdict}.",
        f"{IN_ROW}| The claim {{claim}} | {{verdict}} |",
        "{verdict}.\n\n{may_say}",
    ],
)
def test_a_claim_that_is_refuted_where_it_is_quoted_is_taken_and_said_to_be_so(text):
    """In a paragraph, an item or a row; what may be said instead is no quotation of it."""
    made = packed(written(text), quoted_as_wrong=[WRONG])
    assert "The document quotes or shows it to say that it does not hold." in made["claims.md"].decode()


def test_a_title_cannot_quote_what_does_not_hold():
    """Nothing stands beside it there."""
    quote = f"The police accept “{facts().registers.claim(WRONG).quote}”"
    with pytest.raises(NotHonest, match="A title cannot quote it"):
        packed(written("{verdict}", title=quote), quoted_as_wrong=[WRONG])


def test_a_reason_of_yesterday_refutes_nothing():
    """It must be the one of today, in the words of today."""
    document = written("An article said {claim}. {reason}")
    found = verdict(facts().registers.claim(WRONG), facts())
    (*blocks, last) = document.blocks
    words = tuple(replace(w, text="It was a slip.") if w.text == found.reason else w for w in last.words)
    with pytest.raises(NotHonest, match="without saying so"):
        packed(replace(document, blocks=(*blocks, replace(last, words=words))), quoted_as_wrong=[WRONG])


def test_a_published_figure_that_a_contradicted_claim_rests_on_is_refused():
    """In words, and in a table of differences that nobody named in words."""
    for text in ("The police recorded {published} harassment offences.", "{differences}"):
        with pytest.raises(NotHonest, match=rf"(?s)published figure {HARASSMENT}.*claim C004-07 is contradicted"):
            packed(written(text))


def test_a_published_figure_that_the_register_notes_a_conflict_on_is_refused():
    """Unless the template lists it."""
    document = written("The police recorded {conflict} offences, as was printed.")
    with pytest.raises(NotHonest, match=r"(?s)in dispute.*the register notes: +Conflict: 630,195"):
        packed(document)
    assert packed(document, quoted_as_wrong=[CONFLICT])


def test_a_published_figure_that_is_quoted_as_wrong_is_refuted_in_the_same_place():
    """As a claim is: by the verdict or reason of a claim that it is the figure of."""
    wrong = [HARASSMENT, "C004-07"]
    with pytest.raises(NotHonest, match=r"states it without saying so there"):
        packed(written("The police recorded {published} offences.\n\nNot so: {its_reason}"), quoted_as_wrong=wrong)
    assert packed(written("In print were {published} offences. {its_reason}"), quoted_as_wrong=wrong)
    titled = written("In print were {published} offences. {its_reason}", title="More than 5,000: more than 5,000")
    with pytest.raises(NotHonest, match=r"states it without saying so there"):
        packed(titled, quoted_as_wrong=wrong)


def test_a_figure_is_not_refused_since_a_claim_worded_it_wrongly():
    """The share charged is right; that it were of convictions was said of it."""
    stated = Stated(facts(), [])
    words = Words("5%", reference="published thornberry-charge-share-2021-22 text")
    stated.published("thornberry-charge-share-2021-22")
    grid = Grid("printed", "What was printed", ("What", "Share"), ((Cell((Words("Charged"),)), Cell((words,))),))
    document = sample()
    assert packed(
        replace(
            document, blocks=(*document.blocks, grid), references=(*document.references, *stated.references.values())
        )
    )


def test_a_break_that_the_document_states_stands_among_its_limits():
    """Though no figure of it meets one."""
    none, met = (packed(written(text))["limitations.md"].decode() for text in ("Nothing.", "Since then {break_}."))
    told = facts().registers.breaks["2020-04-former-partners"]
    assert "its text refers to none" in none
    assert f"- {told.date.isoformat()}: " in met
    assert "its text refers to none" not in met


OTHERS, ALL_OF_IT = "claims_of_others/claims", ["Z08"]


def showing(name: str, text: str = "") -> Document:
    """Return the sample with one more committed figure, after a text as in `written`."""
    document, (brief, _, figure) = written(text), name.partition("/")
    return replace(document, blocks=(*document.blocks, picture_of(FIGURES / brief, figure)))


def test_a_figure_that_shows_a_claim_which_does_not_hold_is_refused_unless_it_is_listed():
    """The text states none of its claims; the table of the figure prints each verdict, and all stand in the lists."""
    document = showing(OTHERS)
    with pytest.raises(NotHonest, match=rf"(?s)shows the claim Z08, which is arithmetic-error.*{OTHERS}"):
        packed(document)
    made = packed(document, quoted_as_wrong=ALL_OF_IT)
    told = {record["id"]: record for record in json.loads(made["claims.json"])["claims"]}
    assert {id_: record["verdict"] for id_, record in told.items()} == {
        "Z08": "arithmetic-error", "Z10": "supported-with-caveat", "Z13": "supported-with-caveat",
        "Z03": "supported-with-caveat",
    }  # fmt: skip
    assert all(told[id_]["evidence"] for id_ in ("Z10", "Z13", "Z03")), "Z08 stands against its own counts alone"
    assert "## Z08: arithmetic-error" in made["claims.md"].decode()
    assert "## lincolnite_2022" in made["sources.md"].decode()
    assert verdicts_missing(made) == []
    bare = json.dumps({**json.loads(made["claims.json"]), "claims": []}).encode()
    assert "claims.json: Z08 is left out" in verdicts_missing({**made, "claims.json": bare})


def verdicts_missing(made: dict[str, bytes]) -> list[str]:
    """Return the claims that the repository finds missing in a pack."""
    return [line for line in unlike_repository(made, facts()) if line.endswith("is left out")]


def test_a_claim_in_a_figure_that_prints_no_verdict_is_refuted_by_the_text():
    """Its JSON alone names it; the reason in words will do, and the quotation without it will not."""
    with pytest.raises(NotHonest, match=rf"the claim {WRONG}, which is wrong-measure, and nothing says so"):
        packed(showing("article_003/rates"), quoted_as_wrong=[WRONG])
    assert packed(showing("article_003/rates", "Not so. {reason}"), quoted_as_wrong=[WRONG])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{number} of offences led to a charge.", "which is wrong-measure, and nothing says so"),
        ("{number} of offences led to a charge.\n\nNot so: {reason}", "without saying so in the same place"),
        ("{number} of offences led to a charge: {reason}", ""),
    ],
)
def test_a_number_of_a_claim_is_refuted_where_it_is_quoted_from_a_figure(text, said):
    """Nobody reads the verdict in the table of a figure that is not shown, nor in another paragraph."""
    with pytest.raises(NotHonest, match=said) if said else nullcontext():
        packed(written(text), quoted_as_wrong=[WRONG])


def test_a_figure_that_prints_a_verdict_of_yesterday_is_refused():
    """Though it were right then."""
    found = figure_of(OTHERS, facts().registers, ask)
    old = found.files["csv"].replace(b"arithmetic-error", b"supported")
    figures = [replace(found, files={**found.files, "csv": old})]
    with pytest.raises(NotReproduced, match=r"(?s)not the one of today.*printed: +supported.*now: +arithmetic-error"):
        must_hold_in_figures(sample(), figures, judged_now(sample(), figures, facts()), ALL_OF_IT)


@pytest.mark.parametrize("name", [HARASSMENT, CONFLICT])
def test_a_published_figure_in_a_table_of_a_figure_is_refused_where_it_does_not_hold(name):
    """Unless it is listed, and the text says so; the register's conflict alone has no claim that could."""
    found = figure_of("article_003/rates", facts().registers, ask)
    csv = found.files["csv"].replace(b"slt-conviction-ratio-2021-22", name.encode())
    figures = [replace(found, files={**found.files, "csv": csv})]
    with pytest.raises(NotHonest, match=f"(?s)shows the published figure {name}, which.*article_003/rates"):
        must_be_undisputed_in_figures(sample(), figures, facts(), [])
    if name == HARASSMENT:
        with pytest.raises(NotHonest, match=f"{name}, which does not hold, and nothing says so"):
            must_be_undisputed_in_figures(sample(), figures, facts(), [name])
    must_be_undisputed_in_figures(written("Not so. {its_reason}"), figures, facts(), [name])


def test_a_row_that_prints_the_verdict_says_itself_what_the_published_figure_is_worth():
    """The table of the claims of an article does; with another verdict it would not."""
    found = figure_of("article_004_claims/claims", facts().registers, ask)
    must_be_undisputed_in_figures(sample(), [found], facts(), [])
    rosy = replace(found, files={**found.files, "csv": found.files["csv"].replace(b"contradicted", b"supported")})
    with pytest.raises(NotHonest, match=f"shows the published figure {HARASSMENT}"):
        must_be_undisputed_in_figures(sample(), [rosy], facts(), [])
