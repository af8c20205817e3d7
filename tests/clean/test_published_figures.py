import pytest

from stats.clean.published_figures import BOUNDS, clean_published_figures
from stats.errors import CheckFailed
from stats.read.published_figures import COLUMNS

FIGURES = """
figure_id | measure          | offence  | area_code | period_start | period_end | value | bound | numerator_n | base_n
charged   | offences_charged | stalking | K04000001 | 2021-04-01   | 2022-03-31 | 5948  | exact |             |
share     | case_audit_share | stalking | K04000001 |              |            | 5.02  | about | 5948        | 118411
elsewhere |                  |          |           |              |            | 140   | up to |             |
"""


@pytest.fixture
def published(drawn):
    """Three figures as they are transcribed; words that play no part are filled in."""
    figures = drawn(FIGURES)
    texts = ["place", "period_words", "unit", "publisher", "title", "url"]
    blank = ["base_words", "published", "quote", "note"]
    filled = figures.assign(**{name: "words" for name in texts}, **{name: None for name in blank})
    return filled.astype("str")[COLUMNS]


def _clean(published, registers):
    return clean_published_figures(published, "a_file", registers, kind="reported")


def test_transcribed_figures_become_tidy(registers, published):
    """A figure keeps its bound, its base and its kind; one bound to nothing keeps its empty cells."""
    tidy = _clean(published, registers)
    assert list(tidy) == list(registers.tables["published_figures"].columns)
    assert tidy["value"].tolist() == [5948, 5.02, 140]
    assert tidy["base_n"].fillna(-1).tolist() == [-1, 118411, -1]
    assert set(tidy["kind"]) == {"reported"}
    assert set(tidy["source_id"]) == {"a_file"}
    assert tidy.loc[2, ["measure", "offence", "area_code", "period_start"]].isna().all()


def test_every_bound_is_allowed(registers, published):
    """'more than 1,200' and 'about 1,200' are kept apart from 1,200."""
    for bound in BOUNDS:
        assert _clean(published.assign(bound=bound), registers)["bound"].unique().tolist() == [bound]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("measure", "conviction_rate", "published figures has a measure that is in no register.*conviction_rate"),
        ("area_code", "E12000005", "published figures has a area_code that is in no register.*E12000005"),
        ("offence", "8Q", "published figures has a offence that is in no register.*8Q"),
        ("bound", "roughly", "published figures has a bound that is in no register.*roughly"),
        ("bound", None, "does not fit its columns.*bound: not_nullable"),
        ("value", "5%", "'value' is not a number.*row 0:.*'5%'"),
        ("value", None, "does not fit its columns.*value: not_nullable"),
        ("base_n", "118,411", "'base_n' is not a whole number.*row 0:.*'118,411'"),
        ("numerator_n", "5948.0", r"'numerator_n' is not a whole number.*'5948\.0'"),
        ("period_start", "April 2021", "'period_start' is not a date.*'April 2021'"),
        ("publisher", None, "does not fit its columns.*publisher: not_nullable"),
        ("url", None, "does not fit its columns.*url: not_nullable"),
        ("figure_id", "share", "published figures has rows with the same figure_id.*share.*share"),
    ],
)
def test_wrong_figure_is_refused(registers, published, column, value, words):
    """A figure bound to nothing known, on no page, or with a number in words stops with its row."""
    published.loc[0, column] = value
    with pytest.raises(CheckFailed, match="(?s)" + words):
        _clean(published, registers)


@pytest.mark.parametrize("code", ["K04000001", None])
def test_an_answer_that_is_not_of_one_force_stops(registers, published, code):
    """A figure of several forces must say how many answered, and here is no place for that; of one it is its answer."""
    of_forces = published.assign(area_code="E23000020")
    assert set(clean_published_figures(of_forces, "a_file", registers, kind="foi")["kind"]) == {"foi"}
    of_forces.loc[0, "area_code"] = code
    with pytest.raises(CheckFailed, match=r"(?s)not of one police force.*charged:.*data/foi/template.csv"):
        clean_published_figures(of_forces, "a_file", registers, kind="foi")
