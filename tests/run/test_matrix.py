"""A matrix of notebooks, areas, offences and periods becomes runs, in order and each with a name of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stats.errors import BadParameter, RegisterError, UnknownName
from stats.registers import load
from stats.run.axes import AXES
from stats.run.matrix import LONGEST, Matrix, combinations, load_matrix, name_of, wanted_of
from stats.run.parameters import MODELS
from stats.run.slugs import slug

REGISTERS = load()
MATRICES = sorted((REGISTERS.root / "notebooks" / "matrices").glob("*.yml"))
SPELLINGS = ["Lincs", "Lincolnshire", "E23000020", "Dyfed-Powys", "Heddlu Gwent", "City of London", "Wales", "D&C"]


def names(matrix: Matrix) -> list[str]:
    """The names of the combinations."""
    return [name_of(combination) for combination in combinations(matrix, REGISTERS)]


def wanted(matrix: Matrix):
    """The runs, validated."""
    found = combinations(matrix, REGISTERS)
    return wanted_of([(c, MODELS[c.notebook].ask(**c.values)) for c in found])


def made(areas: Sequence[str], offences: Sequence[str] = ("stalking",), **rest: object) -> Matrix:
    """A matrix of charge shares."""
    given = {"notebooks": "charge_share", "areas": list(areas), "offences": list(offences), "periods": "2024/25"}
    return Matrix(**{**given, **rest})


@pytest.mark.parametrize("path", MATRICES, ids=lambda p: p.stem)
def test_every_matrix_that_is_committed_can_be_read(path: Path) -> None:
    """And has something in it."""
    assert combinations(load_matrix(path), REGISTERS)


def test_runs_come_in_the_order_in_which_they_are_listed() -> None:
    """Notebooks, then areas, offences and periods; names say which is which."""
    matrix = made(["Kent", "Lincs"], ["harassment", "8Q"])
    assert names(matrix) == [
        "charge_share-kent-harassment-2024_25", "charge_share-kent-8q-2024_25",
        "charge_share-lincolnshire-harassment-2024_25", "charge_share-lincolnshire-8q-2024_25",
    ]  # fmt: skip
    first = wanted(matrix)[0]
    assert first.parameters == {
        "area": "Kent",
        "offence": "harassment",
        "period": "2024/25",
        "beside": "England and Wales",
    }


@settings(max_examples=30)
@given(
    areas=st.lists(st.sampled_from(SPELLINGS), min_size=1, max_size=8),
    offences=st.lists(
        st.sampled_from(["stalking", "8Q", "8q", "8L", "harassment", "all", "codes"]), min_size=1, max_size=4
    ),
    beside=st.sampled_from(["none", "England and Wales", "Wales"]),
)
def test_names_are_unique_safe_and_do_not_hang_on_the_rest_of_the_matrix(areas, offences, beside) -> None:
    """No two runs share one, no spelling makes a second run, and the same run has the same name in any matrix."""
    whole = wanted(made(areas, offences, parameters={"beside": beside}))
    slugs = [run.name for run in whole]
    assert len(set(slugs)) == len(slugs)
    assert len({name.casefold() for name in slugs}) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9_-]+", name) and len(name) < LONGEST + 20 for name in slugs)
    assert len({repr((run.notebook, run.parameters)) for run in whole}) == len(whole)
    alone = wanted(made(areas[:1], offences[:1], parameters={"beside": beside}))
    assert {run.name for run in alone} <= set(slugs)
    assert slugs == [run.name for run in wanted(made(areas, offences, parameters={"beside": beside}))]


def test_another_value_of_a_fixed_parameter_is_another_name() -> None:
    """So that two matrices do not write over each other; what is as in the notebook adds nothing."""
    plain, same, other = (names(made(["Kent"], parameters=fixed))[0] for fixed in (
        {}, {"beside": "England and Wales"}, {"beside": "none"}))  # fmt: skip
    assert plain == same == "charge_share-kent-stalking-2024_25"
    assert re.fullmatch(rf"{plain}-[0-9a-f]{{8}}", other)


def test_two_runs_whose_words_look_alike_are_told_apart() -> None:
    """By a hash of their parameters, each."""
    first, second = combinations(made(["Kent", "Lincs"]), REGISTERS)
    asked = [MODELS[c.notebook].ask(**c.values) for c in (first, second)]
    found = wanted_of([(first, asked[0]), (first, asked[1])])
    assert len({run.name for run in found}) == 2
    assert all(run.name.startswith(name_of(first)) for run in found)


@pytest.mark.parametrize("notebook", MODELS)
def test_the_axes_of_a_notebook_are_parameters_that_it_has(notebook: str) -> None:
    """What an area, an offence or a period stands for comes from the model, and exists there."""
    model = MODELS[notebook]
    for axis in AXES:
        assert set(model.stands_for(axis, "2024/25")) <= set(model.model_fields)
        assert model.takes(axis) == bool(model.stands_for(axis, "2024/25"))


def test_an_axis_stands_for_what_the_notebook_calls_it() -> None:
    """A period is the first and the last of a series, and an area the force that is named among all."""
    recorded = MODELS["recorded_offences"].stands_for
    assert recorded("period", "2014/15 to 2024/25") == {"start": "2014/15", "end": "2024/25", "by": "year"}
    assert recorded("period", "2024/25 Q1 to 2024/25 Q3")["by"] == "quarter"
    assert recorded("period", "2024/25") == {"start": "2024/25", "end": "2024/25", "by": "year"}
    assert MODELS["is_it_changing"].stands_for("period", "2014/15 to 2024/25") == {"start": "2014/15", "end": "2024/25"}
    assert MODELS["compare_forces"].stands_for("area", "Kent") == {"highlight": "Kent"}
    assert not MODELS["how_much_do_figures_move"].takes("area")


def test_an_axis_that_a_notebook_does_not_take_makes_no_second_run_of_it() -> None:
    """Two areas, one run of a notebook about all forces."""
    both = ["charge_share", "how_much_do_figures_move"]
    matrix = Matrix(notebooks=both, areas=["Kent", "Lincs"], offences="stalking", periods="2017/18")
    assert names(matrix)[2:] == ["how_much_do_figures_move-stalking-2017_18"]
    every = Matrix(notebooks="all", areas="Kent")
    assert [c.notebook for c in combinations(every, REGISTERS)] == [n for n, m in MODELS.items() if m.takes("area")]


def test_exceptions_leave_out_what_has_all_that_they_name() -> None:
    """By any spelling, and by groups."""
    left_out = [{"area": "Lincs", "offence": "8q"}, {"area": "nations"}]
    kept = names(made(["Kent", "Lincs", "Wales"], ["8Q", "harassment"], **{"except": left_out}))
    assert kept == [
        f"charge_share-{name}-2024_25" for name in ("kent-8q", "kent-harassment", "lincolnshire-harassment")
    ]


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"except": [{"area": "Essex"}]}, BadParameter, "leaves nothing out"),
        ({"except": [{}]}, BadParameter, "leaves nothing out"),
        ({"areas": ["Kentt"]}, UnknownName, "not an area"),
        ({"notebooks": "charge_shares"}, BadParameter, "no notebook is called"),
        ({"parameters": {"besides": "none"}}, BadParameter, "no notebook of this matrix has this parameter"),
        ({"parameters": {"area": "Kent"}}, BadParameter, "fixed, and an axis stands for it"),
        ({"notebooks": "how_much_do_figures_move"}, BadParameter, "takes an area"),
    ],
)
def test_a_mistake_stops_before_anything_runs(changed, error, words) -> None:
    """Each is named."""
    with pytest.raises(error, match=words):
        combinations(made(**{"areas": ["Kent"], **changed}), REGISTERS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("areas: all", "notebooks"),
        ("notebooks: charge_share\narea: all", "no such field"),
        ("notebooks: charge_share\noffences: [4.10]", "4.1"),
        ("notebooks: charge_share\nperiods: 2024", "2024"),
        ("notebooks: []", "notebooks"),
        ("- charge_share", "names and values"),
    ],
)
def test_a_file_that_is_no_matrix_is_refused(text: str, said: str, tmp_path: Path) -> None:
    """A number is no code and no period; the file and the field are named."""
    path = tmp_path / "mine.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(RegisterError) as refusal:
        load_matrix(path)
    assert "mine.yml" in str(refusal.value)
    assert said in str(refusal.value)


def test_a_very_long_name_is_cut_and_stays_unique() -> None:
    """Files may have 255 letters on most disks, and less with the folder before them."""
    (combination,) = combinations(made(["Kent"]), REGISTERS)
    long = [type(combination)("charge_share", {"area": "x" * n}, combination.values, {}) for n in (200, 201)]
    assert len({name_of(one) for one in long}) == 2
    assert all(len(name_of(one)) < LONGEST + 20 for one in long)
    assert slug("a") == "a"
