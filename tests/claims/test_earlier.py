import pytest

from stats.claims.quantities import quantities


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("It jumped from 24 to 29 forces.", {"24": "from", "29": "to"}),
        ("Charges fell from 11 to 6 per cent.", {"11": "from", "6 per cent": "to"}),
        ("It has risen to 118,411 from 80,000.", {"118,411": "to", "80,000": "from"}),
        ("118,411 offences, up from 99,106.", {"118,411": "to", "99,106": "from"}),
        ("a rate of 5%, compared with 7% the year before", {"5%": "to", "7%": "from"}),
        ("655,322 offences, up 21% from the 539,586 in 2019/20",
         {"655,322": "to", "up 21%": "", "539,586": "from"}),
        ("a 0.6 percentage point decrease from 3.4%", {"0.6 percentage point decrease": "", "3.4%": "from"}),
        ("the rate rose from 3.2 to 4.1 per 1,000 people", {"3.2": "from", "4.1 per 1,000 people": "to"}),
        ("4.0% of women compared with 2.3% of men", {"4.0%": "", "2.3%": ""}),
        ("1,383 in 2016, against 1,500 a year later", {"1,383": "from", "1,500": "to"}),
    ],
)  # fmt: skip
def test_earlier_value_and_what_it_came_to_are_told_apart(text, roles):
    """By the words between and, for two times, by their order; a comparison of groups is none."""
    assert {one.quote: one.role for one in quantities(text)} == roles


def test_sign_of_the_second_number_belongs_to_both():
    """'From 11 to 6 per cent' is two shares, and both numbers are quantities of their own."""
    first, second = quantities("Charges fell from 11 to 6 per cent.")
    assert (first.kind, second.kind, second.before) == ("share", "share", first.start)


@pytest.mark.parametrize(
    ("text", "clash"),
    [
        ("rose from 696 to 4,087, an increase of 487%", False), ("rose from 696 to 4,087, an increase of 387%", True),
        ("696 cases in 2019-20 and 4,087 between April and December 2020, an increase of 387%", True),
        ("696 cases in 2019-20 and 4,087 between April and December 2020, an increase of 487%", False),
        ("655,322 offences, up 21% from the 539,586 in 2019/20", False),
        ("655,322 offences, up 31% from the 539,586 in 2019/20", True),
        ("prosecutions have risen by more than 20% in the last year, from 8,648 to 10,535", False),
        ("It fell 35% from 879 in 2021 to 569 in 2022", False), ("It fell 25% from 879 in 2021 to 569 in 2022", True),
        ("It fell by 310 from 879 to 569", False), ("It fell by 210 from 879 to 569", True),
        ("up 4 percentage points from 12% to 16%", False), ("up 14 percentage points from 12% to 16%", True),
        ("2,443 cases in Kent and 351 in Essex, an increase of 20%", False),
    ],
)  # fmt: skip
def test_change_that_its_own_two_values_do_not_make_clashes(text, clash):
    """A stated rise is recomputed where the sentence has its two values, and only there."""
    assert any(one.clashes for one in quantities(text)) is clash
