"""What `stats verify PACK.zip` says: the checks of `verify.py`, then how the pack compares with the repository."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stats.claims.facts import Facts
from stats.errors import CannotOpen, NoAccess, StatsError
from stats.publish.corrected import superseding
from stats.publish.folder import SUFFIXES
from stats.publish.pack import verify
from stats.publish.pack.comparing import COMMIT, COPIED, FIXED, figures_of, unlike_repository
from stats.publish.pack.others import ROWS
from stats.publish.pack.writing import zip_of

Rebuild = Callable[[Mapping[str, Any]], Mapping[str, bytes]]
"""From what a pack tells of how it was made to its files as the repository makes them now: 'document', its name;
'asked', the template and its parameters; 'commit'; 'quoted_as_wrong'; and 'formats', the names of its documents."""

Knows = Callable[[str], bool | None]

LEFT_OUT = "compared whole only when the pack is made again"


@dataclass(frozen=True)
class Verified:
    """What was found: the lines of the report, and whether the pack is what it was and is still what we say."""

    lines: tuple[str, ...]
    is_intact: bool
    is_current: bool


def opened(path: Path) -> tuple[str, dict[str, bytes], bytes]:
    """Return the name of the folder in a zip, its files, and the bytes of the zip.

    Raises
    ------
    CannotOpen
        If it is no zip of a pack: damaged, too large, or with a file that would lie outside its folder.
    """
    try:
        if path.exists() and not path.is_file():
            raise verify.Wrong("it is no file")
        if path.stat().st_size > verify.LARGEST_PACK:
            raise verify.Wrong("too large to be a pack")
        data = path.read_bytes()
        files = verify.from_zip(io.BytesIO(data))
    except (verify.Wrong, FileNotFoundError, IsADirectoryError) as problem:
        said = problem if isinstance(problem, verify.Wrong) else "there is no such file"
        raise CannotOpen(
            "this is not the zip of a pack.", [("file", path.name), ("why", said)],
            "Get the zip again from whoever made it. Nothing of it was written or run.",
        ) from None  # fmt: skip
    return _folder(data), files, data


def _folder(data: bytes) -> str:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return pack.namelist()[0].split("/", 1)[0]


def verified(
    path: Path, facts: Facts | None = None, rebuild: Rebuild | None = None, knows: Knows = lambda _: None
) -> Verified:
    """Return what can be said of a pack.

    Parameters
    ----------
    path : Path
        The zip.
    facts : Facts, optional
        Of the repository that it is compared with; without them only the pack itself is checked.
    rebuild : callable, optional
        Makes the pack of a document anew, to be compared file by file.
    knows : callable
        Whether a commit is one of the repository; None where that cannot be told.

    Raises
    ------
    CannotOpen
        As `opened`.
    """
    name, files, data = opened(path)
    lines: list[str] = []
    try:
        lines, is_intact = verify.report(files)
        gone = missing(files)
        odd = [*(_unlike_zip(name, files, data) if is_intact else ()), *(f"{one} is missing" for one in gone)]
        lines += [f"FAIL  {line}" for line in odd]
        is_intact = is_intact and not odd
        found = list(_compared(files, facts, rebuild, knows)) if facts and not gone else []
    except (StatsError, OSError):
        raise  # of the repository, and told as such
    except Exception as problem:  # whatever a pack holds that nobody thought of
        said = problem if isinstance(problem, verify.Wrong) else f"a file of it has another form ({_named(problem)})"
        return Verified((*lines, f"FAIL  {said}"), is_intact=False, is_current=False)
    return Verified((*lines, *found), is_intact, not any(line.startswith("FAIL") for line in found))


def _unlike_zip(name: str, files: Mapping[str, bytes], data: bytes) -> Iterator[str]:
    """Yield what is odd about the zip of files that match their manifest."""
    if zip_of(name, files) != data:
        yield "the zip: its files match the manifest, and it is not the zip that `stats pack` makes of them"
    document = verify.told_in(verify.NUMBERS, dict(files))["document"]
    if document != name:
        yield f"the zip: its folder is called {name}, and the document {document}"


def _named(problem: Exception) -> str:
    return ": ".join(filter(None, (type(problem).__name__, str(problem))))


def missing(files: Mapping[str, bytes]) -> list[str]:
    """Return the files that every pack holds, and the forms of its figures, that are not there."""
    figures = {name.rpartition(".")[0] for name in files if name.startswith("figures/") and not name.endswith(".docx")}
    wanted = {*FIXED, *COPIED, *(f"{figure}.{suffix}" for figure in figures for suffix in SUFFIXES)}
    return sorted(wanted - {ROWS, "corrections.md"} - set(files))


def _compared(files: Mapping[str, bytes], facts: Facts, rebuild: Rebuild | None, knows: Knows) -> Iterator[str]:
    """Yield a line for each way in which the repository now says something else."""
    numbers = json.loads(files[verify.NUMBERS])
    claims = json.loads(files["claims.json"])["claims"]
    figures = {figure.name for figure in figures_of(files)}
    names = {numbers["document"], *figures, *(n["id"] for n in numbers["numbers"]), *(c["id"] for c in claims)}
    registers = facts.registers
    late = superseding(registers.mistakes, numbers["corrections"], names)
    yield from (f"FAIL  {line}" for line in late)
    drawn = [name for name in sorted(files) if name.startswith("figures/") and not name.endswith(".docx")]
    unlike = [name for name in drawn if _differs(name, files, registers.root)]
    yield from (f"FAIL  {name}: the repository has another now" for name in unlike)
    others = list(unlike_repository(files, facts))
    yield from (f"FAIL  {line}" for line in others)
    commit = str(numbers["made_with"]["commit"])
    if re.fullmatch(COMMIT, commit) and knows(commit) is False:
        yield f"----  the commit {commit}, which it says that it was made from, is none of this repository"
    if rebuild is not None:
        formats = [name.removeprefix("documents/") for name in sorted(files) if name.startswith("documents/")]
        told = {"document": numbers["document"], **numbers["made_with"], "formats": formats}
        yield from _made_again(files, rebuild, told)
    else:
        yield f"----  {', '.join(_of_the_document(files))}: {LEFT_OUT}"
    if not (late or unlike or others):
        own = [name for name in figures if not _committed(f"figures/{name}", registers.root).parent.is_dir()]
        made = f" ({len(own)} were made for it alone)" if own else ""
        yield f"PASS  no figure of {len(figures)}, claim, number or page differs from the repository{made}"
        yield "PASS  no correction has come since"


def _made_again(files: Mapping[str, bytes], rebuild: Rebuild, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is otherwise when the pack is made again, or why it cannot be."""
    try:
        made = rebuild(told)
    except (NoAccess, OSError) as problem:
        said = problem if isinstance(problem, NoAccess) else NoAccess.of(problem)
        why = "; ".join(f"{label} {text}" for label, text in said.evidence if label != "file")
        yield f"----  not made again, since nothing can be written here ({why})"
        yield f"----  {', '.join(_of_the_document(files))}: {LEFT_OUT}"
    except StatsError as problem:
        evidence = "; ".join(f"{label}: {' '.join(text.split())}" for label, text in problem.evidence[:3])
        yield f"FAIL  it cannot be made again: {problem.wrong}{f' ({evidence})' if evidence else ''}"
    else:
        yield from _rebuilt(files, made)


def _of_the_document(files: Mapping[str, bytes]) -> list[str]:
    """Return the files that only the document tells: what is not marked in them is compared when it is made again."""
    is_told = ("documents/", "tables/", "CITATION.cff", "ro-crate-metadata.json")
    return [name for name in sorted(files) if name.startswith(is_told) or name.endswith(".docx")]


def _differs(name: str, files: Mapping[str, bytes], root: Path) -> bool:
    """Whether a committed figure is another now; figures that were made for a document alone are not committed."""
    path = _committed(name, root)
    return path.parent.is_dir() and not (path.is_file() and path.read_bytes() == files[name])


def _committed(name: str, root: Path) -> Path:
    """Return where a figure of a pack lies among those that are committed, by the name of their brief."""
    verify.must_stay_inside(name)
    return root / name


def _rebuilt(files: Mapping[str, bytes], made: Mapping[str, bytes]) -> Iterator[str]:
    unlike = sorted(name for name in files.keys() | made.keys() if files.get(name) != made.get(name))
    for name in unlike:
        why = "not made now" if name not in made else "not in the pack" if name not in files else "rebuilt otherwise"
        yield f"FAIL  {name}: {why}"
    if not unlike:
        yield f"PASS  rebuilt: all {len(files)} files are the same bytes"
