"""Fetch a registered source into `data/raw`, or a new release into `build/downloads`. Nothing is overwritten."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from stats.errors import NotFetched, SourceChanged, UsageMistake
from stats.publish.search import holds
from stats.read.fetching import USUAL, Bar, Fetched, Limits, fetched
from stats.read.recognise import WEB_PAGE
from stats.registers.entries import find, shown
from stats.registers.sources import Source, load_entries

DOWNLOADS = Path("build") / "downloads"

_OURS = {
    "official-copy": "its entry gives no address of the file itself (file_url)",
    "official-mirror": "we put its rows into this file from a copy kept elsewhere, so no address gives these bytes",
    "official-transcribed": "we typed it from pages, so no address gives it",
    "reported": "we typed it from pages, so no address gives it",
    "foi": "we typed it from the answers to requests, so no address gives it",
    "illustrative": "it was made up as an illustration, so no address gives it",
}
"""Why a source without `file_url` cannot be fetched, by its kind."""


@dataclass(frozen=True)
class Stored:
    """Where a file lies now, and what is known of it; `came` is None if it was here before."""

    path: Path
    size: int
    sha256: str
    came: Fetched | None = None

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What to print: a label and a text each."""
        here = [("already here" if self.came is None else "fetched", shown(self.path))]
        told = [("size", f"{self.size:,} bytes"), ("sha256", self.sha256)]
        return here + told + ([("kind", self.came.kind), ("from", self.came.address)] if self.came else [])


def fetch_source(
    words: str, root: Path, *, url: str | None = None, out: Path | None = None, limits: Limits = USUAL,
    bar: Bar | None = None,
) -> Stored:  # fmt: skip
    """Download the file of a registered source, if it is not here yet, and compare it with its entry.

    Parameters
    ----------
    words : str
        The id of the source, or words of its entry.
    root : Path
    url : str, optional
        Another address of the same file, in place of the entry's `file_url`.
    out : Path, optional
        Another folder than the entry's own.
    limits, bar
        See `stats.read.fetching.fetched`.

    Raises
    ------
    NotFetched
        If the source has no address of the file itself, or the address does not give it.
    SourceChanged
        If the address gives another file, or another file is in its place.
    """
    source = _source(words, load_entries(root / "data" / "raw"))
    target = out / source.path.name if out else source.path
    if not (url or source.file_url):
        raise _no_address(source)
    if target.exists():
        return _already(target, source)
    with fetched(url or source.file_url or "", target.parent, limits=limits, bar=bar) as came:
        if came.sha256 != source.sha256:
            raise _another(came, source)
        os.replace(came.path, target)
    return Stored(target, came.size, came.sha256, came)


def fetch_new(
    url: str, root: Path, *, out: Path | None = None, limits: Limits = USUAL, bar: Bar | None = None
) -> Stored:
    """Download a release that is not registered yet; a file of the same name stays, and the new one gets its hash too.

    Raises
    ------
    NotFetched
        If the address does not give a whole file, or gives a web page.
    """
    folder = out or root / DOWNLOADS
    with fetched(url, folder, limits=limits, bar=bar) as came:
        if came.kind == WEB_PAGE:
            raise NotFetched("the address gives a web page, not a file.", _found(came),
                             "Open the page in a browser, and copy the address of its link to the file.")  # fmt: skip
        for target in (folder / came.name, _with_hash(folder / came.name, came.sha256)):
            if not target.exists():
                os.replace(came.path, target)
                return Stored(target, came.size, came.sha256, came)
            if target.is_file() and _sha256(target) == came.sha256:
                return Stored(target, came.size, came.sha256)
    raise NotFetched(
        "other files are in its place.", [("file", shown(target))], "Move them, or choose a folder: --out."
    )


def _source(words: str, sources: dict[str, Source]) -> Source:
    if words in sources:
        return sources[words]
    found = [s for s in sources.values() if holds(f"{s.id} {s.citation} {s.dataset} {s.kind}", words)]
    if len(found) > 1:
        raise UsageMistake(f"more than one source holds the words '{words}'.",
                           [("sources", "\n".join(s.id for s in found))], "Write one of these names.")  # fmt: skip
    return found[0] if found else find(sources, words, what="source")


def _no_address(source: Source) -> NotFetched:
    here, again = "here, as its entry describes it", ""
    if not _is_here(source):
        here, again = "not here as its entry describes it", "Restore our file with git checkout. "
    pages = [("page", source.url), *([("publisher", source.publisher_url)] if source.publisher_url else [])]
    return NotFetched(
        "this source cannot be fetched.",
        [("source", source.id), ("why", _OURS[source.kind]), *pages, ("file", shown(source.path)), ("it is", here)],
        f"{again}Look at the page; if a newer release is there, it is added with stats release add FILE.",
    )


def _is_here(source: Source) -> bool:
    return source.path.is_file() and _sha256(source.path) == source.sha256


def _already(target: Path, source: Source) -> Stored:
    found = _sha256(target) if target.is_file() else "a folder"
    if found != source.sha256:
        raise SourceChanged(
            "another file is in its place; it was left as it is.",
            [("file", shown(target)), ("expected sha256", source.sha256), ("found sha256", found)],
            "Move it away, or choose another folder (--out), and fetch again.",
        )
    return Stored(target, target.stat().st_size, found)


def _another(came: Fetched, source: Source) -> SourceChanged:
    newer = f"stats release fetch --url {came.address}, then stats release add FILE"
    return SourceChanged(
        "the address gives another file than the entry describes; it was not kept.",
        [("source", source.id), ("expected sha256", source.sha256), ("found sha256", came.sha256), *_found(came)],
        "A web page may ask for consent or tell of an error: open the address in a browser."
        if came.kind == WEB_PAGE
        else f"The publisher may have issued a new edition. It is a release of its own: {newer}.",
    )


def _found(came: Fetched) -> list[tuple[str, str]]:
    begins = f"{came.kind}; it begins {came.begins!r}"
    return [("address", came.address), ("size", f"{came.size:,} bytes"), ("it is", begins)]


def _with_hash(path: Path, sha256: str) -> Path:
    return path.with_name(f"{path.stem}-{sha256[:8]}{path.suffix}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
