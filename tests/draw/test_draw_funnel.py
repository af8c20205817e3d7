"""The funnel of forces: what it draws, what it says, and what it never says."""

import csv
import io
import re

import pandas as pd
import pytest

from stats.draw.funnel import MARKS
from stats.estimate.forces import ABOVE, BELOW, NOT_SHOWN, VERDICTS
from stats.estimate.small_counts import WITHHELD
from stats.present import capital
from stats.publish.files import as_csv


@pytest.fixture(scope="module")
def plain(studio):
    """Stalking, no force named."""
    return studio.funnel("stalking")


@pytest.fixture(scope="module")
def lincolnshire(studio):
    """The same with one force named."""
    return studio.funnel("stalking", highlight="Lincolnshire")


def with_charges(studio, name: str, extra: int) -> pd.DataFrame:
    """The outcomes with more stalking offences of a force charged, and as many fewer closed without."""
    table = studio.outcomes.copy()
    force = (table["area_name"] == name) & (table["offence_code"] == "8Q") & (table["period_start"] == "2024-04-01")
    table.loc[force & (table["outcome_type_code"] == "1"), "offences_n"] += extra
    table.loc[force & (table["outcome_type_code"] == "16"), "offences_n"] -= extra
    return table


def said(drawing) -> str:
    """Everything the figure says in words."""
    return " ".join([drawing.caption, *drawing.notes, drawing.alt, drawing.description])


def texts(drawing) -> list[str]:
    """The texts inside the plot."""
    return [text.get_text() for text in drawing.figure.axes[0].texts]


def test_every_force_is_in_the_table_by_name(plain):
    """All 43 and British Transport Police, in the order of names, whether drawn or not."""
    names = plain.table["area_name"].tolist()
    assert len(names) == 44
    assert names == sorted(names)
    for name in names:
        assert f"{name}: " in plain.description


def test_every_verdict_that_is_drawn_has_a_shape_of_its_own():
    """No two verdicts share marker and fill, so that colour is never needed."""
    assert set(MARKS) | {NOT_SHOWN} == set(VERDICTS)
    shapes = [(mark["marker"], mark["markerfacecolor"] == "white") for mark in MARKS.values()]
    assert len(set(shapes)) == len(shapes)


def test_every_shown_force_is_a_point_at_its_base_and_share(plain):
    """42 points, none for a force that cannot be shown."""
    (axes,) = plain.figure.axes
    drawn = {
        (round(float(x)), round(float(y), 9))
        for line in axes.lines
        if line.get_linestyle() == "None"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    }
    shown = plain.table.dropna(subset=["charged_pct"])
    assert drawn == {(r.recorded_n, round(r.charged_pct, 9)) for r in shown.itertuples()}
    assert len(shown) == 42


def test_limits_are_drawn_and_named_at_their_ends(plain):
    """Two of 95%, two of 99.8%, and the share together."""
    assert texts(plain).count("95% limit") == texts(plain).count("99.8% limit") == 2
    assert "together 8.6%" in texts(plain)
    styles = [line.get_linestyle() for line in plain.figure.axes[0].lines if len(line.get_xdata()) > 50]
    assert sorted(styles) == ["-", "-", "-", "--", "--"]


def test_title_says_how_many_lie_beyond(plain, studio):
    """None here; one if Kent had charged 700 more, and it is named on the figure, in the note and in the alt text."""
    assert "no police force lies beyond" in plain.words.title
    changed = studio.funnel("stalking", table=with_charges(studio, "Kent", 700))
    assert "one police force lies beyond" in changed.words.title
    assert changed.table.loc[changed.table["verdict"] == ABOVE, "area_name"].tolist() == ["Kent"]
    assert any(note.startswith("Filled triangles") and "Kent" in note for note in changed.words.notes)
    assert "explain: Kent 25.5% (1,047 of 4,106)" in changed.alt
    assert "Kent" in texts(changed)


def test_a_force_below_is_said_to_be_below(studio):
    """West Midlands with hardly any charged."""
    changed = studio.funnel("stalking", table=with_charges(studio, "West Midlands", -250), highlight="West Midlands")
    row = changed.table.set_index("area_name").loc["West Midlands"]
    assert row["verdict"] == BELOW
    assert row["charged_pct"] < row["low998_pct"]
    assert changed.words.title == f"West Midlands: the share of stalking offences charged so far is {BELOW}"


def test_the_named_force_is_circled_and_told(lincolnshire):
    """Bold on the figure, its counts in the first note and in the alternative text."""
    assert "Lincolnshire" in texts(lincolnshire)
    assert lincolnshire.words.notes[0] == (
        "Lincolnshire, circled: 5.4% (83 of 1,531) so far, at most 17.0% if every pending offence is charged. "
        "Its verdict is provisional"
    )
    assert "Lincolnshire: 5.4% (83 of 1,531) so far, at most 17.0%." in lincolnshire.alt
    assert "within what chance and usual variation explain" in lincolnshire.words.title


@pytest.mark.parametrize("name", ["City of London", "British Transport Police"])
def test_a_force_that_cannot_be_shown_is_named_as_such(studio, name):
    """Its counts are nowhere, though its name was asked for."""
    drawing = studio.funnel("stalking", highlight=name)
    who = capital(studio.registers.areas.find(name).possessive)
    assert drawing.words.title == f"{who}: the share of stalking offences charged so far is withheld"
    assert drawing.words.notes[0].startswith(f"{name}: [c] withheld, of ")
    assert drawing.words.notes[-1].endswith(f", withheld: {WITHHELD}")
    assert "too small" not in said(drawing)
    row = drawing.table.set_index("area_name").loc[name]
    assert row[["charged_n", "charged_pct", "pending_n", "upper_pct", "z"]].isna().all()
    assert name not in texts(drawing)
    assert not [number for number in drawing.numbers if number.area == row["area_code"]]


def test_a_force_without_a_verdict_is_named_without_one(studio):
    """British Transport Police where it can be shown: a square, and no place among the others."""
    drawing = studio.funnel("stalking and harassment", highlight="British Transport Police")
    assert "is shown without a verdict" in drawing.words.title
    assert any(note.startswith("Square: British Transport Police") for note in drawing.words.notes)


def test_notes_say_what_must_be_said(plain):
    """No sampling error, as if, pending with its range, not why, charged is not convicted, both questions apart."""
    notes = " ".join(plain.words.notes)
    for words in (
        "no sampling error", "as if chance and usual variation", "does not say why", "Charged is not convicted",
        "no outcome yet (0.5% to 36.0%, by force shown)", "unless counts are revised", "29 of 42 differ",
        "does not say which is unusual", "about 2 expected if none is unusual", "against these limits",
        "[c] British Transport Police and City of London, withheld: ",
    ):  # fmt: skip
        assert words in notes


@pytest.mark.parametrize("group", ["stalking", "harassment", "stalking and harassment"])
def test_nothing_ranks(studio, group):
    """Neither best nor worst, highest nor lowest, top nor bottom, nor a place in an order."""
    words = said(studio.funnel(group, highlight="Kent")).casefold()
    assert not re.findall(
        r"\b(best|worst|highest|lowest|top|bottom|rank\w*|league|leading|poor\w*|\d+(st|nd|rd|th))\b", words
    )


def test_what_is_hidden_stands_in_no_file(plain):
    """Neither the share nor the counts of a hidden force are in the table as written."""
    rows = [line for line in as_csv(plain.table).decode().splitlines() if "City of London" in line]
    assert len(rows) == 1
    assert rows[0].startswith("E23000034,City of London,30,,,,,")


def test_a_changed_count_changes_every_word_that_rests_on_it(studio, plain):
    """Ten more charged in Cumbria."""
    changed = studio.funnel("stalking", table=with_charges(studio, "Cumbria", 10))
    assert "Cumbria 14% (135 of 982)" in plain.alt
    assert "(145 of 982)" in changed.alt
    assert "(145 of 982)" in changed.description
    assert "135 of 982" not in said(changed)
    assert "11,607 of 135,462" in changed.alt


def test_numbers_carry_their_base_and_verdict(plain):
    """Each force shown can be quoted by name, with what must stand beside it."""
    by_id = {number.id: number for number in plain.numbers}
    assert by_id["funnel.E23000020.share"].text == "5.4%"
    assert by_id["funnel.E23000020.share"].qualifier == ("within what chance and usual variation explain (provisional)")
    assert by_id["funnel.E23000024.share"].qualifier == "within what chance and usual variation explain"
    assert (by_id["funnel.E23000020.charged"].value, by_id["funnel.E23000020.base"].value) == (83, 1_531)
    assert by_id["funnel.together.base"].value == 135_462
    assert by_id["funnel.beyond"].value == 0
    assert {number.basis for number in plain.numbers} == {"full count"}


def test_verdicts_that_pending_offences_could_change_are_said_to_be_provisional(plain):
    """How many there are stands in a note; the table and the description say which."""
    open_to_change = plain.table[plain.table["is_provisional"]]
    assert f"{len(open_to_change)} verdicts are provisional" in " ".join(plain.notes)
    assert plain.description.count("(provisional)") == len(open_to_change) == 12
    assert "Derbyshire" in set(open_to_change["area_name"])


def test_verdicts_of_which_it_cannot_be_told_are_counted_apart(plain, studio):
    """Hertfordshire and Warwickshire, whose pending count is withheld, have a word of their own."""
    assert "charged; for 2 (pending count withheld) it is not told here." in " ".join(plain.notes)
    assert plain.description.count("variation explain (pending count withheld).") == 2
    drawing = studio.funnel("stalking", highlight="Hertfordshire")
    assert drawing.words.notes[0] == (
        "Hertfordshire, circled: 5.8% (157 of 2,692) so far, pending count withheld. "
        "Whether its verdict is provisional is not told here"
    )
    by_id = {number.id: number for number in drawing.numbers}
    assert by_id["funnel.E23000027.share"].qualifier.endswith(" explain (pending count withheld)")


def test_forces_that_differ_beyond_chance_can_be_counted_from_the_rows(plain):
    """The number that may be quoted is that of the rows that say so, in the table as written."""
    rows = list(csv.DictReader(io.StringIO(as_csv(plain.table).decode())))
    (differ,) = (number for number in plain.numbers if number.id == "funnel.differ")
    said_so = [row["differs_beyond_chance"] for row in rows]
    assert said_so.count("True") == differ.value == 29
    assert (said_so.count("False"), said_so.count("")) == (13, 2)


def test_notes_tell_how_to_read_it_then_the_cautions_then_what_is_withheld(plain, lincolnshire):
    """Each is said once, and briefly."""
    first = [note.split()[0] for note in plain.words.notes]
    assert first == ["Limits:", "Open", "29", "Shares", "12", "The", "From", "[c]"]
    assert [note.split()[0] for note in lincolnshire.words.notes] == ["Lincolnshire,", *first]
    assert sum(len(note.split()) for note in plain.words.notes) <= 170


def covered(drawing, seen) -> list[str]:
    """The points that a name on the figure covers."""
    (axes,) = drawing.figure.axes
    names = set(drawing.table["area_name"])
    boxes = [(text, box) for text, box in seen(drawing.figure) if text in names]
    shown = drawing.table.dropna(subset=["charged_pct"])
    points = [axes.transData.transform((float(r.recorded_n), r.charged_pct)) for r in shown.itertuples()]
    return [text for text, box in boxes for x, y in points if box.x0 < x < box.x1 and box.y0 < y < box.y1]


@pytest.mark.parametrize(
    ("group", "period"), [("stalking", "2024/25"), ("stalking", "2024/25 Q4"), ("harassment", "2024/25")]
)
def test_no_name_covers_a_point(studio, seen, group, period):
    """A name stands beside points, never on one."""
    assert covered(studio.funnel(group, period, highlight="Sussex"), seen) == []


def test_a_force_that_counts_something_else_since_the_year_began_is_noted(plain, studio):
    """In the words of the register, which the figure names too; other years have no such note."""
    told = studio.registers.breaks["2024-04-humberside"]
    assert capital(told.what_changed) in plain.words.notes
    assert plain.breaks == (told,)
    other = studio.funnel("malicious communications")
    assert other.breaks == ()
    assert capital(told.what_changed) not in other.words.notes
