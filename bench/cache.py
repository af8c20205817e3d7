"""What the cache costs: a look-up when 500 figures are up to date, from cold and warm, and storing and bringing one.

`python bench/cache.py` runs these alone. The look-up is that of the real repository: its code, data and lock.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from processes import ROOT, ROUNDS, whole

from stats.run.cache import Cache
from stats.run.cache_keys import Run

RUNS = 500
FIGURES = ("national_headline", "lincolnshire")

LOOK_UP = """
import sys
from pathlib import Path
from stats.run.cache import Cache
from stats.run.cache_keys import Run
folder, root, out = map(Path, sys.argv[1:4])
cache = Cache(folder)
for n in range(int(sys.argv[4])):
    key = cache.key(Run("charge_share", {"area": f"area {n}", "period": "2024/25"}), root)
    assert cache.is_placed(key, out / str(n))
"""


def caching() -> None:
    """Measure all, and print what was measured."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        made = _made(Path(folder) / "made")
        size = sum(path.stat().st_size for path in made.iterdir())
        print(f"The cache of runs, {RUNS} entries of {len(list(made.iterdir()))} files and {size / 1000:,.0f} kB each:")
        _entries(Path(folder), made)
        _look_up(Path(folder))


def _made(folder: Path) -> Path:
    """Return a folder with what one run makes: the committed figures of a brief, and its notebook."""
    brief = next(ROOT / "figures" / name for name in FIGURES if (ROOT / "figures" / name).is_dir())
    shutil.copytree(brief, folder)
    shutil.copy(ROOT / "notebooks" / "charge_share.ipynb", folder / "executed.ipynb")
    return folder


def _entries(folder: Path, made: Path) -> None:
    """Store, find and bring every entry once, and bring a tenth of them again."""
    steps: dict[str, list[float]] = {}
    with Cache(folder / "cache") as cache:
        for n in range(RUNS):
            for step, work in _steps(cache, folder, made, n):
                started = time.perf_counter()
                work()
                steps.setdefault(step, []).append(1000 * (time.perf_counter() - started))
    for step, times in steps.items():
        ordered = sorted(times)
        print(
            f"    {step:40} {statistics.median(times):.2f} ms (nine in ten under {ordered[9 * len(ordered) // 10]:.2f})"
        )


def _steps(cache: Cache, folder: Path, made: Path, n: int) -> Iterator[tuple[str, Callable[[], object]]]:
    key = cache.key(Run("charge_share", {"area": f"area {n}", "period": "2024/25"}), ROOT)
    out = folder / "out" / str(n)
    if n % 10 == 0:
        yield "find one that is not there", lambda: cache.find(key)
    yield "store, on the disk when it returns", lambda: cache.release(cache.store(key, made, {}))
    yield "find, with every byte compared", lambda: cache.release(cache.find(key))
    entry = cache.find(key)
    yield "bring", lambda: cache.bring(entry, out)
    if n % 10 == 0:
        again = cache.find(key)
        yield "bring where it is already", lambda: cache.bring(again, out)


def _look_up(folder: Path) -> None:
    """Time the look-up of all entries, in this process and as a process of its own beside `python -c pass`."""
    time.sleep(0.2)  # files as young as the clock are read again
    words = ("-c", LOOK_UP, folder / "cache", ROOT, folder / "out", RUNS)
    whole(*words)
    runs = [(whole(*words), whole("-c", "pass")) for _ in range(ROUNDS)]
    ratios = [ours[0] / bare[0] for ours, bare in runs]
    wall = [statistics.median(run[side][0] for run in runs) for side in (0, 1)]
    used = [statistics.median(run[side][1] for run in runs) for side in (0, 1)]
    print(f"    nothing to do, {RUNS} runs, from cold:       {wall[0]:.3f} s ({used[0]:.3f} s of the processor); "
          f"python -c pass {wall[1]:.3f} s ({used[1]:.3f} s): {statistics.median(ratios):.1f} times "
          f"(from {min(ratios):.1f} to {max(ratios):.1f} in {len(ratios)})")  # fmt: skip
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        cache = Cache(folder / "cache")
        keys = [cache.key(Run("charge_share", {"area": f"area {n}", "period": "2024/25"}), ROOT) for n in range(RUNS)]
        middle = time.perf_counter()
        assert all(cache.is_placed(key, folder / "out" / str(n)) for n, key in enumerate(keys))
        times.append((1000 * (middle - started), 1000 * (time.perf_counter() - middle)))
    keyed, placed = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"    the same within a process: {keyed:.1f} ms for the keys, {placed:.1f} ms for what is in place")


if __name__ == "__main__":
    sys.exit(caching())
