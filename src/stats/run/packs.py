"""What the commands on packs do: make the document and everything it rests on, and check a pack that was made."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stats.claims.facts import Facts
from stats.errors import NotReproduced
from stats.publish.documents import FORMATS
from stats.publish.pack.contents import pack_of
from stats.publish.pack.figure import names_of
from stats.publish.pack.verifying import Verified, verified
from stats.publish.pack.writing import write_pack
from stats.registers.entries import shown
from stats.run.claims import facts_of
from stats.run.documents import Ready, each_of, ready_of, written
from stats.run.packs_drawn import Drawn, must_be_as_drawn
from stats.run.parameters import MODELS
from stats.run.showing import Lines, Showing, showing


def build_packs(
    name: str, values: Mapping[str, str], root: Path, say: Callable[[str], None], *,
    formats: Sequence[str] = tuple(FORMATS), out: Path | None = None, jobs: int | None = None,
    show: Callable[[int], Showing] = showing,
) -> list[Path]:  # fmt: skip
    """Write the pack of a document, or one for each of many areas, as a folder and a zip, and return the zips.

    Parameters
    ----------
    name : str
        Of a template in `briefings`.
    values : mapping
        Its parameters.
    root : Path
    say : callable
    formats : sequence of str
        Suffixes of the formats that the pack holds.
    out : Path, optional
        The folder of the packs; by default build/packs.
    jobs : int, optional
    show : callable

    Raises
    ------
    NotHonest, NotReproduced, SourceChanged
        If it may not be handed over, or a committed figure is not what its notebook draws.
    """
    facts, made = facts_of(root), []
    drawn: Drawn = {}
    for ready in ready_of(name, values, facts, jobs, show):
        must_be_as_drawn(ready, names_of(ready.document), root, drawn, jobs)
        place = (out or root / "build" / "packs") / ready.document.name
        folder, packed = write_pack(files_of(ready, formats, facts, commit_of(root)), place)
        say(shown(folder))
        say(shown(packed))
        made.append(packed)
    return made


def files_of(ready: Ready, formats: Sequence[str], facts: Facts, commit: str | None) -> dict[str, bytes]:
    """Return the files of the pack of a document that is ready."""
    name = ready.document.name
    return pack_of(
        ready.document, {f"{name}.{suffix}": written(ready.document, suffix) for suffix in formats}, facts, _ask,
        folders={folder.label: folder.path for folder in ready.folders}, asked=ready.asked,
        quoted_as_wrong=ready.template.quoted_as_wrong, commit=commit,
    )  # fmt: skip


def verify_pack(path: Path, root: Path, *, rebuild: bool) -> Verified:
    """Return what can be said of a pack: of itself, of its figures and corrections, and made again unless left out.

    Raises
    ------
    CannotOpen
        If it is no zip of a pack.
    """
    facts = facts_of(root)
    again = (lambda told: _again(told, facts)) if rebuild else None
    return verified(path, facts, again, lambda commit: is_of(root, commit))


def commit_of(root: Path) -> str | None:
    """Return the commit of the repository, if it has one and nothing in it was changed since."""
    try:
        changed = _git(root, "status", "--porcelain")
        return None if changed else _git(root, "rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return None


def is_of(root: Path, commit: str) -> bool | None:
    """Whether a commit is one of the repository; None where that cannot be told: there is no git, or no history."""
    try:
        _git(root, "rev-parse", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return None
    try:
        _git(root, "cat-file", "-e", f"{commit}^{{commit}}")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - of our own


def _again(told: Mapping[str, Any], facts: Facts) -> dict[str, bytes]:
    """Make the files of a pack anew from what it tells of how it was made."""
    asked = {str(name): str(value) for name, value in told["asked"].items()}
    template, root = asked.pop("template", ""), facts.registers.root
    if not template or len(each_of(asked, facts.registers)) != 1:
        raise NotReproduced("a pack does not tell which document it holds.", [("asked", asked)], "Make it anew.")
    (ready,) = ready_of(template, asked, facts, None, lambda total: Lines(total, lambda _: None))
    must_be_as_drawn(ready, names_of(ready.document), root, {}, None)
    formats = [name.rpartition(".")[2] for name in told["formats"]]
    return files_of(ready, formats, facts, told["commit"])


def _ask(notebook: str, parameters: Mapping[str, Any]) -> Any:
    return MODELS[notebook].ask(**parameters)
