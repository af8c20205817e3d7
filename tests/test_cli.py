"""The command: what a person types, and what they read."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from stats.cli import SHOWN, STOPPED, cli
from stats.publish.kinds import KINDS
from stats.run.parameters import MODELS

ROOT = Path(__file__).parents[1]


def stats(*words: str):
    """Run the command in this process."""
    return CliRunner().invoke(cli, list(words))


@pytest.mark.parametrize("command", [None, *cli.commands])
def test_every_command_explains_itself(command: str | None) -> None:
    """Help opens with a plain sentence."""
    result = stats(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")
    assert "  " in result.output.splitlines()[2]


def test_the_command_works_as_a_module_and_from_any_folder(tmp_path: Path) -> None:
    """`python -m stats` is the same command, wherever it is typed."""
    done = subprocess.run(
        [sys.executable, "-m", "stats", "show", "area", "lincs"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "E23000020" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    """Help and look-ups answer at once because pandas and matplotlib are not imported for them."""
    code = (
        "import sys; from click.testing import CliRunner; from stats.cli import cli\n"
        "for words in (['--help'], ['show', 'area', 'lincs'], ['figure', 'nowhere'], ['run', 'nothing'],\n"
        "              ['figure', '--help'], ['figure', 'charge_share', '--help']):\n"
        "    CliRunner().invoke(cli, words)\n"
        "print(sorted({'pandas', 'matplotlib', 'scipy', 'statsmodels', 'papermill'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["area", "lincs"], "Lincolnshire"),
        (["area", "Heddlu", "Gwent"], "W15000002"),
        (["offence", "8S"], "Next to 8R in the code list"),
        (["measure", "charge_share_of_offences_recorded"], "Charged is not convicted"),
        (["break", "2020-04-former-partners"], "former partner"),
        (["source", "home_office_recorded_2026_04_23"], "official-mirror"),
        (["claim", "C003-01"], "just 5 per cent"),
        (["claim", "5", "per", "cent"], "C003-01"),
        (["correction", "nottinghamshire"], "Nottinghamshire: printed 37%, right 9.55%"),
        (["correction", "leicestershire"], "printed 3%, right not available"),
    ],
)
def test_show_finds_an_entry(words: list[str], said: str) -> None:
    """By name, alias, id, code or words."""
    result = stats("show", *words)
    assert result.exit_code == 0
    assert said in result.output


@pytest.mark.parametrize("what", SHOWN)
def test_show_lists_all_without_words(what: str) -> None:
    """With no words, a line for each entry."""
    result = stats("show", what)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) >= 5
    assert what in KINDS


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "area", "Narnia"], 2, "no area holds the words 'Narnia'"),
        (["run", "lincolnshir"], 2, "lincolnshire"),
        (["figure", "charge_shares"], 2, "charge_share"),
        (["figure", "charge_share", "ofence=stalking"], 2, "Did you mean 'offence'"),
        (["figure", "charge_share", "area=Linconshire"], 2, "Lincolnshire"),
        (["figure", "charge_share", "area"], 2, "Write it like this"),
        (["figure", "charge_share", "period=2023/24"], 4, "outcomes are not to hand for year ending March 2024"),
        (["figure", "charge_share", "period=2030/31"], 4, "to hand"),
        (["figure", "recorded_offences", "start=2013/14"], 4, "Start at April 2014"),
        (["figure", "charge_share", "area=Kent", "area=Lincs"], 2, "given:  area=Kent and area=Lincs"),
        (["figure", "charge_share", "area=Scotland"], 2, "Scotland is not covered (England and Wales only)"),
        (["figure", "charge_share", "beside=UK"], 2, "United Kingdom is not covered (England and Wales only)"),
        (["figure", "people_and_case_files", "document=article_009"], 2, "no document is called 'article_009'"),
        (["show", "area", "PSNI"], 2, "Northern Ireland is not covered (England and Wales only)"),
        (["show", "measure", "conviction", "rate"], 3, "is a name that must not be used"),
        (["figure", "recorded_offences", "start=2024"], 2, "bare year"),
    ],
)
def test_a_mistake_prints_a_message_and_no_traceback(words: list[str], code: int, said: str) -> None:
    """It has its own exit code, says what is wrong and names the mend, before anything runs."""
    result = stats(*words)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output + result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("command", ["figure", "show"])
def test_examples_stand_on_lines_of_their_own(command: str) -> None:
    """What a person copies is not run together, and no mark of the formatting shows."""
    lines = stats(command, "--help").output.splitlines()
    assert "\\b" not in "".join(lines)
    assert lines.count("For example:") == 1
    examples = lines[lines.index("For example:") + 1 :]
    assert len(examples) >= 2
    assert all(line.startswith(f"  stats {command} ") for line in examples)


def test_help_of_figure_lists_the_notebooks_with_their_questions() -> None:
    """Nobody has to look into a folder to learn what can be asked."""
    said = " ".join(stats("figure", "--help").output.split())
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        title = json.loads(path.read_text("utf-8"))["cells"][0]["source"]
        assert f"{path.stem} {''.join(title).splitlines()[0].removeprefix('# ')}" in said


@pytest.mark.parametrize("notebook", MODELS)
def test_help_of_a_notebook_lists_its_keys(notebook: str) -> None:
    """Each key with what it means and the value it has when it is left out."""
    said = " ".join(stats("figure", notebook, "--help").output.split())
    for name, field in MODELS[notebook].model_fields.items():
        assert f"{name} {field.description} (if not given: " in said
    assert "(if not given: England and Wales)" in said or "area" not in MODELS[notebook].model_fields


def test_help_of_a_notebook_that_is_not_there_names_the_nearest() -> None:
    """A typing error is answered, in help as well."""
    result = stats("figure", "charge_shares", "--help")
    assert (result.exit_code, "nearest:  charge_share" in result.stderr) == (2, True)


def test_help_answers_without_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Help comes even where the repository cannot be found."""
    monkeypatch.setenv("STATS_HOME", str(tmp_path))
    result = stats("figure", "--help")
    assert result.exit_code == 0
    assert "For example:" in result.output


@pytest.mark.parametrize("words", [["figure", "charge_share"], ["run", "article_001"]])
def test_a_folder_that_cannot_be_made_is_a_message(words: list[str], tmp_path: Path) -> None:
    """--out below a file names the folder and the mend."""
    (tmp_path / "file").write_text("", "utf-8")
    result = stats(*words, "--out", str(tmp_path / "file" / "mine"))
    assert result.exit_code == 7
    assert str(tmp_path / "file") in result.stderr
    assert "a folder in it is missing, or is a file" in result.stderr
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("number", "mend"), [(errno.ENOSPC, "Make room on the disk"), (errno.EACCES, "Choose a folder that you may write")]
)
def test_a_refusal_of_the_system_is_a_message(number: int, mend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk or a missing permission, wherever it comes from, prints no traceback."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "data/tidy/outcomes.csv")

    monkeypatch.setattr("stats.run.build.build_data", refuse)
    result = stats("data")
    assert result.exit_code == 7
    assert "data/tidy/outcomes.csv" in result.stderr
    assert mend in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_a_wrong_home_says_so(tmp_path: Path) -> None:
    """STATS_HOME that points nowhere is named, with the mend."""
    done = subprocess.run(
        [sys.executable, "-m", "stats", "show", "area"], env={**os.environ, "STATS_HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cannot be found" in done.stderr
    assert "Traceback" not in done.stderr


def test_read_prints_a_summary_and_writes_the_tidy_table(tmp_path: Path) -> None:
    """The table goes to the file that was named; without one, nothing is written."""
    from made_tables import RECORDED, recorded_rows, write_csv

    file, out = write_csv(tmp_path / "download.csv", [RECORDED, *recorded_rows()]), tmp_path / "tidy.csv"
    result = stats("read", str(file), "--out", str(out))
    assert result.exit_code == 0
    assert "Home Office: Police recorded crime open data" in result.output
    assert f"wrote {out}" in result.output
    assert len(out.read_text("utf-8").splitlines()) == 353
    whole = stats("read", str(file), "--all")
    assert whole.output == out.read_text("utf-8")


def test_read_writes_nothing_when_a_file_is_wrong(tmp_path: Path) -> None:
    """A message with the row and its own exit code; no half-written table."""
    from made_tables import RECORDED, recorded_rows, write_csv

    file, out = write_csv(tmp_path / "download.csv", [RECORDED, *recorded_rows()[:-1]]), tmp_path / "tidy.csv"
    result = stats("read", str(file), "--out", str(out))
    assert result.exit_code == 5
    assert "missing" in result.stderr
    assert "Traceback" not in result.stderr
    assert not out.exists()


def test_a_release_is_added_by_flags_or_what_is_missing_is_listed(tmp_path: Path) -> None:
    """Without a terminal the flags that are missing are named, with exit code 2, and nothing is stored."""
    from made_releases import TOTALS, house_of, made_file, made_rows, tree

    house = house_of(tmp_path / "house")
    before = tree(house)
    file = made_file(tmp_path, made_rows(is_longer=False))
    environment = {"STATS_HOME": str(house)}
    asked = CliRunner().invoke(cli, ["release", "add", str(file)], env=environment)
    assert asked.exit_code == 2
    assert "--published YYYY-MM-DD:" in asked.stderr
    assert "--url ADDRESS:" in asked.stderr
    assert tree(house) == before
    words = [
        "--published",
        "2026-07-23",
        "--url",
        "https://www.gov.uk/made",
        "--retrieved",
        "2026-07-24",
        "--no-figures",
    ]
    lacking = CliRunner().invoke(cli, ["release", "add", str(file), *words], env=environment)
    assert lacking.exit_code == 2
    assert '3 more:  --total "England and Wales, stalking' in lacking.stderr
    words += [word for total in TOTALS for word in ("--total", total)]
    done = CliRunner().invoke(cli, ["release", "add", str(file), *words], env=environment)
    assert done.exit_code == 0, done.output
    assert "revised: 3 rows" in done.output
    assert (house / "data/raw/home-office/2026-07-23/release.csv").read_bytes() == file.read_bytes()


def test_make_quarter_asks_which_file() -> None:
    """Without FILE it says what to write; with one it calls `stats release add` and passes on day and address."""
    plain = {name: value for name, value in os.environ.items() if name not in ("FILE", "PUBLISHED", "URL", "TOTALS")}
    make = ["make", "--silent", "--old-file=.venv/.ready", "READY=", "BIN=.", "quarter"]
    lost = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=False, env=plain)
    assert lost.returncode == 2
    assert "Say which file was downloaded: make quarter FILE=" in lost.stderr
    told = ["FILE=my tables.ods", "PUBLISHED=2026-07-23", "URL=https://a"]
    printed = subprocess.run(
        [*make, "BIN=echo", "--dry-run", *told], cwd=ROOT, capture_output=True, text=True, check=True, env=plain
    )
    assert 'stats release add "$FILE" ${PUBLISHED:+--published "$PUBLISHED"} ${URL:+--url "$URL"}' in printed.stdout


def test_read_as_published_leaves_corrections_out_and_says_so(tmp_path: Path) -> None:
    """Whether the summary is printed or the table, it is told which corrections were made or left out."""
    from made_tables import write_csv

    rows = [["force", *(f"{year}/{year - 1999}" for year in range(2015, 2021))], ["Greater Manchester", *"123400"]]
    file = write_csv(tmp_path / "outcomes.csv", rows)
    name = "bbc_charges_and_outcomes_greater_manchester"
    assert f"{name}: 2 numbers made not available" in stats("read", str(file)).output
    corrected, plain = stats("read", str(file), "--all"), stats("read", str(file), "--all", "--as-published")
    assert [line.count(name) for line in corrected.stdout.splitlines()] == [0, 0, 0, 0, 0, 1, 1]
    assert f"{name}: 2 numbers" in corrected.stderr
    assert name not in plain.stdout
    assert f"none applied, as asked (--as-published); declared for this file: {name}" in plain.stderr


def test_a_command_that_is_stopped_by_hand_says_so_in_a_line(monkeypatch):
    """With the code that a shell expects."""

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("stats.publish.show.show", stopped)
    result = CliRunner().invoke(cli, ["show", "area"])
    assert (result.exit_code, result.output) == (130, f"{STOPPED}\n")
