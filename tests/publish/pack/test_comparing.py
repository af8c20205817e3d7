"""A pack that was altered, and given a manifest that fits, is found by what the repository makes of the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from made_packs import FORMATS, SHARE, ask, facts, resealed
from sample_document import sample

from stats.publish.documents.blocks import blocks_of
from stats.publish.documents.model import Document
from stats.publish.documents.page import as_html
from stats.publish.documents.stated import Stated
from stats.publish.pack import verify
from stats.publish.pack.comparing import unlike_repository
from stats.publish.pack.contents import pack_of

WRONG, PRINTED, PAGE = "C003-01", "published thornberry-charge-share-2021-22 text", "documents/sample.html"


def document() -> Document:
    """Return the sample with a claim that is quoted as wrong, a right one, a published figure, a cell and a break."""
    stated = Stated(facts(), [])
    said = [
        f"An article said {stated.claim(WRONG)}: {stated.verdict(WRONG)}. {stated.reason(WRONG)}",
        f"Another said {stated.claim('C000-02')}.", f"In print was {stated.published(PRINTED.split()[1])}.",
        f"{stated.broken('2023-05-principal-crime')}",
    ]  # fmt: skip
    blocks = blocks_of("\n\n".join(said), stated.meanings)
    share = sample()
    references = (*share.references, *stated.references.values())
    return replace(share, blocks=(*share.blocks, *blocks), references=references)


@cache
def _made() -> tuple[tuple[str, bytes], ...]:
    formats = {**FORMATS, "sample.html": as_html(document())}
    return tuple(pack_of(document(), formats, facts(), ask, quoted_as_wrong=[WRONG]).items())


def made() -> dict[str, bytes]:
    """Return the files of its pack, to be spoilt."""
    return dict(_made())


def swapped(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    """Return what puts one text of a file in the place of another."""

    def spoil(files: dict[str, bytes]) -> None:
        assert old.encode() in files[name], (name, old)
        files[name] = files[name].replace(old.encode(), new.encode(), 1)

    return spoil


def told(field: str, value: object, of: str = SHARE) -> Callable[[dict[str, bytes]], None]:
    """Return what changes a field of a number."""

    def spoil(files: dict[str, bytes]) -> None:
        numbers = json.loads(files[verify.NUMBERS])
        next(number for number in numbers["numbers"] if number["id"] == of)[field] = value
        files[verify.NUMBERS] = json.dumps(numbers).encode()

    return spoil


def without(name: str, list_: str, id_: str) -> Callable[[dict[str, bytes]], None]:
    """Return what takes an entry out of a list of a JSON file."""

    def spoil(files: dict[str, bytes]) -> None:
        record = json.loads(files[name])
        record[list_] = [one for one in record[list_] if one["id"] != id_]
        files[name] = json.dumps(record).encode()

    return spoil


def added(name: str) -> Callable[[dict[str, bytes]], None]:
    """Return what puts a file among the others."""
    return lambda files: files.update({name: b"x"})


def test_a_pack_as_it_was_made_is_as_the_repository_makes_it():
    """Nothing below is found for another reason."""
    assert list(unlike_repository(made(), facts())) == []
    assert verify.report(made())[1]


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (swapped("claims.json", '"wrong-measure"', '"supported"'),
         "claims.json: C003-01: verdict is supported, and the repository has wrong-measure"),
        (swapped("claims.json", '"reason": "', '"reason": "Not '),
         "claims.json: C003-01: reason is Not "),
        (without("claims.json", "claims", WRONG), "claims.json: C003-01 is left out"),
        (swapped("claims.json", f'"id": "{WRONG}"', '"id": "C999-01"'), "claims.json: C999-01 is no registered claim"),
        (swapped("claims.md", "wrong-measure", "supported"), "claims.md: the repository makes another"),
        (told("period", "year ending March 2024"), f"numbers.json: {SHARE}: period is year ending March 2024"),
        (told("printed", "5.6%"), f"numbers.json: {SHARE}: printed is 5.6%, and the repository has 5.4%"),
        (told("printed", "6%", PRINTED), f"numbers.json: {PRINTED}: printed is 6%"),
        (told("id", "lincolnshire/charged: made up: text"), f"numbers.json: {SHARE} is left out"),
        (told("id", "lincolnshire/charged: made up: text"), "numbers.json: lincolnshire/charged: made up: text: no"),
        (swapped("numbers.json", "Each recipe", "No recipe"), "numbers.json: about is otherwise"),
        (swapped("data/published_figures.csv", "5948", "6948"), "data/published_figures.csv: the repository makes"),
        (swapped("limitations.md", "small counts", "great counts"), "limitations.md: the repository makes another"),
        (swapped("limitations.md", "- 2023-05", "- 2022-05"), "limitations.md: the repository makes another"),
        (swapped("method.md", "Counted: ", "Guessed: "), "method.md: the repository makes another"),
        (swapped("sources.md", "official-mirror", "official-copy"), "sources.md: the repository makes another"),
        (swapped("sources.md", "## article_003\n", "## article_x\n"), "sources.md: article_003 is left out"),
        (swapped("data/home_office_outcomes_2024_25/entry.yml", "2026", "2025"),
         "data/home_office_outcomes_2024_25/entry.yml: the repository has another"),
        (swapped("how-to-reproduce.md", "make reproduce", "make nothing"), "how-to-reproduce.md: the repository makes"),
        (swapped("verify.py", "return 0 if is_well else 1", "return 0"), "verify.py: the repository has another"),
        (swapped("LICENSE", "MIT", "NIT"), "LICENSE: the repository has another"),
        (swapped(PAGE, "The number is of another measure", "Confirmed by its source"),
         f"{PAGE}: says “Confirmed by its source” for C003-01"),
        (swapped(PAGE, "verdict: wrong-measure", "verdict: supported"),
         f"{PAGE}: says that C003-01 is supported, and the repository that it is wrong-measure"),
        (swapped(PAGE, ">5%</a>", ">6%</a>"), f"{PAGE}: says “6%” for {PRINTED}"),
        (added("read-me-first.md"), "read-me-first.md: no pack holds it"),
        (added("data/home_office_outcomes_2024_25/0123456789abcdef.csv"), "data/home_office_outcomes_2024_25/0123"),
        (added("corrections.md"), "corrections.md: the repository makes another"),
    ],
)  # fmt: skip
def test_what_was_altered_is_named(spoil, line):
    """Each by its file, and by what the repository has."""
    spoilt = made()
    spoil(spoilt)
    spoilt = resealed(spoilt)
    assert verify.altered(spoilt) == []
    found = list(unlike_repository(spoilt, facts()))
    assert any(one.startswith(line) for one in found), found


def test_a_page_of_a_committed_document_is_compared_whole():
    """What no mark is on is found as well."""
    page = (facts().registers.root / "documents" / "annex" / "annex.html").read_bytes()
    files = {name: data for name, data in made().items() if name != PAGE} | {"documents/annex.html": page}
    numbers = json.loads(files[verify.NUMBERS])
    files[verify.NUMBERS] = json.dumps({**numbers, "document": "annex"}).encode()
    line = "documents/annex.html: the repository has another now"
    assert line not in list(unlike_repository(files, facts()))
    files["documents/annex.html"] = page.replace(b"A charge is not a conviction", b"A charge is a conviction", 1)
    assert files["documents/annex.html"] != page
    assert line in list(unlike_repository(files, facts()))
