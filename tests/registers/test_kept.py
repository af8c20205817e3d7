"""Registers that were loaded before a kernel was forked are given only if nothing that they were read from changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stats.home import home
from stats.registers import kept, load, load_again, read_registers

ASK = (
    "from stats.registers import load, kept; import os\nhad = bool(kept._KEPT)\nr = load()\n"
    "print(r.areas.find('Lincs').name.replace(' ', '_'), len(r.sources), r.claim('C004-01').id, r.root, had,"
    " 'stats.registers.kept_for_kernels' in __import__('sys').modules)"
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what registers are read from; raw files are named there, and empty."""
    for name in ("registers", "claims"):
        shutil.copytree(home() / "data" / name, tmp_path / "data" / name)
    for path in (home() / "data" / "raw").rglob("*"):
        wanted = tmp_path / "data" / path.relative_to(home() / "data")
        if path.is_file():
            wanted.parent.mkdir(parents=True, exist_ok=True)
            wanted.write_bytes(path.read_bytes() if path.suffix == ".yml" else b"")
    return tmp_path.resolve()


def _register(root: Path) -> None:
    path = root / "data" / "registers" / "areas.csv"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Lincs", b"Lincz"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _claim(root: Path) -> None:
    path = root / "data" / "claims" / "article_004.yml"
    path.write_bytes(path.read_bytes() + b"# a word\n")


def _entry(root: Path) -> None:
    path = next((root / "data" / "raw").rglob("*.yml"))
    path.write_bytes(path.read_bytes() + b"# a word\n")


def _raw_removed(root: Path) -> None:
    next(path.with_suffix("") for path in (root / "data" / "raw").rglob("*.yml")).unlink()


def _raw_added(root: Path) -> None:
    (root / "data" / "raw" / "new.csv").touch()


def _layout_added(root: Path) -> None:
    (root / "data" / "registers" / "layouts" / "new.yml").touch()


CHANGES = (_register, _claim, _entry, _raw_removed, _raw_added, _layout_added)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_any_kind_has_them_read_again(copy: Path, change) -> None:
    """One byte of a register, claim or entry; a raw file that comes or goes: what was kept is not given."""
    kept.keep(copy, read_registers)
    assert copy in kept._KEPT
    change(copy)
    assert kept.take(copy) is None
    assert copy not in kept._KEPT


def test_what_is_unchanged_is_given_once_and_to_its_own_repository(copy: Path, tmp_path: Path) -> None:
    """Equal to what is read anew; a second asking, after `load_again`, and another repository, read."""
    read: list[Path] = []
    kept.keep(copy, lambda root: read.append(root) or read_registers(root))
    (held,) = (registers for _, registers in kept._KEPT.values())
    assert kept.take(home()) is None
    assert load(copy) is held
    assert load(copy) is held
    again = read_registers(copy)
    for name in ("root", "sources", "documents", "others", "measures", "breaks", "gaps", "totals", "corrections"):
        assert getattr(held, name) == getattr(again, name)
    assert load_again(copy) is not held
    assert read == [copy]


def test_registers_that_change_while_they_are_read_are_not_kept(copy: Path) -> None:
    """What was read may be the old or the new."""
    kept.keep(copy, lambda root: (read_registers(root), _claim(root))[0])
    assert copy not in kept._KEPT


def test_what_cannot_be_read_is_never_alike(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the disk keeps nothing and gives nothing."""
    kept.keep(copy, read_registers)

    def refuse(_):
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert kept.digest(copy) == ""
    assert kept.take(copy) is None
    kept.keep(copy, lambda _: None)
    assert copy not in kept._KEPT


def test_every_file_that_is_read_is_counted(copy: Path) -> None:
    """Each file that loading opens changes the hash when it changes, and each folder it lists when a file is added."""
    script = (
        "import json, sys\nfrom pathlib import Path\nseen = set()\n"
        "def hear(event, given):\n"
        "    if event in ('open', 'os.scandir', 'os.listdir') and isinstance(given[0], str): seen.add(given[0])\n"
        "from stats.registers import read_registers\nsys.addaudithook(hear)\n"
        f"read_registers(Path({str(copy)!r}))\nprint(json.dumps(sorted(seen)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seen = [Path(path) for path in json.loads(done.stdout) if path.startswith(str(copy))]
    assert len(seen) > 70
    before = kept.digest(copy)
    for path in seen:
        if path.is_dir():
            (path / "new.yml").touch()
            assert kept.digest(copy) != before, path
            (path / "new.yml").unlink()
        else:
            data = path.read_bytes()
            path.write_bytes(data + b"\n")
            assert kept.digest(copy) != before, path
            path.write_bytes(data)
    assert kept.digest(copy) == before


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="kernels are forked on Linux alone")
def test_a_kernel_has_the_registers_of_its_own_repository_as_they_are_now(copy: Path, tmp_path: Path) -> None:
    """Forked from a parent that loaded them, in another repository, and after a change: always what is there."""
    script = (
        "import asyncio, json, os, sys\nfrom jupyter_client.manager import start_new_async_kernel\n"
        "async def one(home):\n"
        "    m, c = await start_new_async_kernel(kernel_name='stats-fork', env={**os.environ, 'STATS_HOME': home})\n"
        "    assert m.provisioner.is_forked, m.provisioner.why_plain\n"
        "    assert m.provisioner.is_forked\n"
        f"    await c.execute_interactive({ASK!r})\n    c.stop_channels()\n    await m.shutdown_kernel()\n"
        "async def go(ours, other):\n"
        "    await one(ours)\n    await one(other)\n"
        "    path = os.path.join(ours, 'data', 'registers', 'areas.csv')\n"
        "    text = open(path, encoding='utf-8').read()\n"
        "    open(path, 'w', encoding='utf-8').write(text.replace('Lincolnshire', 'Yincolnshire', 1))\n"
        "    await one(ours)\n"
        "asyncio.run(go(*sys.argv[1:]))"
    )
    spec = Path(__file__).parents[2] / "src" / "stats" / "kernels" / "spec"
    (tmp_path / "jupyter" / "kernels").mkdir(parents=True)
    (tmp_path / "jupyter" / "kernels" / "stats-fork").symlink_to(spec, target_is_directory=True)
    env = {**os.environ, "JUPYTER_PATH": str(tmp_path / "jupyter"), "NUMPY_OF_THIS_TEST": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(copy), str(home())], capture_output=True, text=True, env=env, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, other, changed = (line.split() for line in done.stdout.splitlines())
    assert (first[0], first[3:]) == ("Lincolnshire", [str(copy), "True", "True"])
    assert other[3:] == [str(home()), "True", "True"]
    assert (changed[0], changed[3:]) == ("Yincolnshire", [str(copy), "True", "True"])
