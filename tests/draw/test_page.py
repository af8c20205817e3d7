import pandas as pd
import pytest
from matplotlib.figure import Figure

from stats.draw.notes import coverage, source_line
from stats.draw.page import Drawing, Words, page, styled, wrap
from stats.errors import StatsError

GOOD = "Bar chart of 135,628 stalking offences: 8.6% charged so far."


@pytest.fixture
def draw(registers):
    """Make the smallest drawing there is, with some of its parts replaced."""

    def make(**parts) -> Drawing:
        whole = {
            "name": "small", "figure": Figure(), "table": pd.DataFrame({"n": [1]}), "words": Words("A title", "A kind"),
            "alt": GOOD, "description": GOOD, "measures": (), "sources": tuple(registers.sources_of("outcomes")),
        }  # fmt: skip
        return Drawing(**(whole | parts))

    return make


def test_whole_drawing_is_made(draw):
    """With alternative text, description and source a drawing is made as given."""
    assert draw().alt == GOOD


@pytest.mark.parametrize(
    "text",
    ["", " ", "Image", "Figure 1", "A chart that shows how very many offences the police recorded", "8.6% 2 3"],
    ids=["empty", "blank", "word", "number", "no number", "too short"],
)
@pytest.mark.parametrize(("part", "called"), [("alt", "alternative text"), ("description", "description")])
def test_drawing_without_words_for_those_who_cannot_see_it_is_refused(draw, part, called, text):
    """Empty words, 'Image' and words without a number are refused, for the short text and for the long one."""
    with pytest.raises(StatsError, match=f"cannot be made without {called} that says what it shows") as refusal:
        draw(**{part: text})
    assert "figure:" in str(refusal.value)
    assert "small" in str(refusal.value)
    assert "Build the text from the plotted table" in str(refusal.value)


def test_drawing_without_a_source_is_refused(draw):
    """Nobody can ask 'says who?' of a figure without a source."""
    with pytest.raises(StatsError, match="cannot be made without a source"):
        draw(sources=())


def test_caption_and_notes_are_sentences(draw):
    """Each ends with one full stop, whether it was written with one or not."""
    words = Words("A title", "Offences, Kent", ("Charged is not convicted", "A break falls here."))
    drawing = draw(words=words)
    assert drawing.caption == "A title. Offences, Kent."
    assert drawing.notes == ("Charged is not convicted.", "A break falls here.")


# The source line


def test_source_line_says_who_what_when_licence_and_status(registers):
    """Publisher, title, date, licence, and that the statistics are not accredited (design.md section 4, rule 10)."""
    line = source_line([registers.newest("recorded_offences")])
    for words in ("Source: Home Office, ", "2026-04-23", "Open Government Licence v3.0", "not accredited"):
        assert words in line


def test_mirrored_source_is_silent_about_its_kind_and_a_reported_one_is_not(registers):
    """What a newspaper printed says so on the figure; a copy of the official file need not."""
    (official,) = registers.sources_of("outcomes")
    assert official.kind == "official-mirror"
    assert "Provenance" not in source_line([official])
    assert "mirror" not in official.citation
    reported = registers.document_source("article_003")
    assert source_line([reported]).endswith("Provenance: reported.")
    assert "[reported]" in reported.citation


def test_provenance_says_whose_it_is_beside_an_official_source(registers):
    """A blog quoted beside the Home Office is what was reported, and not the Home Office."""
    both = [registers.newest("recorded_offences"), registers.document_source("article_004")]
    assert source_line(both).endswith("Provenance: reported from Cuttle & Co (solicitors' blog).")


@pytest.mark.parametrize("kind", ["official-transcribed", "reported", "foi", "illustrative"])
def test_every_other_kind_shows_on_the_figure(draw, registers, kind, seen):
    """Transcribed, reported, FOI and illustrative sources are named as such, on the picture and not only beside it."""
    source = registers.sources_of("outcomes")[0].model_copy(update={"kind": kind})
    with styled():
        figure, axes = page(Words("A title", "A kind"), [source], plot_height=1, left=1)
    axes.set_axis_off()
    printed = " ".join(text for text, _ in seen(figure)).replace("\n", " ")
    assert f"Provenance: {kind}." in printed


def test_two_sources_of_one_publisher_are_named_together(registers):
    """The line starts with 'Sources', names the publisher once, and each status and licence once."""
    line = source_line(registers.sources_of("population"))
    assert line.startswith("Sources: ")
    assert line.count("Open Government Licence v3.0") == 1
    publishers = {source.publisher for source in registers.sources_of("population")}
    assert all(line.count(f"{publisher}, ") == 1 for publisher in publishers)


def test_figure_says_that_it_is_not_official(seen, each):
    """Every figure says who made the chart, and that it is not an official publication."""
    for drawing in each.values():
        assert "Chart: Plain Figures, not an official publication." in [text for text, _ in seen(drawing.figure)]


def test_england_and_wales_says_what_it_holds_and_leaves_out(registers):
    """British Transport Police in, Scotland and Northern Ireland out; a single force needs no such note."""
    (note,) = coverage(registers.areas.find("England and Wales"))
    assert "includes British Transport Police" in note
    assert "Scotland and Northern Ireland are not included" in note
    assert coverage(registers.areas.find("Kent")) == []


@pytest.mark.parametrize("nation", ["England", "Wales"])
def test_nation_alone_says_that_british_transport_police_is_left_out(registers, nation):
    """The sum of the forces of England is not the England part of the figure for England and Wales."""
    (note,) = coverage(registers.areas.find(nation))
    assert note == f"{nation} leaves out British Transport Police; Scotland and Northern Ireland are not included"


def test_labels_are_broken_between_words():
    """A long label takes more lines; a long word stays whole, since half a word says nothing."""
    assert wrap("Victim does not support action", 20) == "Victim does not\nsupport action"
    assert wrap("Northamptonshire", 5) == "Northamptonshire"
    assert wrap("", 5) == ""


def test_page_grows_with_its_words(registers):
    """More notes make a taller page, and never a smaller plot."""

    def heights(*notes: str) -> tuple[float, float]:
        figure, axes = page(Words("A title", "A kind", notes), registers.sources_of("outcomes"), plot_height=2, left=1)
        height = figure.get_size_inches()[1]
        return height, axes.get_position().height * height

    (short, plot), (tall, same) = heights(), heights("A note of a few words", "Another note")
    assert tall > short
    assert plot == pytest.approx(same, abs=0.001) == pytest.approx(2, abs=0.01)
