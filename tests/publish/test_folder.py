import json
from dataclasses import replace

from stats.home import home
from stats.publish.figures import publish
from stats.publish.files import as_json, write
from stats.publish.folder import folder_of, is_draft, numbers_of


def test_numbers_of_a_folder_are_those_of_all_its_figures(official, reported, asked, monkeypatch, tmp_path):
    """Every number of every figure is gathered with the figure it stands in, and each source once."""
    monkeypatch.setenv("STATS_OUT", str(tmp_path))
    publish(official, asked)
    publish(reported, asked)
    gathered = json.loads(numbers_of(tmp_path))
    assert [n["id"] for n in gathered["numbers"]] == [n.id for n in (*official.numbers, *reported.numbers)]
    assert [n["figure"] for n in gathered["numbers"][:3]] == ["claimed", "claimed", "own_base"]
    assert [n["value"] for n in gathered["numbers"][:2]] == [1_383, 52_408]
    assert [s["id"] for s in gathered["sources"]] == ["home_office_recorded_2026_04_23", "article_004"]
    assert not [s for s in gathered["sources"] if "rows_used" in s], "each figure used rows of its own"


def test_source_of_two_figures_is_listed_once(official, asked, monkeypatch, tmp_path):
    """Two figures of one release have one source."""
    monkeypatch.setenv("STATS_OUT", str(tmp_path))
    publish(official, asked)
    publish(replace(official, name="again"), asked)
    gathered = json.loads(numbers_of(tmp_path))
    assert len(gathered["sources"]) == 1
    assert [n["figure"] for n in gathered["numbers"]] == ["again", "again", "claimed", "claimed"]


def test_gathering_twice_gives_the_same_bytes(official, asked, monkeypatch, tmp_path):
    """numbers.json is not itself a figure: gathering beside it changes nothing."""
    monkeypatch.setenv("STATS_OUT", str(tmp_path))
    publish(official, asked)
    first = numbers_of(tmp_path)
    write(tmp_path / "numbers.json", first)
    assert numbers_of(tmp_path) == first


def test_files_that_are_not_ours_are_left_alone(official, asked, monkeypatch, tmp_path):
    """Somebody's own JSON in the same folder is neither gathered nor an error."""
    monkeypatch.setenv("STATS_OUT", str(tmp_path))
    publish(official, asked)
    write(tmp_path / "notes.json", b'{"numbers": [{"id": "mine"}]}')
    write(tmp_path / "list.json", b"[1, 2]")
    write(tmp_path / "broken.json", b"{")
    assert [n["id"] for n in json.loads(numbers_of(tmp_path))["numbers"]] == [n.id for n in official.numbers]


def test_folder_without_figures_has_no_numbers(tmp_path):
    """An empty folder gives an empty list, and not an error."""
    assert numbers_of(tmp_path) == as_json({"numbers": [], "sources": []})


def test_figures_go_where_the_run_says_or_to_the_lab(monkeypatch, tmp_path):
    """A brief names its folder; a notebook opened by hand writes below build/lab, where nothing is committed."""
    assert folder_of("charge_share") == home() / "build" / "lab" / "charge_share"
    monkeypatch.setenv("STATS_OUT", str(tmp_path))
    assert folder_of("charge_share") == tmp_path


def test_draft_is_what_the_environment_says(monkeypatch):
    """A run with somebody's own parameters is a draft; an empty variable is none."""
    assert not is_draft()
    monkeypatch.setenv("STATS_DRAFT", "1")
    assert is_draft()
    monkeypatch.setenv("STATS_DRAFT", "")
    assert not is_draft()
