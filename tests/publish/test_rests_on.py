import hashlib

import pandas as pd

from stats.publish.files import as_csv
from stats.publish.rests_on import hash_of, rests_on


def test_source_is_recorded_by_the_rows_that_are_used(official, asked, offences):
    """How many rows of this source, and one hash over them as CSV, in their order from left to right."""
    (source,) = official.sources
    kent = offences[(offences["area_code"] == "E23000032") & (offences["source_id"] == source.id)]
    told = rests_on(source, official, asked)
    assert told == {"rows_used": len(kent), "rows_sha256": hashlib.sha256(as_csv(kent)).hexdigest()}


def test_document_is_recorded_by_its_file_of_claims(reported, asked):
    """Its words are ours to transcribe, and the file is small."""
    (source,) = reported.sources
    assert rests_on(source, reported, asked) == {"file_sha256": source.sha256}


def test_rows_of_another_source_do_not_count(official, asked, offences):
    """Two releases in one table are told apart."""
    other = official.sources[0].model_copy(update={"id": "another_release"})
    assert rests_on(other, official, asked)["rows_used"] == 0


def test_hash_is_of_the_rows_and_not_of_their_order(offences):
    """Shuffled rows are the same rows; a changed number, a missing row and a new one are not."""
    rows = offences.head(50)
    assert hash_of(rows.sample(frac=1, random_state=7)) == hash_of(rows)
    changed = rows.assign(offences_n=rows["offences_n"].where(rows.index != 3, 9_999))
    assert len({hash_of(rows), hash_of(changed), hash_of(rows.head(49)), hash_of(offences.head(51))}) == 4


def test_hash_of_no_rows_is_that_of_the_header(offences):
    """Nothing used is told as nothing, and does not stop."""
    none = offences.head(0)
    assert hash_of(none) == hashlib.sha256(as_csv(none)).hexdigest()
    assert isinstance(none, pd.DataFrame)
