import pytest

from stats.claims.quantities import quantities


def pairs(text: str) -> list[tuple[str, str]]:
    """The quotes that state one quantity."""
    found = {one.start: one for one in quantities(text)}
    return [(one.quote, found[one.beside].quote) for one in found.values() if (one.beside or -1) > one.start]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Almost two thirds (65%) said so", ("Almost two thirds", "65%")), ("half (52%) of victims", ("half", "52%")),
        ("60% (26 of 43) replied", ("60%", "26 of 43")),
        ("60% of the forces in Wales \N{EN DASH} 26 out of 43 \N{EN DASH} replied", ("60%", "26 out of 43")),
        ("19.6 per cent - 1,822 - of the 9,283 cases", ("19.6 per cent", "1,822")),
        ("just 8,289 \N{EN DASH} 5.5 per cent \N{EN DASH} were charged", ("8,289", "5.5 per cent")),
        ("304 perpetrators, 26%, were jailed", ("304", "26%")), ("26% (304 perpetrators) were", ("26%", "304")),
        ("5,948 led to a charge, a rate of just 5%", ("5,948", "5%")), ("885, or 41%, were heard", ("885", "41%")),
        ("Police dropped 30,000 cases \N{EN DASH} a quarter of the total", ("30,000", "a quarter")),
        ("no plan in nearly half (46%) of cases", ("nearly half", "46%")),
    ],
)  # fmt: skip
def test_two_statements_of_one_quantity_point_to_each_other(text, pair):
    """In brackets, between dashes or commas, after 'or' and after 'a rate of'."""
    assert pairs(text) == [pair]
    assert not any(one.clashes for one in quantities(text))


@pytest.mark.parametrize(
    "text",
    [
        "118,411 (up 19%) offences", "60%, 65%, 70% and 75%", "5% (6% in 2020)",
        "118,411 offences (5% of them charged)",
        "118,411 (117,672 a year earlier)", "a fifth, 60% and 3 forces", "4.0% of women and 2.3% of men",
    ],
)  # fmt: skip
def test_what_only_stands_near_is_not_the_same(text):
    """A change in brackets, a list, another year and a share of a count are other quantities."""
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("almost two-thirds (45%)", True), ("60% (14 of 43)", True), ("24 of 29 (84%)", True),
        ("14 of 19 (74%)", False),
        ("66% (2 of 3)", False), ("one in five women (22%)", False), ("one in five women (32%)", True),
        ("a third (32%)", False), ("19.6 per cent - 1,822 - of the 9,283 cases", False),
        ("29.6 per cent - 1,822 - of the 9,283 cases", True), ("885 (40.6%) of the 2,181 cases", False),
        ("885 (46.0%) of the 2,181 cases", True), ("of the 19 cases, 14 were convicted \N{EN DASH} 74%", False),
        ("of the 19 cases, 14 were convicted \N{EN DASH} 84%", True), ("more than half (52%)", False),
        ("more than half (48%)", True), ("more than half (38%)", True), ("26% (304 perpetrators)", False),
    ],
)  # fmt: skip
def test_statements_that_cannot_both_be_true_clash(text, clash):
    """Counts need a base to clash with a share; a percentage may be cut off; words have a point of slack."""
    assert any(one.clashes for one in quantities(text)) is clash


def test_count_without_a_noun_counts_what_its_neighbour_does():
    """'And 4,087 in 2020-21' are cases too, but not after a colon."""
    assert [one.unit for one in quantities("696 cases in 2019-20 and 4,087 in 2020-21.")] == ["cases", "cases"]
    assert [one.unit for one in quantities("118,411 and 117,177 offences.")] == ["offences", "offences"]
    assert [one.unit for one in quantities("There were 696 cases; 4,087 came later.")] == ["cases", ""]
