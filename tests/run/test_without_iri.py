"""One optional module of jsonschema is kept out of our processes, and nothing else changes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from stats.run.without_iri import FORMATS, MODULE


def told(code: str):
    """What a fresh process prints as JSON."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_notebooks_are_read_and_run_without_the_module() -> None:
    """nbformat, papermill and nbclient are imported, and the grammar is not."""
    code = (
        "import json, sys; from stats.run.without_iri import leave_out_iri, MODULE; leave_out_iri()\n"
        "import nbformat, papermill, nbclient, jsonschema\n"
        "notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('1 + 1')]); nbformat.validate(notebook)\n"
        "print(json.dumps([sys.modules[MODULE] is None, 'lark' in sys.modules]))"
    )
    assert told(code) == [True, False]


def test_jsonschema_leaves_two_formats_unchecked_and_no_more() -> None:
    """If jsonschema comes to use the module for more, or to need it, this fails."""
    code = (
        "import json, sys; from stats.run.without_iri import leave_out_iri; {}\n"
        "import jsonschema; print(json.dumps(sorted(jsonschema.FormatChecker.checkers)))"
    )
    whole, less = (set(told(code.format(call))) for call in ("", "leave_out_iri()"))
    assert whole - less == set(FORMATS)
    assert less < whole


def test_no_schema_of_nbformat_has_what_is_unchecked() -> None:
    """A notebook is validated as strictly as before."""
    schemas = [path.read_text("utf-8") for path in Path(nbformat.__file__).parent.rglob("*.schema.json")]
    assert len(schemas) > 5
    assert not [name for text in schemas for name in FORMATS if f'"{name}"' in text]


@pytest.mark.parametrize("module", ["stats.run.execute", "stats.run.notebooks"])
def test_whoever_imports_nbformat_or_papermill_leaves_it_out_first(module: str) -> None:
    """In our sources, the call stands before the import."""
    text = (Path(__file__).parents[2] / "src" / f"{module.replace('.', '/')}.py").read_text("utf-8")
    first = min(text.find(name) for name in ("import nbformat", "from papermill", "from nbclient") if name in text)
    assert 0 < text.find("leave_out_iri()") < first


def test_every_module_of_ours_that_imports_nbformat_is_named_here() -> None:
    """A new one must leave it out too; stats.kernels is a library of its own, and whoever calls it has left it out."""
    source = Path(__file__).parents[2] / "src"
    importing = [
        ".".join(path.relative_to(source).with_suffix("").parts)
        for path in sorted((source / "stats").rglob("*.py"))
        if any(f"{word} {name}" in path.read_text("utf-8") for word in ("import", "from") for name in NOTEBOOKS)
        and path.stem != "without_iri"
        and "kernels" not in path.parts
    ]
    assert importing == ["stats.run.execute", "stats.run.notebooks"]


NOTEBOOKS = ("nbformat", "papermill", "nbclient")


def test_the_module_is_left_alone_where_it_is_there_already() -> None:
    """Whoever imported it before us keeps it."""
    code = (
        "import json, sys, types; from stats.run.without_iri import leave_out_iri, MODULE\n"
        "here = sys.modules[MODULE] = types.ModuleType(MODULE); leave_out_iri()\n"
        "print(json.dumps(sys.modules[MODULE] is here))"
    )
    assert told(code) is True
    assert MODULE == "rfc3987_syntax"
