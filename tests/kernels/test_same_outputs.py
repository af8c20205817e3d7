"""What a forked kernel and our engine write equals, cell by cell, what a plain kernel and papermill's own write."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
ENGINES = {"forked": ("stats-fork", "stats"), "stock": ("python3", "nbclient")}
SCRIPT = """
import os, sys
import papermill
kernel, engine, out, *notebooks = sys.argv[1:]
for notebook in notebooks:
    name = os.path.basename(notebook)
    os.environ["STATS_OUT"] = os.path.join(out, "figures", name)
    os.makedirs(os.environ["STATS_OUT"])
    try:
        papermill.execute_notebook(notebook, os.path.join(out, name), kernel_name=kernel, engine_name=engine,
            progress_bar=False, cwd=os.path.dirname(notebook))
    except papermill.PapermillExecutionError as problem:
        print(name, problem.ename)
"""
MAY = ["raises-exception"]
AWKWARD = (
    "import sys, os\nfor n in range(3):\n    print('out', n)\n    sys.stdout.flush()\n"
    "    print('err', n, file=sys.stderr)\n    sys.stderr.flush()",
    "from IPython.display import *\nshown = display(HTML('<b>first</b>'), display_id='here')\n"
    "display(Markdown('*m*'), Latex('$x$'), JSON({'a': [1, None]}), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))",
    "update_display(HTML('<b>second</b>'), display_id='here')",
    "display({'text/plain': 'p', 'application/x-own+json': {'k': 1}}, raw=True, metadata={'text/plain': {'w': 2}})",
    "print('gone'); clear_output(); print('stays')",
    "print('gone late'); sys.stdout.flush(); clear_output(wait=True); display('instead')",
    "import asyncio\nawait asyncio.sleep(0.01)\n'slept'",
    "import subprocess\nprint(subprocess.run(['echo', 'child'], capture_output=True, text=True).stdout)",
    "!echo by the shell",
    "%%bash\necho in a cell; echo wrong >&2; exit 0",
    "os.system('echo below python'); os.write(1, b'file number one\\n'); import time; time.sleep(0.5)",
    "import threading\ndef work(n):\n    print('thread', n)\nfor n in range(3):\n"
    "    t = threading.Thread(target=work, args=(n,)); t.start(); t.join()",
    "from concurrent.futures import ThreadPoolExecutor\nlist(ThreadPoolExecutor(3).map(lambda n: n * n, range(5)))",
    "import multiprocessing as mp\nwith mp.get_context('fork').Pool(2) as pool:\n    print(pool.map(abs, [-1, -2]))",
    ("1 / 0", MAY),
    ("def broken(:\n    pass", MAY),
    ("class Own(Exception): pass\ntry:\n    {}['key']\nexcept KeyError as e:\n    raise Own('said', 3) from e", MAY),
    ("undefined", MAY),
    ("def deep(n):\n    assert n, 'deep down'\n    deep(n - 1)\ndeep(3)", MAY),
    ("import signal\nos.kill(os.getpid(), signal.SIGINT)\nimport time; time.sleep(5)", MAY),
    ("import time\ntry:\n    os.kill(os.getpid(), signal.SIGINT); time.sleep(5)\n"
     "except KeyboardInterrupt:\n    print('caught')", MAY),
    ("raise SystemExit(3)", MAY),
    ("sys.exit()", MAY),
    ("input('who? ')", MAY),
    "import warnings; warnings.warn('careful'); import logging; logging.warning('logged')",
    "import numpy as np, pandas as pd\nnp.random.seed(1)\npd.DataFrame(np.random.rand(3, 2).round(6))",
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(); ax.plot([1, 3, 2], label='β'); ax.legend(); plt.show()",
    "plt.figure(); plt.bar(['x', 'y'], [1, 2])",
    "from matplotlib.figure import Figure\nf = Figure(); f.add_subplot().hist([1, 2, 2]); f",
    "%matplotlib inline\n%config InlineBackend.figure_format = 'svg'\n"
    "plt.rcParams['svg.hashsalt'] = 'a'\nplt.plot([1, 2]); plt.show()",
    "import matplotlib; print(matplotlib.get_backend(), plt.get_fignums(), matplotlib.is_interactive())",
    "In[1][:6], Out[7], _, __name__, get_ipython().__class__.__name__",
    "%whos str",
    "",
    "# only a comment",
    "x = 5;",
    "x",
)  # fmt: skip
FAILING = ("1", "print('before')", "raise ValueError('here')", "print('never')")
LEAVING = ("1", "import sys; sys.exit(0)", "print('never')")


@pytest.fixture(scope="module")
def executed(tmp_path_factory, write_notebook) -> dict[str, dict[str, Any]]:
    """Every notebook run by both engines, the two side by side; what each said about failures is in `said`."""
    folder = tmp_path_factory.mktemp("same")
    given = [write_notebook(folder, *cells, name=f"{name}.ipynb") for name, cells in
             {"awkward": AWKWARD, "failing": FAILING, "leaving": LEAVING}.items()]  # fmt: skip
    given += [ROOT / "notebooks" / f"{name}.ipynb" for name in SHIPPED]
    running = {}
    for name, (kernel, engine) in ENGINES.items():
        (folder / name).mkdir()
        env = {n: v for n, v in os.environ.items() if n not in ("STATS_OUT", "PYTEST_CURRENT_TEST")}
        words = [sys.executable, "-c", SCRIPT, kernel, engine, str(folder / name), *map(str, given)]
        running[name] = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env, cwd=folder)
    said = {name: process.communicate(timeout=300)[0] for name, process in running.items()}
    assert {process.returncode for process in running.values()} == {0}
    found = {path.stem: {n: json.loads((folder / n / path.name).read_text("utf-8")) for n in ENGINES} for path in given}
    figures = {n: {str(p.relative_to(folder / n)): p.read_bytes() for p in sorted((folder / n / "figures").rglob("*.*"))
                   if p.is_file()} for n in ENGINES}  # fmt: skip
    return {**found, "said": said, "figures": figures}


def plain(text: str) -> str:
    """Return text without what differs between any two runs: numbers of processes, addresses, dates."""
    text = re.sub(r"ipykernel_\d+/\d+", "ipykernel_N/N", text)
    text = re.sub(r"0x[0-9a-f]{6,}", "0xN", text)
    return re.sub(r"<dc:date>.*?</dc:date>", "", text)


def comparable(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell without the times of its run; that there are times is kept."""
    kept = json.loads(plain(json.dumps(cell)))
    for name in ("start_time", "end_time", "duration"):
        papermill = kept["metadata"].get("papermill", {})
        if name in papermill:
            papermill[name] = papermill[name] is not None
    if "execution" in kept["metadata"]:
        kept["metadata"]["execution"] = sorted(kept["metadata"]["execution"])
    kept.pop("id", None)
    kept["outputs"] = joined(kept.get("outputs", []))
    return kept


def joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return outputs with neighbours of one stream as one: where a stream breaks is a matter of time, of any engine."""
    found: list[dict[str, Any]] = []
    for output in outputs:
        is_stream = output["output_type"] == "stream"
        one = {**output, "text": "".join(output["text"])} if is_stream else output
        if found and is_stream and one["name"] == found[-1].get("name"):
            found[-1]["text"] += one["text"]
        else:
            found.append(one)
    return found


@pytest.mark.parametrize("name", [*SHIPPED, "awkward", "failing", "leaving"])
def test_cells_are_equal(executed, name: str) -> None:
    """Sources, counts, streams, displays, errors, metadata and the bytes of pictures are those of the stock engine."""
    forked, stock = (executed[name][kind] for kind in ENGINES)
    assert len(forked["cells"]) == len(stock["cells"])
    for ours, theirs in zip(forked["cells"], stock["cells"], strict=True):
        assert comparable(ours) == comparable(theirs)


@pytest.mark.parametrize("name", [*SHIPPED, "awkward", "failing", "leaving"])
def test_what_is_said_of_the_notebook_is_equal(executed, name: str) -> None:
    """Kernel, language and papermill's record have the same fields with the same values, times aside."""
    forked, stock = (executed[name][kind]["metadata"] for kind in ENGINES)
    assert {**forked, "papermill": sorted(forked["papermill"])} == {**stock, "papermill": sorted(stock["papermill"])}
    for field in ("exception", "parameters", "environment_variables", "version"):
        assert forked["papermill"].get(field) == stock["papermill"].get(field)


def test_files_of_figures_are_the_same_bytes(executed) -> None:
    """The pictures and tables that the shipped notebooks write do not depend on how the kernel was started."""
    assert len(executed["figures"]["stock"]) > 30
    assert executed["figures"]["forked"] == executed["figures"]["stock"]


def test_the_same_runs_fail_with_the_same_error(executed) -> None:
    """Papermill's error comes for an error, and none for an exit with status 0."""
    assert executed["said"]["forked"] == executed["said"]["stock"]
    assert executed["said"]["forked"].splitlines()[-1] == "failing.ipynb ValueError"
    states = [cell["metadata"]["papermill"]["status"] for cell in executed["leaving"]["forked"]["cells"]]
    assert states == ["completed", "failed", "pending"]
