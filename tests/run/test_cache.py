"""Runs that were made before: found, stored, brought, damaged, changed meanwhile."""

import json
import os
import threading
from pathlib import Path

import pytest
from made_runs import Run, cells, figures, put, put_notebook, repository

from stats.errors import StatsError
from stats.run import cache as caching
from stats.run.cache import Cache
from stats.run.cache_entries import ChangedMeanwhile, EntryDamaged
from stats.run.cache_keys import Key

KEY, OTHER = Key("ab" * 32, "11" * 32), Key("cd" * 32, "22" * 32)


@pytest.fixture
def root(tmp_path) -> Path:
    """A small repository."""
    return repository(tmp_path / "here")


@pytest.fixture
def cache(root) -> Cache:
    """The cache of the small repository."""
    return Cache(root / "build" / "cache", code=root / "code")


def again(cache: Cache) -> Cache:
    """Return the cache as another process sees it."""
    return Cache(cache.folder, code=cache._code)


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder with their bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def entry_of(cache: Cache, key: Key) -> Path:
    """Return where an entry lies."""
    return cache.folder / "runs" / key.compute[:2] / key.compute


def test_what_was_stored_is_found_and_brought(cache, tmp_path):
    """By another process too; the notebook with its outputs is no figure."""
    made = figures(tmp_path / "made")
    stored = cache.store(KEY, made, {"seconds": 3})
    assert entry_of(cache, KEY).is_dir()
    found = again(cache).find(KEY)
    assert found.record == stored.record == {"seconds": 3}
    out, executed = tmp_path / "figures" / "kent", tmp_path / "executed" / "kent.ipynb"
    brought = again(cache).bring(found, out, executed=executed)
    assert [p.name for p in brought] == ["charge.csv", "charge.json", "charge.png", "charge.svg", "numbers.json"]
    whole = files(made)
    assert executed.read_bytes() == whole.pop("executed.ipynb")
    assert files(out) == whole


def test_what_was_not_stored_is_not_found(cache, tmp_path):
    """Nor is an entry of other words lost: it is found, and tells that it must be rendered anew."""
    assert cache.find(KEY) is None
    cache.store(KEY, figures(tmp_path / "made"), {})
    assert cache.find(OTHER) is None
    assert cache.find(KEY).is_rendered
    assert not cache.find(Key(KEY.compute, "33" * 32)).is_rendered


def test_a_changed_sentence_renders_anew_without_computing(cache, root, tmp_path):
    """The outputs of the earlier run stand under the new words; the figures are the same files."""
    notebook, out, executed = root / "notebooks" / "charge_share.ipynb", tmp_path / "out", tmp_path / "kent.ipynb"
    with cache:
        before = cache.key(Run(), root)
        cache.bring(cache.store(before, figures(tmp_path / "made"), {}), out, executed=executed, notebook=notebook)
    dates = {p: p.stat().st_mtime_ns for p in out.iterdir()}
    put_notebook(notebook, cells(words="What happened then?"))
    with again(cache) as now:
        key = now.key(Run(), root)
        assert key.compute == before.compute
        assert now.is_placed(key, out)
        assert not now.is_placed(key, out, executed)
        now.bring(now.find(key), out, executed=executed, notebook=notebook)
        assert now.is_placed(key, out, executed)
    told = json.loads(executed.read_text("utf-8"))["cells"]
    assert told[0]["source"] == ["# What happened then?"]
    assert told[2]["outputs"][0]["text"] == ["first"]
    assert {p: p.stat().st_mtime_ns for p in out.iterdir()} == dates


def test_nothing_to_do_is_told_without_reading_a_figure(cache, root, tmp_path, monkeypatch):
    """By a second process too, from one file; the entry itself may be gone."""
    out, executed = tmp_path / "out", tmp_path / "kent.ipynb"
    with cache:
        key = cache.key(Run(), root)
        assert not cache.is_placed(key, out)
        cache.bring(cache.store(key, figures(tmp_path / "made"), {}), out, executed=executed)
        assert cache.is_placed(key, out, executed)
    read, whole = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or whole(path))
    monkeypatch.setattr(Cache, "find", lambda *_: pytest.fail("an entry was looked for"))
    now = again(cache)
    assert now.is_placed(key, out, executed)
    assert not now.is_placed(OTHER, out)
    assert not now.is_placed(key, tmp_path / "elsewhere")
    assert read == ["index.json", "placed.json"]


@pytest.mark.parametrize("change", ["written into", "gone", "replaced", "touched"])
def test_a_figure_that_somebody_changed_is_brought_again(cache, tmp_path, change):
    """At once, however soon after it was put there."""
    out, made = tmp_path / "out", figures(tmp_path / "made", executed=False)
    cache.bring(cache.store(KEY, made, {}), out)
    if change == "written into":
        with (out / "charge.csv").open("r+b") as file:
            file.write(b"m")
    elif change == "gone":
        (out / "charge.csv").unlink()
    elif change == "replaced":
        put(out / "x", "n\nfi")
        os.replace(out / "x", out / "charge.csv")
    else:
        os.utime(out / "charge.csv")
    assert not cache.is_placed(KEY, out)
    cache.bring(cache.find(KEY), out)
    assert cache.is_placed(KEY, out)
    assert files(out) == files(made)


def test_writing_into_a_figure_does_not_write_into_the_cache(cache, tmp_path):
    """Files are copied, never linked: an editor that writes in place harms what is in place alone."""
    out, made = tmp_path / "out", figures(tmp_path / "made", executed=False)
    cache.bring(cache.store(KEY, made, {}), out)
    for path in [*out.iterdir(), *made.iterdir()]:
        with path.open("r+b") as file:
            file.write(b"#####")
    assert again(cache).find(KEY)
    assert not cache.told


def test_old_figures_go_only_when_all_the_new_lie_ready(cache, tmp_path, monkeypatch):
    """A failure leaves the old ones; success takes away those that are no longer made, and nothing else."""
    out = figures(tmp_path / "out", "old", executed=False)
    for suffix in ("svg", "png", "csv", "json"):
        put(out / f"gone.{suffix}", json.dumps({"name": "gone", "notebook": "", "parameters": {}, "alt": ""}))
    put(out / "mine.txt", "a note")
    before = files(out)
    entry = cache.store(KEY, figures(tmp_path / "made", "new", executed=False), {})
    (entry.folder / "numbers.json").write_bytes(b"{}")
    with pytest.raises(EntryDamaged):
        cache.bring(entry, out)
    assert files(out) == before
    cache.bring(cache.find(KEY) or cache.store(KEY, tmp_path / "made", {}), out)
    assert files(out) == {**files(tmp_path / "made"), "mine.txt": b"a note"}


@pytest.mark.parametrize("name", ["entry.json", "charge.svg", "charge.png", "executed.ipynb"])
@pytest.mark.parametrize("damage", ["a byte", "cut short", "gone", "longer"])
def test_a_damaged_entry_is_told_and_made_again(cache, tmp_path, name, damage):
    """One byte is enough; what took its place is whole."""
    made = figures(tmp_path / "made")
    path = cache.store(KEY, made, {}).folder / name
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"a byte": data[:9] + b"~" + data[10:], "cut short": data[:9], "longer": data + b" "}[damage])
    now = again(cache)
    if (name, damage) == ("entry.json", "longer"):  # a blank behind JSON is no other content
        assert now.find(KEY)
        return
    assert now.find(KEY) is None
    assert len(now.told) == 1
    assert "damaged, and is made again" in now.told[0]
    assert not entry_of(cache, KEY).exists()
    assert again(cache).store(KEY, made, {}).read("charge.svg") == (made / "charge.svg").read_bytes()


def test_a_damaged_entry_that_another_left_does_not_stop_a_run(cache, tmp_path):
    """What is stored takes its place."""
    made = figures(tmp_path / "made")
    (cache.store(KEY, made, {}).folder / "charge.csv").write_bytes(b"")
    entry = again(cache).store(KEY, made, {})
    assert entry.read("charge.csv") == (made / "charge.csv").read_bytes()


def test_an_empty_folder_in_place_of_an_entry_is_no_entry(cache, tmp_path):
    """Whoever made it."""
    entry_of(cache, KEY).mkdir(parents=True)
    assert cache.find(KEY) is None
    assert cache.store(KEY, figures(tmp_path / "made"), {})


def test_an_entry_of_another_key_in_its_place_is_no_entry(cache, tmp_path):
    """It tells its own key."""
    folder = cache.store(KEY, figures(tmp_path / "made"), {}).folder
    entry_of(cache, OTHER).parent.mkdir()
    os.rename(folder, entry_of(cache, OTHER))
    assert cache.find(OTHER) is None
    assert cache.told


def test_of_two_that_write_one_key_the_first_stays(cache, tmp_path):
    """The second is dropped, and returns the first."""
    first = cache.store(KEY, figures(tmp_path / "one", "first"), {"by": 1})
    second = again(cache).store(KEY, figures(tmp_path / "two", "second"), {"by": 2})
    assert second.record == first.record == {"by": 1}
    assert list((cache.folder / ".new").iterdir()) == []


def test_many_at_once_leave_one_whole_entry(cache, tmp_path):
    """Eight that store, find and bring the same at the same moment."""
    made, wrong = figures(tmp_path / "made", executed=False), []
    start = threading.Barrier(8)

    def work(number: int) -> None:
        mine = again(cache)
        start.wait()
        for turn in range(10):
            key = Key(f"{turn:02}" * 32, "0" * 64)
            entry = mine.find(key) or mine.store(key, made, {})
            mine.bring(entry, tmp_path / f"out{turn % 3}")
            wrong.extend(mine.told)
        mine.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert wrong == []
    assert all(files(tmp_path / f"out{number}") == files(made) for number in range(3))
    assert list((cache.folder / ".new").iterdir()) == list((cache.folder / ".reading").iterdir()) == []


def test_a_failure_while_storing_leaves_nothing(cache, tmp_path, monkeypatch):
    """A full disk, say."""
    monkeypatch.setattr(os, "rename", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        cache.store(KEY, figures(tmp_path / "made"), {})
    assert [p for p in cache.folder.rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("file", ["code/draw/page.py", "data/tidy/outcomes.csv", "requirements.lock"])
def test_what_changed_while_a_run_was_under_way_is_not_kept(cache, root, tmp_path, file):
    """Nobody knows which of both it shows; the next key is of what is there now."""
    key = cache.key(Run(), root)
    put(root / file, "changed\n")
    with pytest.raises(ChangedMeanwhile, match="while a run was under way"):
        cache.store(key, figures(tmp_path / "made"), {})
    assert cache.find(key) is None
    assert cache.key(Run(), root) == again(cache).key(Run(), root) != key


def test_words_that_changed_while_a_run_was_under_way_do_no_harm(cache, root, tmp_path):
    """They are rendered anew."""
    key = cache.key(Run(), root)
    put_notebook(root / "notebooks" / "charge_share.ipynb", cells(words="Other words"))
    assert cache.store(key, figures(tmp_path / "made"), {})
    assert not again(cache).find(again(cache).key(Run(), root)).is_rendered


def test_another_table_that_changed_meanwhile_does_not_matter(cache, root, tmp_path):
    """The run does not read it."""
    key = cache.key(Run(), root)
    put(root / "data" / "tidy" / "population.csv", "changed\n")
    assert cache.store(key, figures(tmp_path / "made"), {})


def test_the_whole_way_misses_what_changed_and_hits_what_did_not(root, tmp_path):
    """Changing a helper makes; a date, a sentence or a place does not."""
    made = []

    def run(where: Path) -> None:
        with Cache(where / "build" / "cache", code=where / "code") as cache:
            key = cache.key(Run(), where)
            if not cache.is_placed(key, where / "figures"):
                entry = cache.find(key)
                if entry is None:
                    made.append(key)
                    entry = cache.store(key, figures(tmp_path / f"made{len(made)}"), {})
                cache.bring(entry, where / "figures")

    run(root), run(root)
    assert len(made) == 1
    [os.utime(path) for path in root.rglob("*.*")]
    run(root)
    put_notebook(root / "notebooks" / "charge_share.ipynb", cells(words="Other words"))
    run(root)
    os.rename(root, tmp_path / "moved")
    run(tmp_path / "moved")
    assert len(made) == 1
    put(tmp_path / "moved" / "code" / "draw" / "page.py", "WIDTH = 8\n")
    run(tmp_path / "moved")
    assert len(made) == 2


def test_plain_files_only(cache, root, tmp_path):
    """JSON and what the run made: nothing that has to be unpickled."""
    with cache:
        cache.bring(cache.store(cache.key(Run(), root), figures(tmp_path / "made"), {}), tmp_path / "out")
    for path in cache.folder.rglob("*"):
        if path.is_file():
            assert path.suffix in (".json", ".svg", ".png", ".csv", ".ipynb")
            assert path.suffix != ".json" or json.loads(path.read_text("utf-8"))
    code = Path(caching.__file__).parent
    assert not [p.name for p in code.glob("cache*.py") if "pickle" in p.read_text("utf-8").replace("no pickle", "")]


def test_versions_are_told_for_the_record(cache, root):
    """The hash of our code and that of the lock."""
    before = cache.versions(root)
    put(root / "requirements.lock", "matplotlib==9\n")
    after = again(cache).versions(root)
    assert (before["code"] == after["code"], before["lock"] == after["lock"]) == (True, False)


def test_an_entry_that_cannot_be_read_back_stops(cache, tmp_path, monkeypatch):
    """It never runs in circles."""
    monkeypatch.setattr(Cache, "find", lambda *_: None)
    with pytest.raises(StatsError, match="cannot be read back"):
        cache.store(KEY, figures(tmp_path / "made"), {})
