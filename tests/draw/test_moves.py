"""Revisions by force: what is drawn, what is said, and in which order."""

import re

import pytest

from stats.draw.moves_words import percent, revisions_table, sentences_of, signed, since_printed
from stats.publish.files import as_csv
from stats.read.tidy import read_tidy

RANKS = r"\b(best|worst|highest|lowest|largest|smallest|most|least|top|bottom|rank\w*|league)\b"


@pytest.fixture(scope="module")
def all_codes(studio):
    """Stalking and harassment of 2017/18."""
    return studio.moves("stalking and harassment")


@pytest.fixture(scope="module")
def stalking(studio):
    """Stalking alone, with small counts."""
    return studio.moves("stalking")


def test_every_force_is_there_by_name_under_all_together(all_codes):
    """England and Wales first, then 44 forces in the order of names, never of their revision."""
    names = all_codes.table["area_name"].tolist()
    assert names[0] == "England and Wales"
    assert names[1:] == sorted(names[1:])
    assert len(names) == 45
    ticks = [label.get_text() for label in all_codes.figure.axes[0].get_yticklabels()]
    assert ticks == names


def test_both_counts_their_difference_and_both_releases_are_in_the_table(all_codes):
    """The forces add up to England and Wales in either release, and 295,948 has become 296,220."""
    whole, forces = all_codes.table.iloc[0], all_codes.table.iloc[1:]
    for column, total in (("offences_was_n", 295948), ("offences_now_n", 296220), ("difference_n", 272)):
        assert whole[column] == forces[column].sum() == total
    assert set(all_codes.table["earlier_release"]) == {"home_office_recorded_2018"}
    assert set(all_codes.table["later_release"]) == {"home_office_recorded_2026_04_23"}
    assert [source.id for source in all_codes.sources] == [whole["earlier_release"], whole["later_release"]]


def test_every_change_is_a_dot_where_it_belongs(stalking):
    """No move is an open dot; each other one is filled, at its per cent."""
    dots = [line for line in stalking.figure.axes[0].lines if line.get_marker() in ("o", "D")]
    drawn = [float(dot.get_xdata()[0]) for dot in dots]
    assert drawn == pytest.approx(stalking.table["change_pct"].tolist())
    is_open = [dot.get_markerfacecolor() == "white" for dot in dots]
    assert is_open == (stalking.table["difference_n"] == 0).tolist()
    assert dots[0].get_marker() == "D"


def test_title_says_how_far_and_the_alternative_text_holds_the_numbers(all_codes, stalking):
    """The figure moved, and not the crime; nothing is ranked and no force is singled out."""
    assert "the figure of England and Wales has moved up by 0.1% between releases" in all_codes.words.title
    assert "half the forces moved by more than 0.2%" in all_codes.words.title
    assert "295,948 to 296,220, +0.1%" in all_codes.alt
    assert "the middle 80% lie between -0.3% and +1.3%, and all between -2.0% and +2.4%" in all_codes.alt
    for drawing in (all_codes, stalking):
        said = " ".join([drawing.caption, *drawing.notes, drawing.alt])
        assert not re.search(RANKS, said)
        assert "Neither release says why a number moved" in said
        assert not re.search(r"\b(rose|fell|increase|decrease)", said)
    assert "8L, 8M, 8Q and 8R" in " ".join(all_codes.notes)


def test_sentences_say_what_it_means_for_a_reader(studio):
    """Both counts with both releases, ups and downs, the typical move, and what to do."""
    moved, subject = studio.moved("stalking and harassment")
    said = " ".join(sentences_of(moved, subject))
    assert "295,948 stalking and harassment offences of the year ending March 2018" in said
    assert "in the release published 2018, 296,220 in that of 2026-04-23" in said
    assert "has since moved by +272 offences (+0.1%)" in said
    assert "Of 44 forces, 24 went up, 17 went down and 3 stayed as they were" in said
    assert "half the forces moved by more than 0.2% either way" in said
    assert "by 27 offences either way, which is 0.4% of the later counts" in said
    assert "take both from one release" in said


def test_codes_are_set_out_one_by_one_and_add_up(studio, registers):
    """8L went down and the others up, so some of it may be offences under another code."""
    moved, subject = studio.moved("stalking and harassment")
    names = {code: entry.name for code, entry in registers.offences.by_code.items()}
    table = revisions_table(moved, subject, names)
    assert table["code"].tolist() == ["8L", "8M", "8Q", "8R", "all"]
    assert table["difference"].tolist() == ["-303", "+22", "+100", "+453", "+272"]
    assert table["per cent"].tolist() == ["-0.2%", "+1.2%", "+1.0%", "+0.3%", "+0.1%"]


def test_totals_printed_at_the_time_stand_beside_those_of_today(registers):
    """Four numbers of one year from four releases; those of the newest release itself are left out."""
    printed = {total.id for total in registers.totals.values() if total.figure}
    names = {code: area.name for code, area in registers.areas.current.items()}
    tie_out = read_tidy("tie_out", registers)
    table = since_printed(tie_out, registers.offences.find("stalking and harassment"), printed, names)
    year = table[(table["period"] == "year ending March 2018") & (table["area"] == "England and Wales")]
    assert year["printed"].tolist() == ["295,571", "296,238"]
    assert set(year["now"]) == {"296,220"}
    assert (table.loc[table["per cent"].isin(["-8.3%", "-3.8%"]), "why, if known"] != "").all()
    stalking = since_printed(tie_out, registers.offences.find("stalking"), printed, names)
    assert not stalking["printed by"].str.contains("as first read").any()
    assert "10,214" in set(stalking["printed"])


@pytest.mark.parametrize(
    ("number", "n", "words"),
    [
        (2.07, 1256, "+2.1%"), (-0.79, 2778, "-0.8%"), (20.5, 151, "+21%"), (0.02, 11359, "under 0.1%"),
        (-0.4, 491, "under 1%"), (0.0, 2431, "no change"), (float("nan"), 0, "no per cent from zero"),
    ],
)  # fmt: skip
def test_a_change_has_its_sign_and_is_never_rounded_to_none(number, n, words):
    """Whole per cent below a base of 1,000; a change too small to show is not 'no change'."""
    assert percent(number, n) == words


def test_differences_have_their_sign():
    """Up, down, and neither."""
    assert [signed(n) for n in (272, -9, 0, 1234)] == ["+272", "-9", "0", "+1,234"]


def test_numbers_may_be_quoted_with_their_release(all_codes):
    """Each count names the release it is of; a change is none of a measure."""
    numbers = {number.id: number for number in all_codes.numbers}
    assert len(numbers) == 45 * 3
    assert numbers["moves.K04000001.was"].qualifier == "as at home_office_recorded_2018"
    assert numbers["moves.K04000001.now"].text == "296,220"
    assert numbers["moves.E23000007.change"].text.endswith("%")


def test_a_force_with_nothing_in_the_earlier_release_has_no_per_cent(studio, registers, misplaced):
    """Its counts are told, and no dot is drawn: from zero there is no per cent."""
    offences = studio.offences.copy()
    force = (offences["area_name"] == "City of London") & (offences["offence_code"] == "8Q")
    offences.loc[force & (offences["source_id"] == "home_office_recorded_2018"), "offences_n"] = 0
    drawing = studio.moves("stalking", offences=offences)
    (row,) = drawing.table[drawing.table["area_name"] == "City of London"].itertuples()
    assert row.text == "0 to 5, no per cent from zero"
    assert "moves.E23000034.change" not in {number.id for number in drawing.numbers}
    assert misplaced(drawing.figure) == []


def test_small_periods_and_codes_can_be_read(studio, misplaced):
    """A quarter of 8M holds zeros and single offences."""
    assert misplaced(studio.moves("8M", "2017/18 Q3").figure) == []
    assert misplaced(studio.moves("stalking").figure) == []


def test_where_half_the_forces_did_not_move_it_says_so(studio, misplaced):
    """A quarter in which most counts stayed as they were has no typical move of more than nothing."""
    drawing = studio.moves("8M", "2017/18 Q2")
    assert (drawing.table["difference_n"].iloc[1:] == 0).mean() > 0.5
    assert "at least half the forces moved by nothing" in drawing.words.title
    assert misplaced(drawing.figure) == []


def test_table_is_the_same_bytes_every_time(studio, all_codes):
    """Drawn again, the same digits."""
    assert as_csv(studio.moves("stalking and harassment").table) == as_csv(all_codes.table)
