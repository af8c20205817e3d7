"""A project's own code that the parent has imported is never stale: what changes is what the next kernel sees."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from stats.kernels.key import READ_AT_START
from stats.kernels.watching import has_changed, noted, places_of
from stats.run.figures_only import imported_by

ROOT = Path(__file__).parents[2]
SAY = "import ours_in, os; print(ours_in.words(), os.getppid())"
WORDS = (
    "from pathlib import Path\nfrom ours_in import part\ndef words():\n"
    "    try:\n        from ours_in.late import late\n"
    "    except ImportError:\n        late = 'never'\n"
    "    return f\"{part.value}-{late}-{DATA}\"\nDATA = Path(__file__).with_name('data.json').read_text()\n"
)


def write_package(folder: Path, value: str = "1") -> Path:
    """Write a package of two modules and a file of data that is read when it is imported."""
    package = folder / "ours_in"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(WORDS, "utf-8")
    (package / "part.py").write_text(f"value = {value}\n", "utf-8")
    (package / "data.json").write_text("{}", "utf-8")
    return package


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package on the path that the parent of kernels imports, and a kernel that says so."""
    config = {"preloads": ["ipykernel.kernelapp", "ipykernel.ipkernel"], "also": ["ours_in.part"]}
    spec = {
        "argv": ["python", "-m", "ipykernel_launcher", "-f", "{connection_file}"], "display_name": "of this test",
        "language": "python",
        "metadata": {"kernel_provisioner": {"provisioner_name": "stats-fork", "config": config}},
    }  # fmt: skip
    (tmp_path / "jupyter" / "kernels" / "stats-fork").mkdir(parents=True)
    (tmp_path / "jupyter" / "kernels" / "stats-fork" / "kernel.json").write_text(json.dumps(spec), "utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'src'}{os.pathsep}{ROOT / 'src'}")
    (tmp_path / "src").mkdir()
    return write_package(tmp_path / "src")


@pytest.fixture
def said(start, package: Path) -> Callable[..., tuple[str, int]]:
    """Return what a new kernel says of the package, and the number of its parent."""

    def say(**options: Any) -> tuple[str, int]:
        kernel = start(cwd=str(package.parents[1]), **options)
        assert kernel.manager.provisioner.why_plain == ""
        words, parent = kernel.ask(SAY).split()
        assert kernel.ask("import sys; print('ours_in.part' in sys.modules)") == "True\n"
        kernel.end()
        return words, int(parent)

    return say


def _same_size_same_second(package: Path) -> str:
    part = package / "part.py"
    before = part.stat()
    part.write_text("value = 2\n", "utf-8")
    os.utime(part, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert part.stat().st_mtime_ns == before.st_mtime_ns
    return "2-never-{}"


def _added(package: Path) -> str:
    (package / "late.py").write_text("late = 'late'", "utf-8")
    return "1-late-{}"


def _removed(package: Path) -> str:
    (package / "part.py").unlink()
    (package / "part").mkdir()
    (package / "part" / "__init__.py").write_text("value = 'folder'", "utf-8")
    return "folder-never-{}"


def _data(package: Path) -> str:
    (package / "data.json").write_text("[]", "utf-8")
    return "1-never-[]"


def _replaced(package: Path) -> str:
    (package / "new").write_text("value = 3\n", "utf-8")
    (package / "new").replace(package / "part.py")
    return "3-never-{}"


def _another_before_it(package: Path) -> str:
    write_package(package.parents[1] / "before", "'before'")
    return "before-never-{}"


CHANGES = (_same_size_same_second, _added, _removed, _data, _replaced)


def test_nothing_that_changes_is_missed(said, package: Path) -> None:
    """A parent serves as long as nothing changes; a module or data that does is seen by the next kernel."""
    words, parent = said()
    assert (words, said()[1]) == ("1-never-{}", parent)
    _, again = said()
    assert again == parent
    for change in CHANGES:
        shutil.rmtree(package)
        write_package(package.parent)
        _, old = said()
        expected = change(package)
        words, new = said()
        assert (change.__name__, words) == (change.__name__, expected)
        assert new != old


def test_what_python_itself_writes_is_no_change(said, package: Path) -> None:
    """Compiled code beside a module, in a folder that was not there, leaves the parent as it is."""
    _, parent = said()
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(package)], check=True)
    assert (package / "__pycache__").is_dir()
    assert said()[1] == parent


def test_a_kernel_that_runs_goes_on_and_its_parent_ends_with_it(start, said, package: Path, all_end) -> None:
    """It keeps the code that it began with, obeys signals and tells how it ended, beside a parent of the new code."""
    old = start(cwd=str(package.parents[1]))
    words, parent = old.ask(SAY).split()
    (package / "part.py").write_text("value = 'new'\n", "utf-8")
    new, another = said()
    assert (words, new) == ("1-never-{}", "new-never-{}")
    assert another != int(parent)
    assert old.ask(SAY).split() == [words, parent]
    asked = old.begin("import time\nwhile True: time.sleep(0.01)")
    old.do(old.manager.interrupt_kernel())
    assert old.do(old.client._async_recv_reply(asked, timeout=60))["content"]["ename"] == "KeyboardInterrupt"
    process = old.manager.provisioner.process
    assert not all_end(int(parent), within=0.2)
    old.end()
    assert process.returncode == 0
    assert all_end(int(parent))
    assert said() == ("new-never-{}", another)


def test_two_clients_at_once_share_the_parent_of_the_new_code(said, package: Path) -> None:
    """Whoever asks, in the same moment, after a change: none is turned away, and none gets a plain kernel."""
    script = (
        "import asyncio, sys\nfrom jupyter_client.manager import start_new_async_kernel\nasync def go():\n"
        "    async def one():\n"
        "        m, c = await start_new_async_kernel(kernel_name='stats-fork')\n"
        f"        await c.execute_interactive({SAY!r})\n        c.stop_channels()\n"
        "        await m.shutdown_kernel()\n"
        "    await one()\n    print('first', flush=True)\n    sys.stdin.readline()\n"
        "    await asyncio.gather(one(), one())\n    sys.stdin.readline()\nasyncio.run(go())"
    )
    clients = [
        subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            cwd=package.parents[1],
        )
        for _ in range(2)
    ]  # fmt: skip
    old = [[client.stdout.readline(), client.stdout.readline()] for client in clients]
    assert old[0] == old[1]
    (package / "part.py").write_text("value = 5\n", "utf-8")
    for client in clients:
        client.stdin.write("\n")
        client.stdin.flush()
    with ThreadPoolExecutor(2) as pool:
        new = list(pool.map(lambda client: [client.stdout.readline() for _ in range(2)], clients))
    for client in clients:
        client.communicate("\n", timeout=60)
    assert len({line for lines in new for line in lines}) == 1
    assert new[0][0].startswith("5-never-{} ")
    assert new[0][0] != old[0][0]


def test_another_checkout_never_gets_the_code_of_the_first(start, said, package: Path, tmp_path: Path) -> None:
    """Another `PYTHONPATH` is another parent; a folder that holds the package itself is given a plain kernel."""
    words, parent = said()
    write_package(tmp_path / "other" / "src", "'other'")
    other, another = said(env={**os.environ, "PYTHONPATH": str(tmp_path / "other" / "src")})
    assert (words, other) == ("1-never-{}", "other-never-{}")
    assert parent != another
    beside = start(cwd=str(tmp_path / "other" / "src"), env={**os.environ, "PYTHONPATH": str(tmp_path / "none")})
    assert "ours_in" in beside.manager.provisioner.why_plain
    assert beside.ask(SAY).split()[0] == "other-never-{}"
    assert said() == (words, parent)


def test_a_package_that_comes_to_stand_before_it_is_seen(said, package: Path, monkeypatch) -> None:
    """The same `PYTHONPATH` finds another package, once one is put in a folder that stands before."""
    first = package.parents[1] / "before"
    monkeypatch.setenv("PYTHONPATH", f"{first}{os.pathsep}{os.environ['PYTHONPATH']}")
    words, parent = said()
    expected = _another_before_it(package)
    new, another = said()
    assert (words, new) == ("1-never-{}", expected)
    assert another != parent


def test_code_that_cannot_be_imported_spoils_no_parent(start, package: Path) -> None:
    """A mistake in it is told by the notebook that imports it, and mending it is enough."""
    (package / "part.py").write_text("value = \n", "utf-8")
    kernel = start(cwd=str(package.parents[1]))
    assert kernel.manager.provisioner.is_forked
    assert kernel.ask(SAY) == "SyntaxError"
    (package / "part.py").write_text("value = 7\n", "utf-8")
    assert start(cwd=str(package.parents[1])).ask(SAY).startswith("7-never-")


def test_code_that_nobody_would_look_at_is_not_preloaded(start, package: Path) -> None:
    """A second package, which the first imports, must be named as well; else the kernel is a plain one."""
    (package.parent / "beside_it.py").write_text("", "utf-8")
    (package / "part.py").write_text("import beside_it\nvalue = 1\n", "utf-8")
    kernel = start(cwd=str(package.parents[1]))
    assert "beside_it" in kernel.manager.provisioner.why_plain
    assert kernel.ask(SAY).split()[0] == "1-never-{}"


@pytest.mark.parametrize("change", [*CHANGES, _another_before_it])
def test_each_change_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change) -> None:
    """Nothing is a change until something changes; libraries are no concern of ours."""
    package = write_package(tmp_path / "src")
    monkeypatch.syspath_prepend(tmp_path / "src")
    monkeypatch.syspath_prepend(tmp_path / "before")
    known = noted(["ours_in.part", "numpy", "json", "sys"])
    assert {name for name, (places, _) in known.items() if places} == {"ours_in"}
    assert not has_changed(known)
    change(package)
    assert has_changed(known)


def test_a_module_in_one_file_and_a_link_in_a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is watched for itself, what lies beside it is not, and folders linked into themselves come to an end."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "ours_file.py").write_text("", "utf-8")
    (write_package(tmp_path) / "circle").symlink_to(tmp_path / "ours_in", target_is_directory=True)
    (tmp_path / "ours_in" / "nowhere").symlink_to(tmp_path / "not there")
    known = noted(["ours_file", "ours_in"])
    (tmp_path / "beside.txt").write_text("", "utf-8")
    assert places_of("ours_file") == (str(tmp_path / "ours_file.py"),)
    assert not has_changed(known)
    (tmp_path / "ours_file.py").write_text("1", "utf-8")
    assert has_changed(known)


def test_the_kernel_names_what_the_shipped_notebooks_import_of_ours() -> None:
    """A notebook's own import that is not named would be done anew in each of its kernels."""
    spec = json.loads((ROOT / "src" / "stats" / "kernels" / "spec" / "kernel.json").read_text("utf-8"))
    also = spec["metadata"]["kernel_provisioner"]["config"]["also"]
    imported = {name for path in (ROOT / "notebooks").glob("*.ipynb") for name in imported_by(path)}
    ours = [name.partition(".")[0] == "stats" for name in also]
    assert {name for name in imported if name.partition(".")[0] == "stats"} - set(also) == set()
    assert ours == sorted(ours), "libraries come first"


IMPORTED = """
import json, os, sys
read, told = [], []
def hear(event, given):
    if event == "open" and isinstance(given[0], str): read.append(os.path.abspath(given[0]))
class Told(type(os.environ)):
    def __getitem__(self, name):
        told.append(name)
        return super().__getitem__(name)
names = json.loads(sys.argv[1])
import importlib.util
for name in names:
    if not name.startswith("stats.") and importlib.util.find_spec(name.split(".")[0]): importlib.import_module(name)
import matplotlib, pandas, numpy, warnings, logging
def state():
    options = {k: repr(pandas.get_option(k)) for k in pandas._config.config._registered_options}
    return [dict(os.environ), os.getcwd(), {k: str(v) for k, v in matplotlib.rcParams.items()}, sys.path,
        options, numpy.geterr(), [repr(f) for f in warnings.filters], logging.getLogger().level,
        logging.getLogger().handlers, len(os.listdir("/proc/self/task")), matplotlib.pyplot.get_fignums()]
before = state()
plain, os.environ.__class__ = os.environ.__class__, Told
sys.addaudithook(hear)
for name in names:
    if name.startswith("stats."): importlib.import_module(name)
os.environ.__class__ = plain
changed = [n for n, (a, b) in enumerate(zip(before, state())) if a != b]
print(json.dumps([read, sorted(set(told)), changed]))
"""


def test_importing_our_code_reads_nothing_that_nobody_looks_at_and_changes_nothing() -> None:
    """No file outside its folder and the libraries', no variable beyond a parent's key, and no setting of a library."""
    from stats.kernels.provisioner import PRELOADS

    spec = json.loads((ROOT / "src" / "stats" / "kernels" / "spec" / "kernel.json").read_text("utf-8"))
    names = [*PRELOADS, *spec["metadata"]["kernel_provisioner"]["config"]["also"]]
    names.remove("stats.registers.kept_for_kernels")  # see tests/registers/test_kept.py
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, json.dumps(names)], capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    read, told, changed = json.loads(done.stdout)
    allowed = (str(ROOT / "src" / "stats"), sys.prefix, sys.base_prefix, "/proc/")
    assert read
    assert [path for path in read if not path.startswith(allowed)] == []
    assert [name for name in told if not name.startswith(READ_AT_START)] == []
    assert changed == []
