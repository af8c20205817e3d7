from datetime import date

import pytest

from stats.errors import RegisterError
from stats.registers.claims import LONGEST_QUOTE


@pytest.fixture(scope="session")
def claims(registers):
    """Every claim of every document."""
    return [claim for document in registers.documents.values() for claim in document.claims]


def test_five_articles_make_58_claims(registers, claims):
    """Every statement of the five articles is bound, each under its own name."""
    counts = {name: len(document.claims) for name, document in registers.documents.items()}
    assert counts == {"article_000": 9, "article_001": 7, "article_002": 12, "article_003": 8, "article_004": 22}
    assert len({c.id for c in claims}) == len(claims) == 58


def test_claims_bear_the_number_of_their_article(registers):
    """A claim's name tells its article."""
    for name, document in registers.documents.items():
        assert {c.id[:4] for c in document.claims} == {"C" + name[-3:]}


def test_quotes_are_short(claims):
    """Only the words that claim are quoted."""
    assert max(len(c.quote.split()) for c in claims) <= LONGEST_QUOTE == 25


def test_every_share_has_its_base(claims):
    """A share says what it is a share of, and how the base is known."""
    shares = [c for c in claims if c.quantity == "share"]
    assert len(shares) > 15
    assert all(c.base and c.base.population for c in shares)
    assert all((c.base.n is None) == (c.base.n_is == "not stated") for c in shares)


@pytest.mark.parametrize(
    ("name", "nesting"),
    [
        ("C000-02", "C000-01"),
        ("C000-04", "C000-01 or C000-02"),
        ("C000-05", "C000-01 or C000-02, and C000-04"),
        ("C000-06", "C000-01 (unclear)"),
        ("C002-06", "C002-03 or C002-04"),
        ("C002-08", "C002-04 (assumed)"),
        ("C003-03", "C003-01"),
        ("C004-01", "the same as C001-01"),
        ("C004-11", "C004-06 and C004-07"),
    ],
)
def test_nesting_is_kept_with_its_doubts(registers, name, nesting):
    """What a claim is nested in, what it may be nested in instead, and that two articles carry one finding."""
    assert registers.claim(name).nesting == nesting


@pytest.mark.parametrize(
    ("name", "n", "n_is", "size"),
    [
        ("C004-12", 112, "printed", None),
        ("C000-03", None, "not stated", "63 or 64, derived from C000-02 and not printed"),
        ("C000-05", 122, "assumed", "122, or 63 or 64"),
        ("C002-03", 140, "assumed", "more than 140"),
        ("C002-05", None, "not stated", "about 93, derived"),
    ],
)
def test_size_of_a_base_is_kept_as_far_as_it_is_known(registers, name, n, n_is, size):
    """A count that was printed, one that was assumed, and one that was only derived are told apart."""
    base = registers.claim(name).base
    assert (base.n, base.n_is, base.size) == (n, n_is, size)


def test_other_nestings_want_a_first(broken):
    """A claim cannot be nested in another reading only."""
    with pytest.raises(RegisterError, match=r"(?s)C000-04.*nested_in comes first"):
        broken.damage("claims/article_000.yml", "nested_in: C000-01\n    or_nested_in", "or_nested_in").load()


def test_vague_words_are_never_turned_into_a_number(claims):
    """'Most' and 'too many' keep no value, and 'just over half' is not 52%."""
    vague = [c for c in claims if c.quantity == "vague"]
    assert vague
    assert [c.id for c in vague if c.value] == []


def test_five_per_cent_is_bound_to_convictions_as_it_was_worded(registers):
    """The article says conviction; its evidence holds the charges, 5,948 of 118,411."""
    claim = registers.claim("C003-01")
    assert claim.measure == "conviction_ratio_to_offences_recorded"
    assert claim.value == "5%"
    assert (claim.base.n, claim.base.n_is) == (118411, "assumed")
    assert claim.period.period.label == "year ending March 2022"
    assert {"thornberry-charged-2021-22", "thornberry-recorded-2021-22"} < set(claim.figures)


def test_value_keeps_its_digits(registers, claims):
    """A printed number is kept as text, so that 65% and 65.0% stay apart."""
    assert {type(c.value) for c in claims} == {str, type(None)}
    assert registers.claim("C000-01").value == "122"


def test_period_without_both_dates_is_open(registers):
    """A claim whose period is not settled has words and no dates."""
    duration = registers.claim("C003-02")
    assert duration.period.start == date(2012, 11, 25)
    assert duration.period.period is None
    assert "2012" in duration.period.words


def test_document_gives_its_claims_by_name(registers):
    """A claim is found in its document and across all of them."""
    assert registers.document("article_003").claim("C003-01") is registers.claim("C003-01")


def test_long_quote_is_refused(broken):
    """More than 25 words is copying, not quoting."""
    long = "quote: " + " ".join(["word"] * 26)
    with pytest.raises(
        RegisterError,
        match=r"(?s)article_000\.yml.*entry:\s+C000-01.*quote is longer than 25 words: quote only the words",
    ):
        broken.damage("claims/article_000.yml", "quote: 122 victims of those crimes surveyed", long).load()


def test_quote_of_25_words_passes(broken):
    """The limit itself is allowed."""
    just = " ".join(["122", *["word"] * 24])
    registers = broken.damage(
        "claims/article_000.yml", "quote: 122 victims of those crimes surveyed", f"quote: {just}"
    ).load()
    assert registers.claim("C000-01").quote == just


def test_share_without_a_base_is_refused(broken):
    """A share of nothing in particular is refused, with what to write where the base is not stated."""
    broken.damage("claims/article_000.yml", "    base: {population: all respondents, n: 122, n_is: printed}\n", "")
    with pytest.raises(
        RegisterError, match=r"(?s)entry:\s+C000-02.*a share wants its base; write what is known and n_is: not stated"
    ):
        broken.load()


def test_unknown_measure_is_refused_with_the_nearest(broken):
    """A claim bound to a measure that does not exist stops, and the one that was meant is named."""
    broken.damage("claims/article_000.yml", "measure: self_selected_share", "measure: selfselected_share")
    with pytest.raises(
        RegisterError,
        match=r"(?s)names a measure that is in no register.*article_000\.yml.*entry:\s+C000-02"
        r".*measure:\s+selfselected_share.*nearest:\s+self_selected_share",
    ):
        broken.load()


def test_claim_nested_in_an_unknown_one_is_refused(broken):
    """'Two-thirds of these' needs the claim that 'these' are."""
    with pytest.raises(
        RegisterError, match=r"(?s)names a claim that is in no register.*entry:\s+C000-02.*claim:\s+C999-01"
    ):
        broken.damage("claims/article_000.yml", "nested_in: C000-01", "nested_in: C999-01").load()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('value: "122"', "value: 122", r"C000-01.*value:\s+Input should be a valid string \(found 122\)"),
        ("n_is: printed", "n_is: guessed", r"base\.n_is:.*'printed', 'assumed' or 'not stated'.*found 'guessed'"),
        ("quantity: count", "quantity: number", r"quantity:.*found 'number'"),
        ("evidence_kind: self-selected survey", "evidence_kind: poll", r"evidence_kind:.*found 'poll'"),
        ("measured_by:", "measurd_by:", r"measurd_by:\s+no such field; the nearest is 'measured_by'"),
        ("publisher: HuffPost", "publishr: HuffPost", r"entry:\s+article_000.*publisher:\s+missing"),
        ("  - id: C000-01\n    quote", "  - quote", r"entry:\s+1\n.*id:\s+missing"),
    ],
)
def test_wrong_claim_is_refused(broken, old, new, words):
    """A field that is misspelt, or a word outside its list, names the article, the claim and the field."""
    with pytest.raises(RegisterError, match=rf"(?s)does not fit its model.*article_000\.yml.*{words}"):
        broken.damage("claims/article_000.yml", old, new).load()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('words: "5%"', 'words: "6%"', "words say '6%' and value says '5%'"),
        ('value: "5%"', 'value: "6%"', "words say '5%' and value says '6%'"),
        ('value: "5%"', 'value: "5"', "words say '5%' and value says '5'"),
        ('words: "5%"\n    value: "5%"', 'words: "6%"\n    value: "6%"', "words say '6%' and the quote does not"),
        ('value: "10"', 'value: "11"', "words say '10 years' and value says '11'"),
    ],
)
def test_words_value_and_quote_must_print_one_number(broken, old, new, words):
    """'6%' beside a value of 5%, or of a quote that says 5 per cent, is a typing error, and its line is named."""
    with pytest.raises(RegisterError, match=rf"(?s)article_003\.yml.*line:\s+\d+.*entry:\s+C003-0.*{words}"):
        broken.damage("claims/article_003.yml", old, new).load()


def test_a_number_in_words_must_be_its_value(broken):
    """'Four years' is not 5."""
    with pytest.raises(RegisterError, match=r"(?s)C004-13.*words say 'four years' and value says '5'"):
        broken.damage(
            "claims/article_004.yml", 'words: four years\n    value: "4"', 'words: four years\n    value: "5"'
        ).load()


@pytest.mark.parametrize(
    ("claim", "basis", "is_share"),
    [
        ("C000-02", "self-selected", True),
        ("C001-02", "case audit", True),
        ("C004-01", "case audit", False),
        ("C004-06", "full count", False),
        ("C004-08", "sample", True),
        ("C004-15", "", True),
        ("C003-01", "full count", True),
    ],
)
def test_claim_says_what_it_rests_on_and_whether_it_is_a_share(registers, claim, basis, is_share):
    """A count out of a stated base is a share too; a statement rests on nothing that is known."""
    found = registers.claim(claim)
    assert (found.basis, found.is_share) == (basis, is_share)
