import pytest

from stats.claims.shares import worded_shares
from stats.draw.worded import has_first_base
from stats.errors import NotHonest
from stats.publish.files import as_csv
from stats.registers.claims import Document


@pytest.fixture(scope="module")
def article_000(studio):
    """The survey of 122, each share on its own base."""
    return studio.worded("article_000")


@pytest.fixture(scope="module")
def article_004(studio):
    """The 112 case files, each share on its own base."""
    return studio.worded("article_004")


def reworded(registers, name: str, claim_id: str, **changes) -> Document:
    """An article with one of its claims changed."""
    document = registers.document(name)
    claims = tuple(c.model_copy(update=changes) if c.id == claim_id else c for c in document.claims)
    return document.model_copy(update={"claims": claims})


def row(drawing, claim_id: str) -> dict:
    """The row of one claim."""
    return drawing.table.set_index("claim_id").loc[claim_id].to_dict()


def test_words_and_counts_stand_beside_each_other(article_000):
    """'Just over half' is 62 to 67 of 122, or 62 to 64 under the other reading; 65% is 79."""
    assert row(article_000, "C000-02")["text"] == "62 to 67 of 122 (other reading: 62 to 64)"
    assert row(article_000, "C000-03")["text"].startswith("40 to 45 of 62 to 67")
    assert row(article_000, "C000-06")["text"].startswith("79 of 122")


def test_base_that_nobody_stated_is_said_to_be_supposed(article_000, article_004):
    """65% 'of those spoken to' is of 122 only if all were asked; 95% is of an assumed 112."""
    assert "if all were asked (base not stated)" in row(article_000, "C000-06")["text"]
    assert "(base assumed)" in row(article_004, "C004-04")["text"]
    assert "assumed" not in row(article_004, "C004-02")["text"]


def test_share_without_a_base_has_no_count(article_004):
    """15% of an unknown number of adults is a range of percentages."""
    found = row(article_004, "C004-08")
    assert found["text"] == "14.5% to 15.5%: base not stated, so no count"
    numbers = [number for number in article_004.numbers if "C004-08" in number.id]
    assert [number.value for number in numbers] == [None, None]
    assert {number.text for number in numbers} == {"[x]"}


def test_impossible_share_is_said_to_be_impossible(registers, studio):
    """65.0% of the 122 is no whole count: the figure may not say that the base was not stated."""
    document = reworded(registers, "article_000", "C000-02", words="65.0%")
    assert "base not stated" not in row(studio.worded(document), "C000-02")["text"]


def test_bound_is_an_arrow_and_a_point_is_a_point(article_004):
    """'Over 60%' is drawn as an arrow to the end of the axis, 0 of 112 and 84 of 112 as points."""
    assert row(article_004, "C004-03")["is_bound"]
    assert row(article_004, "C004-02")["value_pct"] == 0
    assert row(article_004, "C004-05")["value_pct"] == 75
    assert any(note.startswith("Arrow: the words give one end only") for note in article_004.words.notes)
    (axes,) = article_004.figure.axes
    assert axes.get_xlim() == (0, 100)
    arrows = [text for text in axes.texts if text.get_text() == "" and getattr(text, "arrow_patch", None)]
    assert len(arrows) == article_004.table["is_bound"].sum() == 1


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("article_000", "People who chose to answer: no margin of error exists, and they stand for themselves"),
        ("article_001", "Files chosen for review: no margin of error exists, and they stand for themselves"),
        ("article_004", "Survey estimate: its base and design factor are not to hand"),
    ],
)
def test_kind_of_evidence_is_told_on_the_figure(studio, article, words):
    """Nobody may take 122 people who answered, or 112 chosen files, for the nation."""
    assert any(note.startswith(words) for note in studio.worded(article).words.notes)


def test_single_share_is_the_title(studio):
    """Article 001 says one thing: not a single one of 112."""
    drawing = studio.worded("article_001")
    assert drawing.words.title.startswith("“Not a single one” is 0 of 112")


def test_words_carry_the_numbers_of_the_table(article_000):
    """Alternative text and description have the counts of every claim, and why there is no interval."""
    for _, found in article_000.table.iterrows():
        assert found["text"] in article_000.alt
        assert found["text"] in article_000.description
    assert "No interval: people who chose to answer stand for themselves" in article_000.description


def test_share_of_these_is_smaller_on_the_first_base(studio):
    """On all 122 people, two-thirds of the orders is 33% to 37%."""
    drawing = studio.worded("article_000", first=True)
    assert row(drawing, "C000-03")["text"].startswith("40 to 45 of 122: 33% to 37%")
    assert row(drawing, "C000-03")["upper_pct"] == pytest.approx(45 / 122 * 100)
    assert "122 respondents" in drawing.words.title


def test_orders_set_against_people_say_what_is_supposed(studio):
    """Orders are not people: that each has one is a supposition, and the figure says so."""
    notes = studio.worded("article_000", first=True).words.notes
    assert any("orders" in note and "supposed" in note for note in notes)


@pytest.mark.parametrize(
    ("article", "nested"),
    [("article_000", True), ("article_001", False), ("article_002", True), ("article_004", False)],
)
def test_first_base_is_drawn_only_where_it_says_something_new(registers, article, nested):
    """Where every share is of the first base already, a second chart would say the same twice."""
    document = registers.document(article)
    assert has_first_base(worded_shares(document), document) is nested


def test_claims_bound_to_no_measure_are_not_drawn(article_004):
    """'All the cases that I reviewed' is of no measure, and is in no chart."""
    assert "C004-15" not in set(article_004.table["claim_id"])
    assert set(article_004.claims) == set(article_004.table["claim_id"])


def test_changed_words_change_every_word_that_rests_on_them(registers, studio, article_000):
    """'64%' for '65%' changes the count, alternative text, description, numbers and CSV."""
    changed = studio.worded(reworded(registers, "article_000", "C000-06", words="64%"))
    assert row(changed, "C000-06")["count_low"] == 78
    assert "79 of 122" in article_000.alt
    for text in (changed.alt, changed.description):
        assert "78 of 122" in text
        assert "79 of 122" not in text
    assert {number.value for number in changed.numbers if "C000-06" in number.id} == {78}
    assert b"64%" in as_csv(changed.table)


def test_provenance_of_an_article_shows(article_000, article_004):
    """What an article printed is 'reported', and the source line says so."""
    for drawing in (article_000, article_004):
        assert drawing.source_line.endswith("Provenance: reported.")


def test_share_of_police_records_is_not_drawn_as_a_survey(studio, registers):
    """The 5% of article 003 is of recorded offences: as 5,329 to 6,512 'cases convicted' it would look true."""
    with pytest.raises(NotHonest, match=r"(?s)article_003 states no share.*C003-01:.*rests on recorded crime outcomes"):
        studio.worded("article_003")
    recorded = reworded(registers, "article_000", "C000-06", evidence_kind="recorded crime outcomes")
    assert "C000-06" not in set(studio.worded(recorded).table["claim_id"])
