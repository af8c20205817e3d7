"""The parent is fit to fork, its children are as fresh kernels are, and it serves only those it may."""

from __future__ import annotations

import asyncio
import fcntl
import json
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stats.kernels import finding
from stats.kernels.key import home, installed, key_of, lock_of
from stats.kernels.provisioner import PRELOADS

LOOK = """
import importlib, json, locale, os, signal, sys, threading, warnings
kind = {"": 0}
def of(path):
    try: return os.readlink(path).split(":")[0].rstrip("0123456789")
    except OSError: return "closed"
before = {
    "path": sys.path, "flags": repr(sys.flags), "argv": [os.path.basename(sys.argv[0]), sys.argv[1]],
    "executable": sys.executable, "locale": locale.setlocale(locale.LC_ALL), "encoding": sys.getfilesystemencoding(),
    "umask": os.umask(0o022), "cwd": os.getcwd(),
    "env": {k: v for k, v in os.environ.items() if k not in ("JPY_SESSION_NAME", "_")},
    "signals": {s: str(signal.getsignal(s)).partition(" at ")[0] for s in sorted(signal.valid_signals())},
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "session": os.getsid(0) == os.getpid() == os.getpgrp(),
    "main": sorted(k for k in vars(sys.modules["__main__"]) if k[0] != "_"), "gc": __import__("gc").isenabled(),
    "stdin": sys.stdin.read(), "recursion": sys.getrecursionlimit(), "bytecode": sys.dont_write_bytecode,
    "hooks": [sys.excepthook.__name__, sys.displayhook.__class__.__name__], "switch": sys.getswitchinterval(),
    "hash": "PYTHONHASHSEED" in os.environ,
    "kept": len(sys.modules["warnings"].onceregistry), "tracing": sys.gettrace() is None,
}
import matplotlib, matplotlib.pyplot, numpy, pandas, scipy.stats, statsmodels.stats.proportion
filters = sorted({repr(f) for f in warnings.filters})
warnings.simplefilter("ignore")
after = {
    "filters": filters, "rc": {k: str(v) for k, v in matplotlib.rcParams.items()},
    "numpy": numpy.geterr(),
    "options": {k: repr(pandas.get_option(k)) for k in sorted(pandas._config.config._registered_options)},
    "inline": "matplotlib_inline.backend_inline" in sys.modules, "figures": matplotlib.pyplot.get_fignums(),
    "print": repr(numpy.get_printoptions()), "logging": __import__("logging").getLogger().level,
}
print(json.dumps([before, after]))
"""


@pytest.fixture(scope="module")
def seen(run_cells, said_by) -> list[list[dict[str, Any]]]:
    """What a notebook sees around it, in a forked kernel and in a plain one."""
    kinds = ({}, {"kernel": "python3", "engine": "nbclient"})
    return [json.loads(said_by(run_cells(LOOK, **kind), 0)) for kind in kinds]


def test_a_forked_kernel_sees_what_a_plain_one_sees(seen) -> None:
    """Path, flags, environment, signals, streams and `__main__` are equal; so are, once imported, all settings."""
    (before, after), (plain_before, plain_after) = seen
    for name in plain_before:
        assert (name, before[name]) == (name, plain_before[name])
    for name in plain_after:
        assert (name, after[name]) == (name, plain_after[name])


def test_the_inline_backend_is_found_by_each_kernel_itself(run_cells) -> None:
    """It is chosen as in a plain kernel, loaded at the first figure, and shows it."""
    executed = run_cells("import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    kinds = [set(output.get("data", ())) for output in executed["cells"][0]["outputs"]]
    assert {"image/png", "text/plain"} in kinds


def test_numpy_has_one_thread_in_the_parent_and_the_asker_its_own_setting(run_cells, said_by) -> None:
    """The setting of the parent is not seen by what a notebook starts, but its arithmetic is already loaded so."""
    code = (
        "import os, numpy as np\nbefore = len(os.listdir('/proc/self/task'))\n"
        "np.ones((600, 600)) @ np.ones((600, 600))\n"
        "print(len(os.listdir('/proc/self/task')) - before, os.environ.get('OPENBLAS_NUM_THREADS'))"
    )
    assert said_by(run_cells(code), 0) == f"0 {os.environ.get('OPENBLAS_NUM_THREADS')}\n"


def test_each_kernel_draws_its_own_random_numbers(run_cells, said_by) -> None:
    """Generators of the standard library, of numpy and of scipy, ids, names of files and keys differ."""
    code = (
        "import random, numpy, secrets, uuid, tempfile, multiprocessing, scipy.stats\n"
        "print(random.random(), numpy.random.rand(),"
        " numpy.random.default_rng().random(), secrets.token_hex(), uuid.uuid4(), uuid.uuid1(), tempfile.mktemp(),"
        " bytes(multiprocessing.current_process().authkey).hex(), scipy.stats.norm.rvs())"
    )
    first, second = (said_by(run_cells(code), 0).split() for _ in range(2))
    assert [a for a, b in zip(first, second, strict=True) if a == b] == []


def test_the_hash_seed_that_is_asked_for_is_used(start) -> None:
    """A set seed gives each kernel the hashes that a plain one has; another seed is another parent."""
    told = {}
    for seed in ("0", "1"):
        plain = subprocess.run(
            [sys.executable, "-c", "print(hash('a'))"], env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True, text=True,
        ).stdout  # fmt: skip
        kernel = start(env={**os.environ, "PYTHONHASHSEED": seed})
        assert kernel.manager.provisioner.is_forked
        told[seed] = kernel.ask("import os; print(hash('a')); print(os.getppid())").split()
        assert told[seed][0] == plain.strip()
    assert told["0"] != told["1"]


@pytest.mark.parametrize(
    ("preload", "why"),
    [("starts_a_thread", "starts 1 threads"), ("matplotlib_inline.backend_inline", "inline backend")],
)
def test_a_preload_that_would_spoil_a_fork_is_refused(tmp_path: Path, preload: str, why: str) -> None:
    """The parent does not start, and says which library it was."""
    (tmp_path / "starts_a_thread.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()", "utf-8"
    )
    with pytest.raises(finding.NoParent, match=why):
        finding.connection({**os.environ, "PYTHONPATH": str(tmp_path)}, str(tmp_path), [preload])


def test_a_refusal_gives_a_plain_kernel_and_a_warning(tmp_path: Path, caplog, monkeypatch) -> None:
    """Nobody is stopped by a parent that cannot start: the kernel is plain, and the log says why."""
    from jupyter_client import AsyncKernelManager

    from stats.kernels.provisioner import ForkProvisioner

    (tmp_path / "also_a_thread.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()", "utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(ForkProvisioner.preloads, "default_args", (["also_a_thread"],))
    monkeypatch.setattr(finding, "_REFUSED", {})

    async def go() -> tuple[bool, str]:
        manager = AsyncKernelManager(kernel_name="stats-fork")
        manager.kernel_spec.metadata["kernel_provisioner"]["config"] = {"preloads": ["also_a_thread"], "also": []}
        await manager.start_kernel()
        found = manager.provisioner.is_forked, manager.provisioner.why_plain
        await manager.shutdown_kernel(now=True)
        return found

    with caplog.at_level(logging.WARNING):
        is_forked, why = asyncio.run(go())
    assert not is_forked
    assert "also_a_thread" in why


def test_polars_keeps_statsmodels_out(monkeypatch) -> None:
    """Where polars is installed, statsmodels imports it, and its threads with it; then neither is preloaded."""
    monkeypatch.setattr(finding, "find_spec", lambda name: None)
    assert finding.fit(PRELOADS) == list(PRELOADS)
    monkeypatch.setattr(finding, "find_spec", lambda name: name == "polars")
    assert not [name for name in finding.fit(["polars", *PRELOADS]) if name.startswith(("statsmodels", "polars"))]


def test_code_that_is_not_preloaded_is_never_stale(tmp_path: Path, start) -> None:
    """A module that nobody preloads, and that changes between two runs of one parent, is read anew."""
    module = tmp_path / "ours_changes.py"
    answers, parents = [], set()
    for value in ("1", "22"):
        module.write_text(f"value = {value}", "utf-8")
        kernel = start(cwd=str(tmp_path))
        answers.append(kernel.ask("import ours_changes; print(ours_changes.value)"))
        parents.add(kernel.ask("import os; print(os.getppid())"))
        kernel.end()
    assert answers == ["1\n", "22\n"]
    assert len(parents) == 1


def test_another_lock_environment_or_library_is_another_parent(tmp_path: Path) -> None:
    """What is read when an interpreter or a library starts is part of the key, and nothing else is."""
    env = {"HOME": "/home/a", "OTHER": "1"}
    key = key_of(env, str(tmp_path), ["numpy"])
    assert key_of({**env, "OTHER": "2"}, str(tmp_path), ["numpy"]) == key
    assert key_of(env, str(tmp_path), ["pandas"]) != key
    for name in ("PYTHONHASHSEED", "PYTHONPATH", "LC_ALL", "MPLBACKEND", "OMP_NUM_THREADS", "TZ"):
        assert key_of({**env, name: "1"}, str(tmp_path), ["numpy"]) != key
    (tmp_path / "requirements.lock").write_text("numpy==1", "utf-8")
    locked = key_of(env, str(tmp_path), ["numpy"])
    assert locked != key
    (tmp_path / "requirements.lock").write_text("numpy==2", "utf-8")
    assert key_of(env, str(tmp_path), ["numpy"]) not in (locked, key)
    (tmp_path / "below").mkdir()
    assert lock_of(tmp_path / "below") == lock_of(tmp_path)


def test_what_is_installed_is_part_of_the_key(tmp_path: Path) -> None:
    """A library that is added, or installed again, is seen by its folder."""
    site = tmp_path / "site-packages"
    (site / "numpy-2.0.dist-info").mkdir(parents=True)
    before = installed([str(site)])
    (site / "pandas-3.0.dist-info").mkdir()
    assert len(installed([str(site)])) == len(before) + 1 == 2
    os.utime(site / "numpy-2.0.dist-info", ns=(1, 1))
    assert (str(site / "numpy-2.0.dist-info"), 1) in installed([str(site)])


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch) -> None:
    """Sockets are never put where others could reach them."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path)) if len(str(tmp_path)) < 50 else None
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("stats.kernels.key.LONGEST", 500)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    made = home()
    assert made.parent == tmp_path
    assert made.stat().st_mode & 0o077 == 0
    made.chmod(0o755)
    with pytest.raises(PermissionError, match="this user alone"):
        home()


def test_a_parent_ends_when_its_starter_has_gone_and_not_before(start, all_end) -> None:
    """It stays between two kernels of one process, and goes, with its files, when that process does."""
    script = (
        "import asyncio, time\nfrom jupyter_client.manager import start_new_async_kernel\nasync def go():\n"
        "    for _ in range(2):\n"
        "        m, c = await start_new_async_kernel(kernel_name='stats-fork')\n"
        "        await c.execute_interactive('import os; print(os.getppid())')\n        c.stop_channels()\n"
        "        await m.shutdown_kernel()\n        time.sleep(1.5)\nasyncio.run(go())"
    )
    env = {**os.environ, "PYTHONNODEBUGRANGES": "1"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env)
    first, second = (int(line) for line in done.stdout.split())
    assert first == second
    assert all_end(first)
    assert not [p for p in home().glob("*.sock") if not p.is_socket()]


def test_what_was_left_behind_is_swept_and_what_is_in_use_is_not(tmp_path: Path) -> None:
    """Sockets at which nobody listens, and the files of parents that were killed, go; young and live ones stay."""
    live = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for listener, name in zip(live, ("k1-1", "aa.sock"), strict=True):
        listener.bind(str(tmp_path / name))
        listener.listen()
    for name in ("k2-1", "k3-1", "bb.sock"):
        with socket.socket(socket.AF_UNIX) as dead:
            dead.bind(str(tmp_path / name))
    for name in ("aa.lock", "aa.log", "bb.lock", "bb.log", "cc.lock"):
        (tmp_path / name).touch()
    for path in tmp_path.iterdir():
        if path.name != "k3-1":
            os.utime(path, (1, 1))
    with (tmp_path / "cc.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        os.utime(tmp_path / "cc.lock", (1, 1))
        finding.sweep(tmp_path)
    kept = ["aa.lock", "aa.log", "aa.sock", "cc.lock", "k1-1", "k3-1"]
    assert sorted(path.name for path in tmp_path.iterdir()) == kept
    for listener in live:
        listener.close()
