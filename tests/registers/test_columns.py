import pytest

from stats.errors import RegisterError


def test_key_is_the_columns_that_name_a_row(registers):
    """A recorded offence is named by force, quarter, code and release; a figure by its own name."""
    assert registers.tables["recorded_offences"].key == [
        "area_code",
        "period_start",
        "period_end",
        "offence_code",
        "source_id",
    ]
    assert registers.tables["published_figures"].key == ["figure_id"]


def test_offence_codes_are_text_and_counts_whole(registers):
    """No table keeps a code as a number or a count of offences as a decimal."""
    columns = [(name, spec) for table in registers.tables.values() for name, spec in table.columns.items()]
    assert {spec.type for name, spec in columns if name.endswith("_code")} == {"text"}
    assert {spec.type for name, spec in columns if name.endswith("_n")} == {"whole number"}


def test_no_column_is_a_bare_year(registers):
    """A year is a date with a day: mid_year is 30 June, and no column is called 'year'."""
    columns = [(name, spec) for table in registers.tables.values() for name, spec in table.columns.items()]
    assert {spec.type for name, spec in columns if name in ("mid_year", "period_start", "period_end")} == {"date"}
    assert "year" not in dict(columns)


def test_same_name_means_the_same_type_everywhere(registers):
    """A column that two tables share has one type in both."""
    types = {}
    for table in registers.tables.values():
        for name, spec in table.columns.items():
            assert types.setdefault(name, spec.type) == spec.type, name


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("type: whole number", "type: integer", r"columns\.offences_n\.type:.*found 'integer'"),
        ("unit: offences, low", "units: offences, low", r"columns\.offences_n\.unit:\s+missing"),
        (
            "  rows: one area in",
            "  row: one area in",
            r"entry:\s+population.*row:\s+no such field; the nearest is 'rows'",
        ),
    ],
)
def test_wrong_column_is_refused(broken, old, new, words):
    """A column without its unit, or of an unknown type, names its table and place."""
    with pytest.raises(RegisterError, match=rf"(?s)columns\.yml.*{words}"):
        broken.damage("registers/columns.yml", old, new).load()
