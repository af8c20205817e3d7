"""`stats claim` and `stats claims`."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from stats.cli import cli


def asked(*words: str) -> str:
    """What the command prints, if it ends well."""
    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_claim_prints_all_that_can_be_said_of_it():
    """Words, measure, base, verdict, reason, slip, evidence with source and release, what to say and what not."""
    text = asked("claim", "C003-01")
    for label in ("claim", "measure", "base", "period", "verdict", "reason", "slip", "evidence", "say", "do not say"):
        assert f"\n{label} " in f"\n{text}", label
    assert "wrong-measure" in text
    assert "this is the share of recorded offences charged so far" in text


def test_claim_is_found_by_words_and_by_id_in_small_letters():
    """'5 per cent' with 'conviction' is one claim; so is its id."""
    assert asked("claim", "5", "per", "cent", "conviction") == asked("claim", "c003-01")


def test_several_claims_stand_a_line_each():
    """Words that many claims hold list them with their verdicts."""
    text = asked("claim", "harassment")
    assert "C004-06  supported" in text
    assert "C004-07  contradicted" in text


def test_claim_as_at_a_day_tells_only_what_was_known():
    """As at 2020 the release of 2026 was not out, and the Guardian's words are all there is."""
    text = asked("claim", "C004-06", "--as-at", "2020")
    assert "1,383" not in text
    assert "2026" not in text.replace("published_reported_2026", "")


def test_history_follows_the_releases():
    """What the Guardian printed in 2017 first had its own words for evidence, and since 2026 the count."""
    history = [line for line in asked("claim", "C004-07").splitlines() if line.startswith("history")]
    assert "2017-07-05" in history[0]
    assert "contradicted  52,408" in history[-1]


def test_json_holds_one_record_a_claim():
    """Records are lists of plain values; the list of all has every claim."""
    (record,) = json.loads(asked("claim", "Z08", "--json"))
    assert record["verdict"] == "arithmetic-error"
    every = json.loads(asked("claims", "--json"))
    assert len({entry["id"] for entry in every}) == len(every) == 66


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("claim", "flying saucers"), 2, "no claim holds the words"),
        (("claim", "C004-06", "--as-at", "yesterday"), 2, "neither a release that is here nor a date"),
        (("claims", "--page", "--as-at", "2020"), 2, "the page tells what is known now"),
    ],
)
def test_what_cannot_be_answered_says_why(words, code, said):
    """Three parts, an exit code and no traceback."""
    result = CliRunner().invoke(cli, list(words))
    assert result.exit_code == code
    assert said in result.output


def test_verdicts_load_nothing_heavy_but_pandas() -> None:
    """One claim, all claims with a small base among them, and a draft: scipy alone would double what they take."""
    code = (
        "import sys; from click.testing import CliRunner; from stats.cli import cli\n"
        "draft = 'Police recorded 135,628 stalking offences in 2024/25; 21 of 28 (75%) led to charges.'\n"
        "for words in (['claim', 'C003-01'], ['claim', 'C000-06', '--as-at', '2020'], ['claims'], ['check']):\n"
        "    done = CliRunner().invoke(cli, words, input=draft); assert done.exit_code < 2, done.output\n"
        "heavy = {'scipy', 'statsmodels', 'pandera', 'matplotlib', 'nbformat', 'papermill', 'jsonschema', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)), 'pandas' in sys.modules, '135,628' in done.output)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True True"
