"""What runs made, by the hash of all that they rest on: nothing is made twice, and nothing stale is taken for new.

An entry lies in `runs/<2 hex>/<compute>/`: plain files, and `entry.json` with the hash of each. It is written in a
folder of its own and renamed into place, so that a reader has a whole entry or none, whoever is killed. Of two that
write one key the first stays. Every byte is compared with its hash when it is read; what differs is removed, and made
again. The folder may be removed at any time, and may lie on a network file system where renaming is atomic.

    with Cache(root / "build" / "cache") as cache:
        key = cache.key(run, root)
        if not cache.is_placed(key, out):
            entry = cache.find(key) or cache.store(key, made, record)
            cache.bring(entry, out)
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stats.run.cache_keys import Inputs, Key, Run
from stats.run.file_hashes import FileHashes
from stats.run.placed import Placed

if TYPE_CHECKING:
    from stats.run.cache_entries import Entry

MOST = 5_000_000_000
"""Bytes of all entries together, unless another number is given; a run of two figures takes about half a million."""

NO_MORE: Mapping[str, Any] = {}


class Cache:
    """The runs that were made before.

    Parameters
    ----------
    folder : Path
        `build/cache` of the repository, or one that many machines share.
    most : int
        How many bytes the entries may take; beyond it, those used longest ago go when the cache is closed.
    code : Path, optional
        The folder of our code, `src/stats`.
    own : Path, optional
        Where it is noted what lies on the disk of this machine, if `folder` is shared with others; else there.
    """

    def __init__(self, folder: Path, *, most: int = MOST, code: Path | None = None, own: Path | None = None) -> None:
        self.folder, self.most = folder, most
        self.told: list[str] = []
        self._code = code
        self._hashes = FileHashes((own or folder) / "index.json")
        self._inputs: dict[Path, Inputs] = {}
        self._asked: dict[str, tuple[Run, Path, Mapping[str, Any]]] = {}
        self._marks: dict[str, list[Path]] = {}
        self._placed = Placed((own or folder) / "placed.json")
        self._has_stored = False

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def key(self, run: Run, root: Path, *, how: Mapping[str, Any] = NO_MORE) -> Key:
        """Return the key of a run, by what lies in the repository when the first key of it is asked for.

        Parameters
        ----------
        run : Run
        root : Path
            The repository.
        how : mapping
            What else the run is told that changes its files, such as that they are drafts.
        """
        key = self._inputs_of(root).key(run, how)
        self._asked[key.compute] = run, root, how
        return key

    def versions(self, root: Path) -> dict[str, str]:
        """Return the hashes of our code and of the lock, for the record of a run."""
        inputs = self._inputs_of(root)
        return {"code": inputs.code, "lock": inputs.lock}

    def parts(self, root: Path, notebooks: Iterable[str]) -> dict[str, Any]:
        """Return what the keys of runs of these notebooks cover, part by part: what differs elsewhere can be named."""
        return self._inputs_of(root).parts(notebooks)

    def look_again(self) -> None:
        """Have the next key tell what lies in the repository then, and not at the first; what was learnt is written."""
        self._inputs.clear()
        self._asked.clear()
        with suppress(OSError):
            self._hashes.save()

    def find_of_another(self, key: Key, *, patience: float = 10.0) -> Entry | None:
        """Return the entry that another machine stored just now; None if it does not come into sight.

        Room is made for it when the cache is closed. On NFS a name that was missing stays so for half a minute, unless
        its folder is listed.
        """
        until, self._has_stored = time.monotonic() + patience, True
        while (entry := self.find(key)) is None and time.monotonic() < until:
            for above in (self.folder / "runs", self._place(key).parent):
                with suppress(OSError):
                    os.listdir(above)
            time.sleep(0.1)
        return entry

    def find(self, key: Key) -> Entry | None:
        """Return the entry of a key, whole; it is kept from removal until it is brought or released.

        The words of its notebook may be older than those asked for: `Entry.is_rendered` tells.
        """
        from stats.run.cache_entries import TOLD, EntryDamaged, read_entry
        from stats.run.cache_room import mark, remove

        place = self._place(key)
        if not place.is_dir():
            return None
        self._marks.setdefault(key.compute, []).append(mark(self.folder, key.compute))
        for again in (True, False):  # it may just be on its way back, see `cache_room.remove`
            try:
                entry = read_entry(place, key)
                os.utime(place / TOLD)
                return entry
            except FileNotFoundError:
                continue
            except EntryDamaged as problem:
                if not again:
                    self.told.append(str(problem))
                    remove(self.folder, place, even_if_read=True)
        self._unmark(key)
        return None

    def store(self, key: Key, made: Path, record: Mapping[str, Any]) -> Entry:
        """Keep what a run made and return its entry, or that of whoever was first.

        Parameters
        ----------
        key : Key
        made : Path
            A folder with the files; `executed.ipynb`, if it is there, is the notebook with its outputs.
        record : mapping
            What else is told of the run, in plain values.

        Raises
        ------
        ChangedMeanwhile
            If the key of the same run is another by now: nobody knows which of both it was made from. Only the process
            that asked for the key can tell.
        """
        from stats.run.cache_entries import put_entry, unreadable
        from stats.run.cache_room import fresh_name

        self._must_be_still(key)
        self._has_stored = True
        for _ in range(3):  # more than once only if what was there first turns out to be damaged
            put_entry(self._place(key), made, key, record, fresh_name(self.folder))
            entry = self.find(key)
            if entry is not None:
                return entry
        raise unreadable(self.folder, self.told)

    def bring(
        self, entry: Entry, out: Path, *, executed: Path | None = None, notebook: Path | None = None
    ) -> list[Path]:
        """Put the files of an entry into a folder and return them there.

        The old figures are replaced when all the new ones lie ready. Files are copied: whoever writes into a figure
        does not write into the cache. They are dated two seconds back, so that a later write has another date.

        Parameters
        ----------
        entry : Entry
        out : Path
            The folder of figures; what else lies in it stays.
        executed : Path, optional
            Where the notebook with its outputs goes, if the entry has one.
        notebook : Path, optional
            The notebook as it is now: its words take the place of those it was run with.

        Raises
        ------
        EntryDamaged
            If the entry was changed since it was found.
        """
        from stats.run.placing import place_executed, place_figures

        made = place_figures(entry, out, self.folder)
        too = [place_executed(entry, executed, notebook)] if executed is not None and entry.has_notebook else []
        self._placed.note(entry.key, out, [*made, *too])
        self._unmark(entry.key)
        return made

    def is_placed(self, key: Key, out: Path, executed: Path | None = None) -> bool:
        """Whether a folder holds just what the run of this key made, by what was brought there; reads no figure.

        With `executed`, whether that notebook too is there, under the words it has now.
        """
        return self._placed.holds(key, out, executed)

    def release(self, entry: Entry) -> None:
        """Let an entry that was found go: it will not be brought."""
        self._unmark(entry.key)

    def close(self) -> None:
        """Remember what was learnt, let go of all entries, and make room if there are new ones."""
        for marks in self._marks.values():
            for mark in marks:
                mark.unlink(missing_ok=True)
        self._marks.clear()
        if self._has_stored:
            from stats.run.cache_room import make_room, sweep

            sweep(self.folder)
            make_room(self.folder, self.most)
            self._has_stored = False
        with suppress(OSError):
            self._hashes.save()
            self._placed.save()

    def _inputs_of(self, root: Path) -> Inputs:
        if root not in self._inputs:
            self._inputs[root] = Inputs(root, self._hashes, self._code)
        return self._inputs[root]

    def _place(self, key: Key) -> Path:
        return self.folder / "runs" / key.compute[:2] / key.compute

    def _unmark(self, key: Key) -> None:
        marks = self._marks.get(key.compute)
        if marks:
            marks.pop().unlink(missing_ok=True)

    def _must_be_still(self, key: Key) -> None:
        if key.compute not in self._asked:
            return
        from stats.run.cache_entries import changed

        run, root, how = self._asked[key.compute]
        if Inputs(root, self._hashes, self._code).key(run, how).compute != key.compute:
            self._inputs.pop(root, None)
            raise changed(run.notebook)
