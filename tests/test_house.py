"""House rules that a machine can keep."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

from stats.present import STAND_FOR_THEMSELVES, fitting
from stats.registers import load
from stats.run.environment import environment, locked_versions, name_of
from stats.run.parameters import MODELS
from stats.run.plan import brief_paths, defaults, load_brief

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "stats").rglob("*.py"))
ORDER = (
    "errors", "home", "period", "registers", "check", "read", "clean", "present", "estimate", "claims", "draw",
    "publish", "kernels", "run", "cli_help", "cli_check", "cli_claims", "cli_documents", "cli_release", "cli_run",
    "cli_runs", "cli", "door", "__main__",
)  # fmt: skip
"""A module imports only from what stands before it."""


def stage(name: str) -> int:
    """Return the place of a module in the order."""
    return ORDER.index(name.split(".")[1])


def imports(path: Path) -> list[str]:
    """Return the modules of ours that a file imports."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "stats":
            found += [f"stats.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("stats."):
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.startswith("stats.")]
    return [name for name in found if name != "stats.__version__"]


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_a_module_imports_only_from_what_stands_above_it(path: Path) -> None:
    """Data flows one way: raw, read, clean, check, estimate, draw, publish."""
    module = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
    if module == "stats.__init__":
        assert not imports(path)
        return
    assert [name for name in imports(path) if stage(name) > stage(module)] == []


def test_kernels_can_be_taken_out() -> None:
    """The kernels import nothing else of ours, and the parent process nothing of ours at all."""
    for path in (ROOT / "src" / "stats" / "kernels").glob("*.py"):
        allowed = () if path.stem in ("parent", "preloading", "child", "wire") else ("stats.kernels",)
        assert [name for name in imports(path) if not name.startswith(allowed or "nothing")] == [], path.name


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_functions_and_modules_stay_small(path: Path) -> None:
    """A function body has at most 40 lines, a module at most 250."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            assert not body or body[-1].end_lineno - body[0].lineno < 40, node.name


def test_only_four_stages_touch_the_disk() -> None:
    """What stands between reading and publishing is a pure function of its arguments."""
    touching = re.compile(r"\.(read_bytes|read_text|write_bytes|write_text|open)\(|\bopen\(|read_csv\(|to_csv\(")
    pure = [
        p for p in SOURCES if p.relative_to(ROOT / "src" / "stats").parts[0] in ("clean", "estimate", "claims", "draw")
    ]
    pure += [ROOT / "src" / "stats" / f"{name}.py" for name in ("check", "present", "period")]
    assert [p.name for p in pure if touching.search(p.read_text("utf-8"))] == []


def test_every_dependency_is_locked_and_imports() -> None:
    """The list in pyproject.toml, the lock and what is installed agree."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    locked = locked_versions(ROOT)
    for name in map(name_of, asked):
        assert name in locked, name
    modules = {"pillow": "PIL", "pyyaml": "yaml", "python-calamine": "python_calamine"}
    for name in map(name_of, project["dependencies"]):
        assert import_module(modules.get(name, name))
        assert version(name)


def test_the_lock_records_no_download_address() -> None:
    """A lock with an address would tie everybody to one registry."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    pinned = len(re.findall(r"^\S+==", text, re.M))
    assert pinned > 50
    assert text.count("--hash=sha256:") >= pinned


def test_environment_yml_agrees_with_the_lock() -> None:
    """`environment.yml` is what `stats environment` makes, pin by pin."""
    text = (ROOT / "environment.yml").read_text("utf-8")
    assert text.encode() == environment(ROOT)
    locked = locked_versions(ROOT)
    pins = dict(re.findall(r"- ([\w.-]+)==(\S+)", text))
    assert {"pandas", "matplotlib", "papermill", "statsmodels", "jupyterlab"} <= set(pins)
    assert all(locked[name] == version for name, version in pins.items())


def test_a_pin_changed_in_environment_yml_is_seen(tmp_path: Path) -> None:
    """The comparison above bites."""
    for name in ("pyproject.toml", "requirements.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    lock = tmp_path / "requirements.lock"
    lock.write_text(lock.read_text("utf-8").replace("pandas==", "pandas==9."), "utf-8")
    assert environment(tmp_path) != (ROOT / "environment.yml").read_bytes()


@pytest.mark.parametrize("notebook", MODELS)
def test_the_parameters_cell_and_the_model_name_the_same_parameters(notebook: str) -> None:
    """A parameter lives in two places only, and they agree; each is described in the cell."""
    cell = defaults(notebook, ROOT)
    assert list(cell) == list(MODELS[notebook].model_fields)
    assert MODELS[notebook].ask(**cell).notebook == notebook
    assert all(field.description for field in MODELS[notebook].model_fields.values())


@pytest.mark.parametrize("notebook", MODELS)
def test_the_default_of_each_notebook_is_a_published_brief(notebook: str) -> None:
    """What a reader of the notebook sees is a figure that is committed."""
    default = MODELS[notebook].ask(**defaults(notebook, ROOT))
    briefs = [load_brief(path) for path in brief_paths((), ROOT)]
    assert default in [brief.asked for brief in briefs if brief.notebook == notebook]


def test_there_is_a_brief_for_each_article_one_national_and_one_force() -> None:
    """The five articles, the national headline and a single force are all covered."""
    briefs = [load_brief(path) for path in brief_paths((), ROOT)]
    assert {brief.document for brief in briefs if brief.document} == set(load().documents)
    areas = {brief.parameters.get("area") for brief in briefs}
    assert {"England and Wales", "Lincolnshire"} <= areas


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebooks_are_thin(path: Path) -> None:
    """About ten cells, one question, no function, no path, no number typed into prose."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert 8 <= len(cells) <= 16
    assert cells[0]["cell_type"] == "markdown"
    assert "".join(cells[0]["source"]).startswith("# ")
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert not re.search(r"^\s*(def|class) |Path\(|\bopen\(|\.csv|\.png|%", text, re.M)
        else:
            assert not re.search(r"\d", text.replace("1,000", ""))


def test_every_figure_on_disk_belongs_to_a_brief_and_has_its_four_files() -> None:
    """A figure without its table or its meaning cannot be committed."""
    briefs = {path.stem for path in brief_paths((), ROOT)}
    folders = {path.name for path in (ROOT / "figures").iterdir() if path.is_dir()}
    assert folders == briefs
    for folder in (ROOT / "figures").iterdir():
        stems = {path.stem for path in folder.glob("*.svg")}
        assert stems
        for stem in stems:
            assert {p.suffix for p in folder.glob(f"{stem}.*")} == {".svg", ".png", ".csv", ".json"}


def test_alternative_texts_are_all_different_and_hold_a_number() -> None:
    """No two pictures may be described by the same words."""
    alts = {}
    for path in (ROOT / "figures").glob("*/*.json"):
        if path.name != "numbers.json":
            record = json.loads(path.read_text("utf-8"))
            alts[path] = record["alt"]
            assert re.search(r"\d", record["alt"])
            assert not record["is_draft"]
    assert len(set(alts.values())) == len(alts)


def test_captions_are_short_enough_to_be_pasted() -> None:
    """The words that go with a figure into a text or onto a slide are fewer than 60."""
    captions = [json.loads(p.read_text("utf-8")).get("caption") for p in (ROOT / "figures").glob("*/*.json")]
    told = [caption for caption in captions if caption]
    assert len(told) > 30
    assert [caption for caption in told if len(caption.split()) >= 60] == []


def test_conviction_rate_never_stands_without_its_base() -> None:
    """The words 'conviction rate' appear in no figure and no notebook's prose."""
    texts = [p.read_text("utf-8") for p in (ROOT / "figures").glob("*/*.svg")]
    for path in (ROOT / "figures").glob("*/*.json"):
        record = json.loads(path.read_text("utf-8"))
        texts += [str(record.get(key)) for key in ("title", "subtitle", "notes", "alt", "description")]
    assert texts
    assert not [t for t in texts if "conviction rate" in t.casefold()]


def test_figures_claim_no_more_than_their_basis_bears() -> None:
    """Where all numbers are of people who answered or files reviewed, title and alt hold no national noun."""
    seen = 0
    for path in (ROOT / "figures").glob("*/*.json"):
        record = json.loads(path.read_text("utf-8"))
        bases = {number["basis"] for number in record["numbers"]} if path.name != "numbers.json" else set()
        for basis in bases & set(STAND_FOR_THEMSELVES) if bases <= set(STAND_FOR_THEMSELVES) else ():
            assert fitting(record["title"], basis=basis)
            assert fitting(record["alt"], basis=basis)
            seen += 1
    assert seen >= 3


def test_no_article_text_is_committed() -> None:
    """Quotes stay short: at most 25 words of an article, at most 16 of a printed figure."""
    for document in load().documents.values():
        assert all(len(claim.quote.split()) <= 25 for claim in document.claims)
    import csv

    for path in (ROOT / "data" / "raw" / "plain-figures").rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            assert all(len(row["quote"].split()) <= 16 for row in csv.DictReader(file))


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        *(
            f"docs/{name}.md"
            for name in (
                "checking",
                "packs",
                "foi_and_surveys",
                "limitations",
                "methodology",
                "methods",
                "running",
                "runs",
                "scale",
                "many_machines",
            )
        ),
    ],
)
def test_links_in_documents_lead_somewhere(name: str) -> None:
    """A relative link names a file that is there."""
    path = ROOT / name
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8"))
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_command_stands_in_the_readme() -> None:
    """Every word after `make` and every `stats` command is documented."""
    readme = (ROOT / "README.md").read_text("utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert {"data", "figures", "check", "format", "reproduce", "lab", "clean", "help", "test"} <= set(targets)
    assert [t for t in targets if t != "all" and f"make {t}" not in readme] == []
    from stats.cli import cli

    assert [c for c in cli.commands if f"stats {c}" not in readme] == []
