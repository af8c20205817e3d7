"""What a pack is, for machines: valid by the RO-Crate validator, without a network."""

from __future__ import annotations

import json

import pytest
from made_packs import files

from stats.publish.pack.writing import write_pack

TERMS = (
    "about", "author", "citation", "contentSize", "datePublished", "description", "encodingFormat", "hasPart",
    "identifier", "license", "name", "publisher", "url", "CreativeWork", "Dataset", "Organization",
)  # fmt: skip
"""What we use of the context of RO-Crate 1.1; each means the term of schema.org."""

CONTEXT = {
    "@context": {term: f"http://schema.org/{term}" for term in TERMS}
    | {"File": "http://schema.org/MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo"}
}


class Answer:
    """What the web would answer for the context."""

    status_code, ok = 200, True
    headers = {"Content-Type": "application/ld+json"}  # noqa: RUF012 - as the library reads it
    text = json.dumps(CONTEXT)

    def json(self):
        """Return it as the library asks for it."""
        return CONTEXT


@pytest.fixture
def validate(monkeypatch):
    """Return the validator of roc-validator; the one address it asks for is answered here."""
    from rocrate_validator import services
    from rocrate_validator.utils.http import HttpRequester

    asked = []
    monkeypatch.setattr(HttpRequester, "get", lambda _, url, **__: asked.append(url) or Answer(), raising=False)

    def validated(folder):
        settings = services.ValidationSettings(rocrate_uri=str(folder), profile_identifier="ro-crate-1.1")
        result = services.validate(settings)
        assert set(asked) == {"https://w3id.org/ro/crate/1.1/context"}
        return [issue.message for issue in result.get_issues()]

    return validated


def test_the_description_is_valid_and_a_damaged_one_is_not(validate, tmp_path):
    """The validator that passes it also bites: a file that is not there, and a root without a date."""
    folder, _ = write_pack(files(), tmp_path / "sample")
    assert validate(folder) == []
    path = folder / "ro-crate-metadata.json"
    told = json.loads(path.read_text("utf-8"))
    del told["@graph"][1]["datePublished"]
    path.write_text(json.dumps(told), "utf-8")
    assert validate(folder) != []


def test_every_file_and_source_is_described():
    """All but the description itself and the manifest, which covers it."""
    told = {entity["@id"]: entity for entity in json.loads(files()["ro-crate-metadata.json"])["@graph"]}
    wanted = set(files()) - {"ro-crate-metadata.json", "MANIFEST.sha256"}
    assert {name for name, entity in told.items() if entity["@type"] == "File"} == wanted
    assert {part["@id"] for part in told["./"]["hasPart"]} == wanted
    assert told["#home_office_outcomes_2024_25"]["license"] == "Open Government Licence v3.0"
    assert told["figures/lincolnshire/charged.svg"]["encodingFormat"] == "image/svg+xml"


def test_only_known_terms_are_used():
    """A term that the context does not know would mean nothing."""
    for entity in json.loads(files()["ro-crate-metadata.json"])["@graph"]:
        assert {key for key in entity if not key.startswith("@")} <= {*TERMS, "conformsTo"}
