"""Store, bring and remove entries in a process that is killed again and again; what is left is checked each time.

`python killed.py FOLDER ROUNDS SEED` prints what was wrong as JSON. Each child is forked from this process, which has
one thread, and is killed either by itself at some call to the system, or by its parent at some moment.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from made_runs import figures

from stats.run import journal
from stats.run.cache import Cache
from stats.run.cache_keys import Key

KEYS = [Key(f"{number:02x}" * 32, "0" * 64) for number in range(8)]
SIZE = 30_000
TOUCHING = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.utime", "shutil.rmtree", "os.scandir")


def main(folder: Path, rounds: int, seed: int) -> list[str]:
    """Kill so many children, and return what was wrong after any of them."""
    chance, wrong = random.Random(seed), []
    made = [figures(folder / "made" / str(n), f"words {n} ", size=SIZE) for n in range(len(KEYS))]
    for number in range(rounds):
        by_itself = bool(number % 2)
        child = os.fork()
        if not child:
            _only_live(
                folder, made, random.Random(chance.random()), die_at=chance.randrange(1, 260) if by_itself else 0
            )
        if not by_itself:
            time.sleep(chance.random() * 0.06)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        wrong += [] if os.WIFSIGNALED(status) else [f"round {number}: ended by itself"]
        wrong += [f"round {number}: {said}" for said in checked(folder, made)]
    return wrong + [f"at the end: {said}" for said in finished(folder, made)]


def _only_live(*told: Any, **more: Any) -> None:
    """A child whose work fails ends: it must never go on as its parent."""
    try:
        live(*told, **more)
    finally:
        traceback.print_exc()
        os._exit(1)


def live(folder: Path, made: list[Path], chance: random.Random, die_at: int) -> None:
    """Work until killed: every out is given now one, now another run's figures, and room is made all the time."""
    count = 0

    def at_a_call(event: str, _: tuple[object, ...]) -> None:
        nonlocal count
        if event in TOUCHING:
            count += 1
            if count == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    if die_at:
        sys.addaudithook(at_a_call)
    while True:
        with Cache(folder / "cache", most=len(KEYS) * SIZE) as cache:
            for _ in range(4):
                n = chance.randrange(len(KEYS))
                out = folder / "outs" / str(n % 2)
                if not cache.is_placed(KEYS[n], out):
                    entry = cache.find(KEYS[n]) or cache.store(KEYS[n], made[n], {"n": n})
                    cache.bring(entry, out, executed=folder / "executed" / f"{n}.ipynb")
                journal.append(folder / "runs.jsonl", {"key": KEYS[n].compute, "padding": "x" * 300})


def checked(folder: Path, made: list[Path]) -> list[str]:
    """Return what is half-written: nothing may be."""
    cache = Cache(folder / "cache")
    wrong = [*_entries(cache, made), *_outs(folder, cache, made), *_notebooks(folder, made)]
    for path in (folder / "cache").glob("*.json"):
        json.loads(path.read_bytes())
    if journal.read(folder / "runs.jsonl")[1]:
        wrong.append("a line of the journal is torn")
    for marks in cache._marks.values():  # not closed: that would sweep
        [mark.unlink() for mark in marks]
    return wrong + cache.told


def _entries(cache: Cache, made: list[Path]) -> Iterator[str]:
    for place in (cache.folder / "runs").glob("*/*"):
        n = next(n for n, key in enumerate(KEYS) if key.compute == place.name)
        entry = cache.find(KEYS[n])
        if entry is None:
            yield f"entry {n} is damaged"
        elif any(entry.read(name) != (made[n] / name).read_bytes() for name in entry.files):
            yield f"entry {n} is not what was stored"


def _outs(folder: Path, cache: Cache, made: list[Path]) -> Iterator[str]:
    for out in (folder / "outs").glob("*"):
        can = [n for n in range(len(KEYS)) if str(n % 2) == out.name]
        for path in out.iterdir():
            if path.read_bytes() not in [(made[n] / path.name).read_bytes() for n in can]:
                yield f"{path.name} is half-written"
        for n in can:
            if cache.is_placed(KEYS[n], out) and not _same(out, made[n]):
                yield f"{n} is called in place, and is not"


def _notebooks(folder: Path, made: list[Path]) -> Iterator[str]:
    for path in (folder / "executed").glob("[!.]*"):
        if path.read_bytes() != (made[int(path.stem)] / "executed.ipynb").read_bytes():
            yield f"{path.name} is half-written"


def _same(out: Path, made: Path) -> bool:
    wanted = {path.name: path.read_bytes() for path in made.iterdir() if path.name != "executed.ipynb"}
    return {path.name: path.read_bytes() for path in out.iterdir()} == wanted


def finished(folder: Path, made: list[Path]) -> list[str]:
    """Run once more, undisturbed: only what is not there is made, and afterwards there is nothing to do."""
    wrong, computed = [], []
    missing = [
        n for n, key in enumerate(KEYS) if not (folder / "cache" / "runs" / key.compute[:2] / key.compute).is_dir()
    ]
    with Cache(folder / "cache") as cache:
        for n, key in enumerate(KEYS):
            entry = cache.find(key)
            if entry is None:
                computed.append(n)
                entry = cache.store(key, made[n], {})
            cache.bring(entry, folder / "last" / str(n))
    if computed != missing:
        wrong.append(f"{computed} were made, and {missing} were missing")
    for n, key in enumerate(KEYS):
        if not _same(folder / "last" / str(n), made[n]):
            wrong.append(f"the figures of {n} are not those that were made")
        if not Cache(folder / "cache").is_placed(key, folder / "last" / str(n)):
            wrong.append(f"{n} would be made again")
    return wrong


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    left = Path(sys.argv[1], "cache", ".new")
    print(json.dumps({"wrong": found, "left": len(list(left.iterdir())), "lines": len(
        journal.read(Path(sys.argv[1]) / "runs.jsonl")[0])}))  # fmt: skip
