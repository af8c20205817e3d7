"""Whether a project's own code, which the parent has imported, is still what a fresh kernel would import.

Libraries are known by what is installed, which is part of a parent's key. A project's own code, on `PYTHONPATH` or from
an editable install, may change at any moment: every file of its packages is looked at before each fork.
"""

from __future__ import annotations

import importlib
import os
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator

INSTALLED = {"site-packages", "dist-packages"}
STANDARD = tuple({sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib")})
LEFT_OUT = "__pycache__"
TICK = 20_000_000
"""Nanoseconds within which two changes of a file may bear the same time."""
MOST_WAITS = 10
Stamps = dict[str, tuple[int, ...]]
Noted = dict[str, tuple[tuple[str, ...], Stamps]]


def noted(names: Iterable[str]) -> Noted:
    """Return where each package lies that is to be imported and, if it is no library, the stamps of its files.

    To be called before they are imported: what changes meanwhile is then seen as a change.
    """
    found = {}
    for name in sorted({name.partition(".")[0] for name in names}):
        places = places_of(name)
        found[name] = places, _settled(places)
    return found


def has_changed(known: Noted) -> bool:
    """Whether a fresh kernel would import something else: a file was changed, added or removed, or hides another."""
    importlib.invalidate_caches()
    return any(places_of(name) != places or _stamps(places) != stamps for name, (places, stamps) in known.items())


def unnamed(known: Noted) -> list[str]:
    """Return which packages were imported that are no libraries, and nobody looks at."""
    tops = [name for name in list(sys.modules) if "." not in name and name not in known and name != "__main__"]
    return [name for name in tops if _own(getattr(sys.modules[name], "__spec__", None))]


def places_of(name: str) -> tuple[str, ...]:
    """Return the folders or the file of a package that is no library, as an import would find them now; else none."""
    for finder in sys.meta_path:
        look = getattr(finder, "find_spec", None)
        spec = look(name, None) if look else None
        if spec:
            return _own(spec)
    return ()


def _own(spec: object) -> tuple[str, ...]:
    folders = getattr(spec, "submodule_search_locations", None)
    file = getattr(spec, "origin", None) if getattr(spec, "has_location", False) else None
    places = tuple(folders) if folders else (file,) if file else ()
    return places if any(not _is_library(place) for place in places) else ()


def _is_library(place: str) -> bool:
    return bool(INSTALLED.intersection(place.split(os.sep))) or place.startswith(STANDARD)


def _settled(places: tuple[str, ...]) -> Stamps:
    """Return the stamps once the last change is old enough for the next one to bear another time."""
    stamps = _stamps(places)
    for _ in range(MOST_WAITS):
        if max((stamp[0] for stamp in stamps.values() if stamp), default=0) < time.time_ns() - TICK:
            break
        time.sleep(TICK / 1e9)
        stamps = _stamps(places)
    return stamps


def _stamps(places: Iterable[str]) -> Stamps:
    """Return the times, size and number of every file of packages, those of data too; of a folder, its number alone.

    What a folder holds is told by its files. Its own time changes when Python puts compiled code there.
    """
    return {path: stamp for place in places for path, stamp in _below(place, set())}


def _below(place: str, seen: set[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    try:
        with os.scandir(place) as entries:
            found = [entry for entry in entries if entry.name != LEFT_OUT]
    except NotADirectoryError:
        yield place, _stamp(os.stat(place))
        return
    except OSError:
        yield place, ()
        return
    for entry in found:
        try:
            about, is_folder = entry.stat(), entry.is_dir()
        except OSError:  # a link to nothing, or gone since
            yield entry.path, ()
            continue
        if not is_folder:
            yield entry.path, _stamp(about)
        elif about.st_ino not in seen:
            seen.add(about.st_ino)
            yield entry.path, (0, about.st_ino)
            yield from _below(entry.path, seen)


def _stamp(about: os.stat_result) -> tuple[int, ...]:
    return about.st_ctime_ns, about.st_mtime_ns, about.st_size, about.st_ino
