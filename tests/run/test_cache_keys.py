"""What the key of a run covers, and what it does not."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_runs import Run, cell, cells, markdown, put, put_notebook, repository

from stats.run import cache_keys
from stats.run.cache_keys import Inputs, Key, canonical, installed
from stats.run.file_hashes import FileHashes

ROOT = Path(__file__).parents[2]


@pytest.fixture
def root(tmp_path) -> Path:
    """A small repository."""
    return repository(tmp_path / "here")


def key(root: Path, run: Run | None = None, **how: object) -> Key:
    """Return the key of a run as a new process works it out."""
    hashes = FileHashes(root / "build" / "cache" / "index.json")
    found = Inputs(root, hashes, root / "code").key(run or Run(), how)
    hashes.save()
    return found


COMPUTED = {
    "a helper": "code/draw/page.py",
    "a new module": "code/draw/new.py",
    "the style": "code/draw/house.mplstyle",
    "a cell of data": "data/tidy/outcomes.csv",
    "a register": "data/registers/measures.yml",
    "a claim": "data/claims/article_000.yml",
    "the entry of a raw file": "data/raw/home-office/2026/outcomes.csv.yml",
    "made-up data": "data/illustrative/survey.csv",
    "the lock": "requirements.lock",
}


@pytest.mark.parametrize("file", COMPUTED.values(), ids=COMPUTED)
def test_what_a_run_rests_on_misses_when_it_changes(root, file):
    """One letter is enough, and the key comes back with it."""
    before, path = key(root), root / file
    text = path.read_text("utf-8") if path.exists() else None
    put(path, f"{text or ''}#")
    assert key(root).compute != before.compute
    path.unlink() if text is None else put(path, text)
    assert key(root) == before


@pytest.mark.parametrize("file", [f for f in COMPUTED.values() if f != "code/draw/new.py"])
def test_a_file_that_is_gone_misses(root, file):
    """Missing is not empty."""
    before = key(root)
    (root / file).write_bytes(b"")
    empty = key(root)
    (root / file).unlink()
    assert len({before, empty, key(root)}) == 3


def test_a_file_that_moved_misses(root):
    """Names count, not bytes alone."""
    before = key(root)
    os.rename(root / "code" / "draw" / "page.py", root / "code" / "page.py")
    assert key(root).compute != before.compute


@pytest.mark.parametrize(
    "run",
    [Run(parameters={"area": "Surrey", "offence": "Stalking"}), Run(parameters={"area": "Kent"}), Run(parameters={}),
     Run(notebook="people_and_case_files")],
)  # fmt: skip
def test_another_run_has_another_key(root, run):
    """By parameter or notebook."""
    assert key(root, run).compute != key(root).compute


def test_what_else_a_run_was_told_has_another_key(root):
    """A draft is marked as one on its figures."""
    assert len({key(root), key(root, is_draft=True), key(root, is_draft=False)}) == 3


def test_the_name_of_a_run_and_the_order_of_its_parameters_do_not_count(root):
    """They change no byte of what it makes."""
    other = Run(name="another", parameters={"offence": "Stalking", "area": "Kent"})
    assert key(root, other) == key(root)


@pytest.mark.parametrize(
    "of",
    [cells(code="share = 2\nshare"), [*cells(), cell("more")], [cells()[0], *cells()[2:]],
     [cells()[0], cells()[2], cells()[1], cells()[3]],
     [cells()[0], cells()[1], cell("share = 1\nshare", tags=["skip-execution"]), cells()[3]]],
    ids=["a letter", "a cell more", "a cell less", "their order", "a tag"],
)  # fmt: skip
def test_other_code_in_a_notebook_misses(root, of):
    """Code cells count in order, with their tags."""
    before = key(root)
    put_notebook(root / "notebooks" / "charge_share.ipynb", of)
    assert key(root).compute != before.compute


@pytest.mark.parametrize(
    "of",
    [cells(words="What became of these?"), cells()[:-1], [*cells(), markdown("More.")],
     [cells()[0], markdown("Between."), *cells()[1:]], [cells()[1], cells()[0], *cells()[2:]]],
    ids=["a sentence", "one less", "one more", "between", "moved"],
)  # fmt: skip
def test_other_words_in_a_notebook_change_only_how_it_reads(root, of):
    """The same is computed."""
    before = key(root)
    put_notebook(root / "notebooks" / "charge_share.ipynb", of)
    assert key(root).compute == before.compute
    assert key(root).render != before.render


def test_the_outputs_in_a_notebook_do_not_count(root):
    """They are of its default parameters, and are made anew."""
    before, ran = key(root), cells()
    ran[2] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "1"}], "execution_count": 3}
    put_notebook(root / "notebooks" / "charge_share.ipynb", ran)
    assert key(root) == before


def test_a_table_that_a_notebook_does_not_declare_does_not_count(root):
    """Nor what is told of how it was made; its own does."""
    before, tidy = key(root), root / "data" / "tidy"
    put(tidy / "population.csv", "area_code,people_n\nE23000032,1901\n")
    put(tidy / "made.json", json.dumps({"outcomes": {"sha256": "aa"}, "population": {"sha256": "cc"}}))
    assert key(root) == before
    put(tidy / "made.json", json.dumps({"outcomes": {"sha256": "cc"}, "population": {"sha256": "cc"}}))
    assert key(root).compute != before.compute


def test_touching_files_changes_nothing(root):
    """A date is no content."""
    before = key(root)
    for path in root.rglob("*"):
        os.utime(path, (1_500_000_000, 1_500_000_000))
    assert key(root) == before


def test_a_moved_repository_has_the_same_keys(root, tmp_path):
    """Renamed or copied."""
    before = key(root)
    shutil.copytree(root, tmp_path / "elsewhere" / "there")
    assert key(tmp_path / "elsewhere" / "there") == before
    os.rename(root, tmp_path / "moved")
    assert key(tmp_path / "moved") == before


@pytest.mark.parametrize(
    "name",
    [
        "code/__pycache__/page.pyc",
        "code/.page.py.swp",
        "data/registers/.measures.yml.x",
        "code/notes.txt",
        "build/x.py",
        "figures/x.csv",
        "notebooks/other.ipynb",
    ],
)
def test_what_no_run_reads_does_not_count(root, name):
    """Compiled code, the hidden files of editors, what is built, other notebooks."""
    before = key(root)
    put(root / name, "{}")
    assert key(root) == before


def test_another_python_another_schema_or_another_package_misses(root, monkeypatch):
    """The lock may be as it was, and another version installed all the same."""
    found = [key(root)]
    monkeypatch.setattr(cache_keys.sys, "version_info", (3, 99, 0))
    found.append(key(root))
    monkeypatch.setattr(cache_keys, "SCHEMA", 99)
    found.append(key(root))
    monkeypatch.setattr(cache_keys, "installed", lambda: ["matplotlib-9.9.dist-info"])
    assert len({*found, key(root)}) == 4


def test_a_patch_of_python_does_not_miss(root, monkeypatch):
    """Only its minor version counts."""
    before = key(root)
    monkeypatch.setattr(cache_keys.sys, "version_info", (*sys.version_info[:2], 99))
    assert key(root) == before


def test_what_is_installed_is_told_by_name_and_version():
    """As pip leaves it; our own package counts by its code."""
    found = installed()
    assert any(name.startswith("matplotlib-3") for name in found)
    assert not any(name.startswith("plainfigures") for name in found)


def test_what_a_notebook_reads_is_remembered_by_the_code(root, monkeypatch):
    """A second process does not import the models; other code is asked anew."""
    monkeypatch.setattr(cache_keys, "_newest", lambda _: 0)
    before = key(root)
    told = json.loads((root / "build" / "cache" / "index.json").read_text("utf-8"))["notes"]["reads"]
    assert told["charge_share"] == ["outcomes"]
    from stats.run import parameters

    monkeypatch.setattr(parameters, "model_of", lambda _: pytest.fail("the models were asked"))
    assert key(root) == before
    put(root / "code" / "draw" / "page.py", "WIDTH = 7\n")
    with pytest.raises(pytest.fail.Exception):
        key(root)


def test_what_is_imported_is_not_remembered_for_code_that_is_newer(root):
    """The models of this process are then not those that were hashed."""
    put(root / "code" / "draw" / "page.py", "WIDTH = 7\n")
    key(root)
    assert "reads" not in json.loads((root / "build" / "cache" / "index.json").read_text("utf-8"))["notes"]


PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


@given(st.dictionaries(st.text(max_size=5), PLAIN | st.lists(PLAIN, max_size=3), max_size=5))
def test_canonical_json_knows_no_order_and_loses_nothing(value):
    """The same whatever the order of names; what differs is written differently."""
    assert canonical(dict(reversed(value.items()))) == canonical(value)
    assert json.loads(canonical(value)) == value


READ = """
import contextlib, glob, io, json, os, sys, tempfile
root, seen = os.getcwd() + os.sep, set()
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
        path = os.path.abspath(os.fsdecode(args[0]))
        seen.add(path[len(root):] if path.startswith(root) else "")
sys.addaudithook(hook)
import stats.registers, stats.publish.figures
stats.publish.figures.publish = lambda drawing, _: drawing  # the pictures are not needed
os.environ.update(MPLBACKEND="agg", STATS_OUT=tempfile.mkdtemp())
found = {}
for path in sys.argv[1:]:
    cells = json.load(open(path))["cells"]
    stats.registers._load.cache_clear()
    seen.clear()
    space = {"display": lambda *_, **__: None, "__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), space)
    found[path] = sorted(seen)
print(json.dumps(found))
"""
COVERED = ("data/registers/", "data/claims/", "data/raw/", "data/illustrative/", "src/stats/", "notebooks/")


def test_a_notebook_reads_nothing_that_its_key_does_not_cover():
    """Every file of the repository that is opened while the cells of the shipped notebooks run is declared."""
    from stats.run.parameters import MODELS

    paths = {f"notebooks/{name}.ipynb": name for name in MODELS}
    done = subprocess.run([sys.executable, "-c", READ, *paths], cwd=ROOT, capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "STATS_HOME": str(ROOT)})  # fmt: skip
    for path, read in json.loads(done.stdout).items():
        declared = {"", "data/tidy/made.json", *(f"data/tidy/{table}.csv" for table in MODELS[paths[path]].reads)}
        assert len(read) > 30
        ours = [name for name in read if not name.startswith(".venv/")]  # packages: the lock covers them
        assert [name for name in ours if name not in declared and not name.startswith(COVERED)] == [], path


def test_the_folders_of_data_that_are_read_are_those_of_the_key():
    """The list above says no more than the key covers."""
    assert {name.split("/")[1] for name in COVERED if name.startswith("data/")} == set(cache_keys.DATA)


def test_the_light_modules_import_nothing_heavy():
    """A run with nothing to do works out keys with these alone."""
    for name in ("cache", "cache_keys", "file_hashes", "placed"):
        tree = ast.parse((ROOT / "src" / "stats" / "run" / f"{name}.py").read_text("utf-8"))
        top = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        names = {(node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) for node in top}
        ours = {n for n in names if n.startswith("stats.")}
        assert ours <= {"stats.run.cache_keys", "stats.run.file_hashes", "stats.run.placed"}
        assert names - ours <= {"__future__", "hashlib", "json", "os", "sys", "time", "pathlib", "typing",
                                "collections.abc", "contextlib"}  # fmt: skip
