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
from pathlib import Path

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
            live(folder, made, chance, die_at=chance.randrange(1, 260) if by_itself else 0)
        if not by_itself:
            time.sleep(chance.random() * 0.06)
            os.kill(child, signal.SIGKILL)
        chance.random()
        os.waitpid(child, 0)
        wrong += [f"round {number}: {said}" for said in checked(folder, made)]
    return wrong + [f"at the end: {said}" for said in finished(folder, made)]


def live(folder: Path, made: list[Path], chance: random.Random, die_at: int) -> None:
    """Work until killed: every out is given now one, now another run's figures, and room is made all the time."""
    count = 0

    def at_a_call(event: str, _: tuple[object, ...]) -> None:
        nonlocal count
        count += event in TOUCHING
        if count == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    if die_at:
        sys.addaudithook(at_a_call)
    chance.seed(time.time_ns())
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
    wrong, cache = [], Cache(folder / "cache")
    for place in (folder / "cache" / "runs").glob("*/*"):
        n = next(n for n, key in enumerate(KEYS) if key.compute == place.name)
        entry = cache.find(KEYS[n])
        if entry is None:
            wrong.append(f"entry {n} is damaged")
        elif any(entry.read(name) != (made[n] / name).read_bytes() for name in entry.files):
            wrong.append(f"entry {n} is not what was stored")
    wrong += cache.told
    for out in (folder / "outs").glob("*"):
        can = [n for n in range(len(KEYS)) if str(n % 2) == out.name]
        for path in out.iterdir():
            if path.read_bytes() not in [(made[n] / path.name).read_bytes() for n in can]:
                wrong.append(f"{path.name} is half-written")
        for n in can:
            names = [p.name for p in made[n].iterdir() if p.name != "executed.ipynb"]
            if cache.is_placed(KEYS[n], out) and any(
                (out / m).read_bytes() != (made[n] / m).read_bytes() for m in names
            ):
                wrong.append(f"{n} is called in place, and is not")
    for path in (folder / "executed").glob("[!.]*"):
        if path.read_bytes() != (made[int(path.stem)] / "executed.ipynb").read_bytes():
            wrong.append(f"{path.name} is half-written")
    for path in (folder / "cache").glob("*.json"):
        json.loads(path.read_bytes())
    if journal.read(folder / "runs.jsonl")[1]:
        wrong.append("a line of the journal is torn")
    for entry_of in list(cache._marks.values()):
        [mark.unlink() for mark in entry_of]
    return wrong


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
        same = {p.name: p.read_bytes() for p in (folder / "last" / str(n)).iterdir()}
        if same != {p.name: p.read_bytes() for p in made[n].iterdir() if p.name != "executed.ipynb"}:
            wrong.append(f"the figures of {n} are not those that were made")
        if not Cache(folder / "cache").is_placed(key, folder / "last" / str(n)):
            wrong.append(f"{n} would be made again")
    return wrong


if __name__ == "__main__":
    found = main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    left = Path(sys.argv[1], "cache", ".new")
    print(json.dumps({"wrong": found, "left": len(list(left.iterdir())), "lines": len(
        journal.read(Path(sys.argv[1]) / "runs.jsonl")[0])}))  # fmt: skip
