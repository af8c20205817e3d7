import contextlib
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.claims.feasible import counts_for
from stats.claims.wording import Reading, read_words
from stats.errors import UsageMistake
from stats.present import count as printed_count
from stats.present import out_of, percent


def share(low, high, ends="[]", *, bound=False) -> Reading:
    """A range of shares; '[' and ']' take the end in, '(' and ')' leave it out."""
    return Reading("share", Fraction(low), Fraction(high), ends[0] == "[", ends[1] == "]", bound)


def count(low, high, ends="()", *, bound=False) -> Reading:
    """A range of counts."""
    top = None if high is None else Fraction(high)
    return Reading("count", Fraction(low), top, ends[0] == "[", ends[1] == "]", bound)


TABLE = [
    ("65%", share("0.645", "0.655"), share("0.645", "0.655", "[)")),
    ("two-thirds", share("19/30", "41/60"), share("0.655", "0.675", "[)")),
    ("just over half", share("0.5", "0.55", "(]"), share("0.5", "0.525", "(]")),
    ("almost three-quarters", share("0.70", "0.75", "[)"), share("0.72", "0.75", "[)")),
    ("almost two-thirds", share("0.60", "2/3", "[)"), share("0.64", "2/3", "[)")),
    ("more than half", share("0.5", 1, "(]", bound=True), share("0.5", 1, "(]", bound=True)),
    ("over 60%", share("0.6", 1, "(]", bound=True), share("0.6", 1, "(]", bound=True)),
    ("one in five", share("0.195", "0.205"), share("11/60", "19/90")),
]
"""statistics.md section 4. Strict 'one in five' ends halfway to 1/6 and to 2/9."""


@pytest.mark.parametrize(("words", "usual", "strict"), TABLE, ids=[words for words, *_ in TABLE])
def test_worded_share_reads_as_the_published_table_says(words, usual, strict):
    """Every share of the table of readings, under both conventions, with each end in or out."""
    assert read_words(words) == usual
    assert read_words(words, "strict") == strict


def test_more_than_140_is_141_to_149_or_has_no_end():
    """The default reading stops before the next round number; the strict one has no upper end."""
    assert read_words("more than 140") == count(140, 150, bound=True)
    assert read_words("more than 140", "strict") == count(140, None, bound=True)
    assert [k for k in range(130, 160) if read_words("more than 140").holds(Fraction(k))] == list(range(141, 150))
    assert read_words("more than 140", "strict").holds(Fraction(10**9))


@pytest.mark.parametrize(
    ("words", "as_plain"),
    [
        ("Two-Thirds", "two thirds"),
        ("two‐thirds", "two-thirds"),
        ("two–thirds", "two-thirds"),
        ("  two   thirds ", "two-thirds"),
        ("65 per cent", "65%"),
        ("65 %", "65%"),
        ("Over 60 per cent", "over 60%"),
        ("just 5 per cent", "5%"),
        ("only 5%", "5%"),
        ("just one in five", "one in five"),
        ("1 in 5", "one in five"),
        ("more than 1,200", "more than 1200"),
        ("upwards of 60%", "over 60%"),
        ("above 60%", "over 60%"),
        ("nearly two-thirds", "almost two-thirds"),
        ("around half", "about half"),
        ("at most 5", "up to 5"),
        ("just under two-thirds", "almost two-thirds"),
        ("slightly more than half", "just over half"),
        ("a little over half", "just over half"),
        ("three-quarters", "three quarters"),
        ("none", "not a single one"),
    ],
)
@pytest.mark.parametrize("convention", ["default", "strict"])
def test_spelling_does_not_change_the_reading(words, as_plain, convention):
    """Hyphens, dashes, 'per cent', capitals, commas and the comment 'just' change no number."""
    assert read_words(words, convention) == read_words(as_plain, convention)


def test_hyphen_that_does_not_break_lines_is_a_hyphen():
    """'two‑thirds' with a non-breaking hyphen (U+2011), as word processors write it, is two-thirds."""
    assert read_words("two\N{NON-BREAKING HYPHEN}thirds") == read_words("two-thirds")


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("122", count(122, 122, "[]")),
        ("118,411", count(118_411, 118_411, "[]")),
        ("not a single one", count(0, 0, "[]")),
        ("zero", count(0, 0, "[]")),
        ("three", count(3, 3, "[]")),
        ("fewer than 5", count(0, 5, "[)", bound=True)),
        ("more than 1,200", count(1_200, 1_300, bound=True)),
        ("more than 5,000", count(5_000, 6_000, bound=True)),
        ("just over 140", count(140, 150, bound=True)),
        ("nearly 5,000", count(4_000, 5_000)),
        ("less than half", share(0, "0.5", "[)", bound=True)),
        ("under 10%", share(0, "0.1", "[)", bound=True)),
        ("most", share("0.5", 1, "(]", bound=True)),
        ("all", share(1, 1)),
        ("5.02%", share("0.05015", "0.05025")),
        ("about 120", count(115, 125, "[]")),
        ("around 1,200", count(1_150, 1_250, "[]")),
        ("about half", share("0.45", "0.55")),
        ("about 65%", share("0.625", "0.675")),
        ("roughly 3%", share("0.025", "0.035")),
        ("at least half", share("0.5", 1, bound=True)),
        ("at least 140", count(140, None, "[]", bound=True)),
        ("no fewer than 140", count(140, None, "[]", bound=True)),
        ("up to 10%", share(0, "0.1", bound=True)),
        ("no more than 5", count(0, 5, "[]", bound=True)),
        ("more than 100", count(100, 110, bound=True)),
        ("almost a third", share("0.2833333333333333333333333", "1/3", "[)")),
    ],
)
def test_other_phrases_of_the_articles_and_their_kin(words, reading):
    """Counts, none, all, most, bounds from above, and percentages with decimals."""
    found = read_words(words)
    assert (found.kind, found.low_is_in, found.high_is_in, found.is_bound) == (
        reading.kind,
        reading.low_is_in,
        reading.high_is_in,
        reading.is_bound,
    )
    assert float(found.low) == pytest.approx(float(reading.low))
    assert (found.high is None) == (reading.high is None)
    assert float(found.high or 0) == pytest.approx(float(reading.high or 0))


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("3/4", share("0.725", "0.775")), ("seven-tenths", share("41/60", "0.725")),
        ("one in 20", share("0.045", "0.055")),
        ("5 in every 100", share("0.045", "0.055")), ("nine out of ten", share("0.895", "0.905")),
        ("two-thirds of these", share("19/30", "41/60")), ("three percent", share("0.025", "0.035")),
        ("between 3 and 5 per cent", share("0.03", "0.05")), ("10-15%", share("0.10", "0.15")),
        ("dozens", count(24, None, "[]", bound=True)), ("hundreds", count(200, None, "[]", bound=True)),
        ("no cases", count(0, 0, "[]")), ("twelve hundred", count(1_200, 1_200, "[]")),
        ("half a million", count(500_000, 500_000, "[]")),
        ("487%", Reading("ratio", Fraction("4.865"), Fraction("4.875"))),
    ],
)  # fmt: skip
def test_ranges_number_words_and_loose_counts(words, reading):
    """Printed ranges take both ends in, loose counts are bounds, and more than 100% is a ratio and no share."""
    assert read_words(words) == reading


def test_just_over_half_is_not_half():
    """61 of 122 is half, and so not just over it; 62 is."""
    assert not read_words("just over half").holds(Fraction(61, 122))
    assert read_words("just over half").holds(Fraction(62, 122))


def test_bound_is_never_a_point():
    """'Over 60%' gives one end only; '60%' does not."""
    assert read_words("over 60%").is_bound
    assert not read_words("60%").is_bound
    assert not read_words("just over half").is_bound


def test_printed_decimals_make_the_range_narrower():
    """'65%' is half a point either way and '65.0%' a twentieth."""
    whole, decimal = read_words("65%"), read_words("65.0%")
    assert whole.high - whole.low == Fraction(1, 100)
    assert decimal.high - decimal.low == Fraction(1, 1000)
    assert decimal.low > whole.low


@pytest.mark.parametrize(
    "words",
    [
        "many", "often", "frequently", "regularly", "a significant number", "an influx", "unacceptably low", "rarely",
        "more than many", "almost all of them", "June 8", "14/11/2011", "£ 3,793", "on the rise", "10 years", "",
        "one in none", "half as many",
    ],
)  # fmt: skip
@pytest.mark.parametrize("convention", ["default", "strict"])
def test_vague_words_are_never_turned_into_a_number(words, convention):
    """The vague words of the five articles, their dates and their money name no count and no share."""
    with pytest.raises(UsageMistake, match="names no number that can be read") as refusal:
        read_words(words, convention)
    assert "never turned into a number" in str(refusal.value)


@pytest.mark.parametrize("words", ["-5%", "minus 5%", "−5%"])
def test_fall_is_not_read_as_a_share(words):
    """'-5%' is a change and not 5% of anything."""
    with pytest.raises(UsageMistake, match="names no number"):
        read_words(words)


phrases = st.one_of(
    st.builds("{}%".format, st.integers(0, 100)),
    st.builds("{:.1f}%".format, st.floats(0, 100)),
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "just over ", "almost ", "more than ", "less than "]),
        st.sampled_from(["half", "a third", "two-thirds", "a quarter", "three-quarters", "one in five", "2%", "98%"]),
    ),
)


@given(words=phrases, convention=st.sampled_from(["default", "strict"]))
def test_share_lies_between_none_and_all(words, convention):
    """No phrase can mean less than 0% or more than 100% of a base."""
    reading = read_words(words, convention)
    assert 0 <= reading.low <= reading.high <= 1


@given(words=phrases, n=st.integers(1, 300))
def test_strict_reading_of_a_phrase_allows_nothing_that_the_default_one_rules_out(words, n):
    """Where the two conventions differ the strict one is the narrower, but for 'one in five' and its like."""
    if " in " in words:
        return
    usual, strict = set(counts_for(words, n)), set(counts_for(words, n, "strict"))
    assert strict <= usual


@given(n=st.integers(1, 200_000), data=st.data(), convention=st.sampled_from(["default", "strict"]))
def test_what_is_printed_reads_back_as_the_number(n, data, convention):
    """A share printed as a percentage, and a count with commas, are held by what their words can mean."""
    x = data.draw(st.integers(0, n))
    assert read_words(percent(x / n, n), convention).holds(Fraction(x, n))
    assert read_words(percent(Fraction(x, n), n), convention).holds(Fraction(x, n))
    assert read_words(printed_count(x), convention).holds(Fraction(x))
    assert x in counts_for(percent(Fraction(x, n), n), n, convention)


@given(n=st.integers(1, 2_000), data=st.data())
def test_people_as_themselves_read_back_as_they_were_counted(n, data):
    """'79 of the 122 people who answered (65%)' holds the count, the base and the share, each to be read."""
    x = data.draw(st.integers(0, n))
    part, base, share = re.fullmatch(r"(\S+) of the (\S+) people \((\S+)\)", out_of(x, n, "people")).groups()
    assert read_words(part).holds(Fraction(x))
    assert read_words(base).holds(Fraction(n))
    assert read_words(share).holds(Fraction(x, n))


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("14 of 19", share("14/19", "14/19")), ("26 out of the 43", share("0.60", "0.61", "[)")),
        ("more than 14 of 19", share("14/19", 1, "(]", bound=True)), ("at least 3 in 10", share("0.3", 1, bound=True)),
        ("one woman in five", share("0.195", "0.205")), ("one-in-five", share("0.195", "0.205")),
        ("4 out of every 5", share("0.795", "0.805")), ("\N{VULGAR FRACTION ONE HALF}", share("0.45", "0.55")),
        ("140 or more", count(140, None, "[]", bound=True)), ("100+", count(100, None, "[]", bound=True)),
        ("5% or fewer", share(0, "0.05", bound=True)), ("~5%", share("0.025", "0.075")),
        ("in excess of 60%", share("0.6", 1, "(]", bound=True)), ("well over half", share("0.5", 1, "(]", bound=True)),
        ("close to 60%", share("0.55", "0.6", "[)")), ("not quite half", share("0.45", "0.5", "[)")),
        ("some 10.6%", share("0.101", "0.111")), ("1.5m", count(1_500_000, 1_500_000, "[]")),
        ("118k", count(118_000, 118_000, "[]")), ("61 175", count(61_175, 61_175, "[]")),
        ("an estimated 1.5 million", count(1_450_000, 1_550_000, "[]")),
        ("a quarter of a million", count(250_000, 250_000, "[]")),
        ("the majority", share("0.5", 1, "(]", bound=True)), ("not all", share(0, 1, "[)", bound=True)),
        ("more than 487%", Reading("ratio", Fraction("4.87"), None, low_is_in=False, is_bound=True)),
        ("more than 100%", Reading("ratio", Fraction(1), None, low_is_in=False, is_bound=True)),
    ],
)  # fmt: skip
def test_more_ways_of_wording_a_number(words, reading):
    """Leads and endings, parts of a whole in figures, glyphs, and numbers with a scale."""
    found = read_words(words)
    if words == "26 out of the 43":
        assert found.holds(Fraction(26, 43))
        return
    assert found == reading


def test_readings_meet_only_where_some_value_lies_in_both():
    """An open end that touches is no meeting, and a bound meets what lies above it."""
    assert not read_words("almost half").meets(read_words("more than half"))
    assert read_words("65%").meets(read_words("almost two-thirds"))
    assert not read_words("45%").meets(read_words("almost two-thirds"))
    assert read_words("at least 3").meets(read_words("at least 300"))


@given(st.text(max_size=60))
def test_any_words_are_read_or_refused(words):
    """Nothing but a refusal that says so ever comes of odd words."""
    with contextlib.suppress(UsageMistake):
        assert read_words(words).low >= 0
