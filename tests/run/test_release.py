"""A release day on a copy of the repository: what is stored, what is told, and what is never touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from made_releases import ADDRESS, NEW, RAW, ROOT, TOLD, TOTALS, house_of, made_file, made_rows, tree
from run.test_reproduce import copied

from stats.errors import CheckFailed, NotRecognised, NotToHand, StatsError, UsageMistake
from stats.estimate.counts import recorded
from stats.period import Period
from stats.publish.show import show
from stats.read.made import must_be_as_made
from stats.read.tidy import read_tidy
from stats.registers import load_again
from stats.run import release
from stats.run.claims import facts_of, page_of
from stats.run.release import add_release
from stats.run.release_store import as_yaml, put

BRIEF = "article_004_recorded"
OF_2024 = (
    "England and Wales, stalking, 2024/25 = 135,632",
    "England and Wales, 8L, 2024/25 = 304,006; England and Wales, 8U, 2024/25 = 50,753",
)
"""Totals of a release of one year, in which four offences are added."""

TABLES = ("codebook.csv", "made.json", "recorded_offences.csv", "tie_out.csv")


def said(file: Path, root: Path, told=TOLD, *, workers: int = 0, **options) -> str:
    """Add a release and return what is told."""
    lines: list[str] = []
    add_release(file, told, root, lines.append, workers=workers, **options)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def day(tmp_path_factory):
    """A release with one quarter more and two revised, added to a copy with one brief: root, words, tree before."""
    root = copied(tmp_path_factory.mktemp("house"), BRIEF)
    file = made_file(root.parent / f"{root.name}-downloads", made_rows())
    before = tree(root)
    return root, said(file, root, workers=1), before, file


def test_the_file_is_stored_unedited_with_its_entry(day):
    """Byte for byte, under publisher and day; the entry is a source whose hash and span are those of the file."""
    root, words, _, file = day
    assert (root / NEW).read_bytes() == file.read_bytes()
    source = load_again(root).newest("recorded_offences")
    assert source.id == "home_office_recorded_2026_07_23"
    assert source.read() == file.read_bytes()
    assert (source.published, source.url, source.kind) == ("2026-07-23", ADDRESS, "official-copy")
    assert (str(source.covers_from), str(source.covers_to)) == ("2012-04-01", "2026-03-31")
    assert (source.layout, source.licence) == ("home_office_recorded_crime", "Open Government Licence v3.0")
    assert source.status.startswith("official statistics, not accredited")
    assert any("below zero" in caveat for caveat in source.caveats)
    assert f"{NEW}  stored as {source.id}" in words
    assert [total.printed for total in source.totals] == [4292, 20093, 117177]
    assert "- tied to: England and Wales, 8Q, year ending March 2016: 4,292 (the release itself); " in words


def test_nothing_older_changes(day):
    """Every file that was there is the same, the tidy tables apart; committed figures too."""
    root, _, before, _ = day
    after = tree(root)
    changed = {name for name in before if after.get(name) != before[name]}
    assert changed == {f"data/tidy/{name}" for name in TABLES} | {"docs/claims.md"}
    assert set(after) - set(before) == {NEW, f"{NEW}.yml"}
    must_be_as_made(("recorded_offences", "outcomes", "population"), load_again(root))


def test_the_tidy_table_holds_both_releases(day):
    """The rows of the older release are its own; those of the new one hold the revised cells and the new quarter."""
    root, _, _, _ = day
    table = pd.read_csv(root / "data/tidy/recorded_offences.csv", dtype="str", keep_default_na=False)
    old = pd.read_csv(ROOT / "data/tidy/recorded_offences.csv", dtype="str", keep_default_na=False)
    is_new = table["source_id"] == "home_office_recorded_2026_07_23"
    first, second = table[~is_new], table[is_new]
    pd.testing.assert_frame_equal(first.reset_index(drop=True), old)
    assert len(second) == (old["source_id"] == "home_office_recorded_2026_04_23").sum() + 5 * 44
    kent = second[(second["area_name"] == "Kent") & (second["period_start"] == "2016-10-01")]
    assert kent.set_index("offence_code")["offences_n"].to_dict()["8M"] == "-2"


def test_the_differences_are_told_and_written(day):
    """New, revised (was, now, per cent) and dropped rows; totals of all areas where a row was revised."""
    root, words, _, _ = day
    folder = root / "build" / "releases" / "home_office_recorded_2026_07_23"
    rows = pd.read_csv(folder / "diff.csv")
    assert rows["change"].value_counts().to_dict() == {"new": 220, "revised": 3}
    lincs = rows[(rows["area_name"] == "Lincolnshire") & (rows["change"] == "revised")].iloc[0]
    assert (lincs["was"], lincs["now"], round(lincs["change_pct"], 2)) == (399, 408, 2.26)
    assert "- dropped: 0 rows" in words
    assert "| 2024/25 | 8Q | 1 | 135,628 → 135,637 (+0.01%) |" in words
    assert "| Kent | 8M | 2016-10-01 | 9 → -2 (-122.22%) |" in words
    assert (folder / "summary.md").read_text("utf-8") in words


def test_figures_and_claims_that_change_are_told_in_their_words(day):
    """The number, title and alternative text before and now, and the claim that stands beside the number."""
    root, words, _, _ = day
    assert f"numbers change: {BRIEF}/claimed\n" in words
    assert f"names the new release only: {BRIEF}/recorded\n" in words
    assert "- claimed.C004-06: 1,383 → 1,385" in words
    assert re.search(r"- title, before: .*against 1,383.*\n- title, now: .*against 1,385", words)
    assert re.search(r"- alt, before: .*recorded 1,383 .*\n- alt, now: .*recorded 1,385 ", words)
    assert "- C004-06 “more than 1,200 cases of stalking”: still supported; 1,383 → 1,385 (" in words
    made = root / "build/releases/home_office_recorded_2026_07_23/figures" / BRIEF / "claimed.json"
    assert json.loads(made.read_text("utf-8"))["numbers"][0]["text"] == "1,385"


def test_a_line_for_the_changelog_and_the_caveats_before_are_told(day):
    """What a reader of a figure would notice, and what the older entry warned of."""
    _, words, _, _ = day
    line = next(
        line for line in words.splitlines() if line.startswith("- Data 1.1.0 (new periods): Home Office, Police")
    )
    assert "Beside the release of 2026-04-23: 220 rows new, 3 rows revised." in line
    assert f"Figures whose numbers changed: {BRIEF}/claimed." in line
    assert "- Every release revises earlier quarters" in words


def test_the_same_file_again_changes_nothing(day):
    """'Already here': no flag is asked for, and the tree is as it was."""
    root, _, _, file = day
    before = tree(root)
    assert "already here (home_office_recorded_2026_07_23); nothing has changed" in said(
        file, root, replace(TOLD, published=None, url=None)
    )
    assert tree(root) == before
    with pytest.raises(CheckFailed, match=r"(?s)published on another day.*2026-07-23"):
        said(file, root, replace(TOLD, published="2026-07-24"))


def test_another_file_of_the_same_name_or_id_is_refused(day):
    """A release is never written over; the mend says what to do."""
    root, _, _, file = day
    before = tree(root)
    other = made_file(file.parent / "other", made_rows({("Kent", "2016-10-01", "8Q"): "+1"}))
    with pytest.raises(UsageMistake, match=r"(?s)a source is called 'home_office_recorded_2026_07_23' already"):
        said(other, root)
    with pytest.raises(UsageMistake, match=r"(?s)never written over.*data/raw/home-office/2026-07-23/release.csv"):
        said(other, root, replace(TOLD, id="another"))
    assert tree(root) == before


def test_a_later_sheet_of_one_year_stands_beside_the_whole_release(day, tmp_path):
    """It drops nothing outside its year, and figures go on resting on the release that holds all."""
    root = shutil.copytree(day[0], tmp_path / "house", symlinks=True)
    sheet = made_file(tmp_path, made_rows({("Kent", "2024-10-01", "8Q"): "+4"}, year=2024), "sheet.csv")
    told = replace(TOLD, retrieved=TOLD.retrieved.replace(month=11), published="2026-10-22", totals=OF_2024)
    words = said(sheet, root, told)
    assert "It covers year ending March 2025. 8,800 rows of the earlier release outside it" in words
    assert "- dropped: 0 rows" in words
    assert "No figure changes. They rest on `home_office_recorded_2026_07_23`" in words
    assert load_again(root).newest("recorded_offences").id == "home_office_recorded_2026_07_23"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the data to which nothing gets added: every test leaves it as it was."""
    root = house_of(tmp_path_factory.mktemp("house"))
    before = tree(root)
    yield root
    assert tree(root) == before


def _without(rows, wrong):
    return [row for row in rows if not wrong(row)]


DAMAGED = {
    "part year": (lambda rows: _without(rows, lambda r: r[:2] == ["2016/17", "3"]), "a quarter is missing"),
    "late start": (lambda rows: _without(rows, lambda r: r[:2] == ["2012/13", "1"]), "a quarter is missing"),
    "missing force": (lambda rows: _without(rows, lambda r: r[2] == "Kent"), "of 44 forces, 1 is missing"),
    "renamed column": (lambda rows: [[*rows[0][:7], "Offences Counted"], *rows[1:]], "offences counted"),
    "note row": (
        lambda rows: [*rows[:50], ["Figures for Kent are provisional"], *rows[50:]],
        "neither data nor a note",
    ),
    "duplicate": (lambda rows: [*rows, rows[-1]], "rows have the same key"),
    "unknown code": (lambda rows: [*rows, [*rows[-1][:6], "8ZZ", "1"]], "an offence code is not known"),
    "no number": (lambda rows: [*rows[:-1], [*rows[-1][:7], "many"]], "neither a number nor a marker"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_release_stops_and_stores_nothing(house, tmp_path, name):
    """Each of these is named, and neither data nor build holds anything of it."""
    change, wrong = DAMAGED[name]
    file = made_file(tmp_path, change(made_rows(is_longer=False)))
    before = tree(house)
    with pytest.raises(StatsError) as stopped:
        said(file, house)
    assert wrong in str(stopped.value)
    assert tree(house) == before
    assert [path for path in (house / "build").rglob("*") if path.is_file()] == []


def test_totals_that_no_longer_tie_take_the_file_away_again(house, tmp_path):
    """A release with a fifth more offences passes the reader, and not the printed totals: all is as before."""
    rows = made_rows(is_longer=False)
    doubled = [rows[0], *([*row[:7], str(int(row[7]) * 6 // 5)] for row in rows[1:])]
    before = tree(house)
    with pytest.raises(StatsError, match=r"(?s)totals do not fit.*The file was not stored: everything is as it was"):
        said(made_file(tmp_path, doubled), house)
    assert tree(house) == before


def test_a_total_of_the_release_that_ours_does_not_equal_takes_the_file_away_again(house, tmp_path):
    """One offence too many in the whole year stops, though the totals of other publications are met within 1%."""
    told = replace(TOLD, totals=(*TOTALS[:2], "England and Wales, stalking, 2022/23 = 117,178"))
    with pytest.raises(StatsError, match=r"(?s)totals do not fit.*117178\s+117177.*everything is as it was before"):
        said(made_file(tmp_path, made_rows(is_longer=False)), house, told)


def test_without_three_printed_totals_nothing_is_stored(house, tmp_path):
    """The error says how many are lacking, how one is written, and what to do if none is to be had."""
    with pytest.raises(UsageMistake, match=r'(?s)at least three.*2 more:\s+--total "England and Wales.*--not-tied'):
        said(made_file(tmp_path, made_rows(is_longer=False)), house, replace(TOLD, totals=TOTALS[:1]))


def test_a_release_that_is_not_tied_says_so_everywhere(own_house, tmp_path):
    """In its entry, in the report, beside its name in the diff, in the line for the changelog and in `show source`."""
    words = said(
        made_file(tmp_path, made_rows()), own_house, replace(TOLD, totals=(), not_tied="No bulletin is to hand.")
    )
    source = load_again(own_house).newest("recorded_offences")
    assert source.not_tied == "No bulletin is to hand."
    assert "- NOT TIED: to three printed totals: No bulletin is to hand." in words
    assert f"`{source.id}` (published 2026-07-23, not tied to printed totals) beside" in words
    assert "It is not tied to three printed totals: No bulletin is to hand." in words.split("## For the changelog")[1]
    assert re.search(r"not_tied +No bulletin", show("source", source.id, load_again(own_house)))


def test_a_claim_that_is_no_longer_right_is_told_first_and_its_page_is_made_anew(own_house, tmp_path):
    """The verdict before and now with its reason, in the report, the changelog and docs/claims.md."""
    file = made_file(tmp_path, made_rows({("Kent", "2016-10-01", "8Q"): "-200"}))
    words = said(file, own_house)
    told = words.split("## Claims")[1]
    first = next(line for line in told.splitlines() if line.startswith("- "))
    assert re.match(
        r"- C004-06 “more than 1,200 cases of stalking”: supported → contradicted; 1,383 → 1,1\d\d \(", first
    )
    assert "Claims with another verdict: C004-06 (supported → contradicted)." in told
    assert "docs/claims.md  made anew" in words
    page = (own_house / "docs" / "claims.md").read_bytes()
    assert page == page_of(facts_of(own_house)) != (ROOT / "docs" / "claims.md").read_bytes()


def test_what_the_file_does_not_tell_is_listed_or_asked_for(house, tmp_path, monkeypatch):
    """Without a terminal every missing flag is named at once; at one, each is asked for with its meaning."""
    file = made_file(tmp_path, made_rows(is_longer=False))
    with pytest.raises(UsageMistake) as stopped:
        said(file, house, replace(TOLD, published=None, url=None))
    assert [label for label, _ in stopped.value.evidence] == ["file", "--published YYYY-MM-DD", "--url ADDRESS"]
    answers = {"published": "2026-07-25", "url": ADDRESS}
    with pytest.raises(UsageMistake, match="retrieved before it was published"):
        said(file, house, replace(TOLD, published=None, url=None), ask=lambda name, _: answers[name])
    with pytest.raises(UsageMistake, match="is not a date"):
        said(file, house, replace(TOLD, published="23 July 2026"))


def test_a_table_that_feeds_none_of_ours_is_not_stored(house, tmp_path):
    """Rolling years read, and are no quarters."""
    rows = [["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]]
    from made_tables import FORCES, REGION_OF

    rows += [["31/03/2024", force, REGION_OF[force], "Stalking", "5"] for force in FORCES]
    with pytest.raises(NotRecognised, match=r"(?s)feeds none of our tables.*recorded_offences_rolling"):
        said(made_file(tmp_path, rows), house)


def test_a_full_disk_while_the_tables_are_written_puts_them_back(house, tmp_path, monkeypatch):
    """The second table cannot be written: the file is taken away and the first table is the old one."""
    from stats.run import data

    before, written = tree(house), []

    def full(path, content, write=data.write):
        if written:
            raise OSError(28, "No space left on device", str(path))
        written.append(path)
        return write(path, content)

    monkeypatch.setattr(data, "write", full)
    with pytest.raises(OSError, match="No space"):
        said(made_file(tmp_path, made_rows()), house)
    assert written
    assert tree(house) == before


def _stored(house, tmp_path, monkeypatch):
    """A made release, and its place and fields, put by nobody yet; the tables are not made in this test."""
    made = []
    monkeypatch.setattr(release, "make_data", lambda *_: made.append("made"))
    monkeypatch.setattr(release, "page_again", lambda _: None)
    monkeypatch.setattr(release, "_tell", lambda *_: None)
    return made_file(tmp_path, made_rows()), house / NEW, made


@pytest.fixture
def own_house(tmp_path):
    """A copy of the data of one test."""
    return house_of(tmp_path / "house")


def test_a_file_left_without_its_entry_is_put_anew(own_house, tmp_path, monkeypatch):
    """Ended by force between the file and its entry, the tree does not load; adding the file again mends it."""
    file, raw, made = _stored(own_house, tmp_path, monkeypatch)
    raw.parent.mkdir()
    raw.write_bytes(file.read_bytes())
    with pytest.raises(StatsError, match="belong side by side"):
        load_again(own_house)
    words = said(file, own_house)
    assert "was left without an entry, and is put anew" in words
    assert load_again(own_house).newest("recorded_offences").path == raw
    assert made == ["made"]


def test_another_file_left_without_its_entry_is_told_and_stays(own_house, tmp_path, monkeypatch):
    """What is not this very file is not ours to remove."""
    file, raw, _ = _stored(own_house, tmp_path, monkeypatch)
    raw.parent.mkdir()
    raw.write_bytes(b"something else")
    with pytest.raises(StatsError, match=r"(?s)belong side by side.*release.csv"):
        said(file, own_house)
    assert raw.read_bytes() == b"something else"


def test_a_file_stored_without_its_tables_gets_them(own_house, tmp_path):
    """Killed after the file was stored and before the tables were made: nothing is made from the old tables.

    Adding the file again makes them, and asks for nothing.
    """
    file = made_file(tmp_path, made_rows())
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from made_releases import TOLD; from stats.run import release\n"
        "release.make_data = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "release.add_release(Path(sys.argv[1]), TOLD, Path(sys.argv[2]), print, workers=0)"
    )
    where = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])}
    killed = subprocess.run([sys.executable, "-c", code, str(file), str(own_house)], env=where, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (own_house / NEW).read_bytes() == file.read_bytes()
    with pytest.raises(CheckFailed, match="made from other raw files"):
        must_be_as_made(["recorded_offences"], load_again(own_house))
    words = said(file, own_house, replace(TOLD, published=None, url=None))
    assert "already here (home_office_recorded_2026_07_23)" in words
    assert "- revised: 3 rows" in words
    must_be_as_made(["recorded_offences"], load_again(own_house))


def test_what_is_asked_for_stands_in_the_entry(own_house, tmp_path, monkeypatch):
    """At a terminal each missing thing is asked for once, with its meaning; what was told is not."""
    file, _, _ = _stored(own_house, tmp_path, monkeypatch)
    answers, meant = {"published": "2026-07", "url": ADDRESS}, []

    def ask(name, meaning):
        meant.append(meaning)
        return answers.pop(name)

    told = replace(TOLD, published=None, url=None, title="A title", caveats=("Look twice.",), kind="official-mirror")
    said(file, own_house, told, ask=ask)
    assert meant == ["the day it was published; a year alone if no more is known", "the address it was downloaded from"]
    source = load_again(own_house).source("home_office_recorded_2026_07")
    assert (source.published, source.url, source.title, source.kind) == ("2026-07", ADDRESS, "A title", told.kind)
    assert source.caveats[0] == "Look twice."


def test_a_name_that_would_be_taken_for_an_entry_is_refused(house, tmp_path):
    """Every .yml under data/raw is read as an entry."""
    file = made_file(tmp_path, made_rows(is_longer=False), "release.yml")
    with pytest.raises(UsageMistake, match="taken for an entry"):
        said(file, house)


def test_a_file_that_lies_in_data_raw_itself_is_not_removed(own_house, tmp_path, monkeypatch):
    """Somebody put it there by hand: it may be the only copy."""
    file, raw, _ = _stored(own_house, tmp_path, monkeypatch)
    raw.parent.mkdir()
    file.rename(raw)
    with pytest.raises(UsageMistake, match="Move it out of data/raw"):
        said(raw, own_house)
    assert raw.is_file()


def test_a_missing_number_stays_missing(own_house, tmp_path):
    """N/A is a row without a number and with its status, and a total with it is refused."""
    rows = made_rows({("Kent", "2021-10-01", "8M"): "N/A"}, is_longer=False)
    said(made_file(tmp_path, rows), own_house)
    table = pd.read_csv(own_house / "data/tidy/recorded_offences.csv", dtype="str", keep_default_na=False)
    lost = table[table["offences_n"] == ""]
    assert lost[["area_name", "period_start", "offence_code", "status"]].to_numpy().tolist() == [
        ["Kent", "2021-10-01", "8M", "x"]
    ]
    registers = load_again(own_house)
    kent, group = registers.areas.find("Kent"), registers.offences.find("8M")
    quarter = Period.parse("2021/22 Q3")
    with pytest.raises(NotToHand, match="is not to hand for every force and quarter"):
        recorded(read_tidy("recorded_offences", registers), area=kent, group=group, period=quarter, registers=registers)


def test_older_releases_never_change(own_house, tmp_path, monkeypatch):
    """Whatever is put, the bytes of the raw files before stay."""
    _, raw, _ = _stored(own_house, tmp_path, monkeypatch)
    before = tree(own_house)
    put(raw, b"x", {"id": "x"}, own_house)
    after = tree(own_house)
    assert {name: after[name] for name in before} == before
    assert (own_house / f"{NEW}.yml").read_bytes() == as_yaml({"id": "x"})
    assert RAW in after
