"""What the commands on documents do: make the figures of a template, fill it in, and write it in every format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from stats.claims.facts import Facts
from stats.errors import BadParameter, RegisterError
from stats.publish.documents import FORMATS
from stats.publish.documents.briefs import Folder
from stats.publish.documents.model import Document
from stats.publish.documents.office import as_snippet
from stats.publish.documents.template import Made, Template, load_template, template_path
from stats.registers import Registers
from stats.registers.entries import shown
from stats.run.axes import resolved
from stats.run.claims import facts_of
from stats.run.execute import Job
from stats.run.filling import filled
from stats.run.making import here, make, must_be_made
from stats.run.parameters import model_of
from stats.run.plan import notebook_path
from stats.run.remembered import Remembered
from stats.run.showing import Showing, showing
from stats.run.slugs import slug
from stats.run.written_files import write_ours

Say = Callable[[str], None]
Asked = tuple[Template, dict[str, Any]]
"""A template under the name of what it is asked for, and its parameters as it sees them."""


class Ready(NamedTuple):
    """A document that is ready to be written, with what it was asked for and the figures it may refer to."""

    template: Template
    asked: dict[str, str]
    document: Document
    folders: list[Folder]


def build_documents(
    name: str, values: Mapping[str, str], root: Path, say: Say, *, formats: Sequence[str] = tuple(FORMATS),
    out: Path | None = None, jobs: int | None = None, show: Callable[[int], Showing] = showing,
) -> list[Path]:  # fmt: skip
    """Make a document in every format that is asked for, or one for each of many areas, and return the files.

    Parameters
    ----------
    name : str
        Of a template in `briefings`.
    values : mapping
        Its parameters, in place of the defaults; the area may be a word for several, as in a matrix.
    root : Path
    say : callable
    formats : sequence of str
        Suffixes: keys of `FORMATS`.
    out : Path, optional
        The folder of the files; by default build/documents, with a folder for each document.
    jobs : int, optional
        How many figures are made side by side.
    show : callable
        Returns what shows how far so many figures have come.

    Raises
    ------
    UsageMistake
        If a file that we did not write, or that was changed since, stands in a folder that was asked for.
    """
    made = []
    for ready in ready_of(name, values, facts_of(root), jobs, show):
        place = out or _folder(ready.template, root)
        files = {place / f"{ready.document.name}.{suffix}": written(ready.document, suffix) for suffix in formats}
        if "docx" in formats:
            files |= figures_alone(ready, place)
        made += write_ours(files, root, is_own_folder=out is None)
        for path in dict.fromkeys(path if path.parent == place else path.parent for path in files):
            say(shown(path))
    return made


def figures_alone(ready: Ready, place: Path) -> dict[Path, bytes]:
    """Return the files of each figure of a document by itself, to be put into a text or on slides.

    Parameters
    ----------
    ready : Ready
    place : Path
        The folder of the document; they get one of their own in it, with DOCX, PNG, SVG and CSV.
    """
    folders, made = {folder.label: folder.path for folder in ready.folders}, {}
    for picture in ready.document.pictures:
        brief, _, figure = picture.name.partition("/")
        files = {suffix: (folders[brief] / f"{figure}.{suffix}").read_bytes() for suffix in ("png", "svg", "csv")}
        files["docx"] = as_snippet(picture, ready.document.as_at)
        for suffix, data in files.items():
            made[place / f"{ready.document.name}-figures" / f"{brief}-{figure}.{suffix}"] = data
    return made


def ready_of(
    name: str, values: Mapping[str, str], facts: Facts, jobs: int | None, show: Callable[[int], Showing]
) -> Iterator[Ready]:  # fmt: skip
    """Give each document that is asked for, ready to be written; all their figures are made first, side by side."""
    root = facts.registers.root
    template = load_template(template_path(name, root))
    asked = [(one, *asked_for(template, one, facts.registers)) for one in each_of(values, facts.registers)]
    make_figures_of([(named, given) for _, named, given in asked], root, jobs, show)
    for one, named, given in asked:
        folders = figures_of(named, root)
        yield Ready(named, {"template": name, **one}, filled(named, facts, folders, given), folders)


def each_of(values: Mapping[str, str], registers: Registers) -> list[dict[str, str]]:
    """Return the parameters of each document: one, or one for each area that a word such as 'all' stands for."""
    if "area" not in values:
        return [dict(values)]
    return [{**values, "area": area} for area in resolved("area", (values["area"],), registers)]


def written(document: Document, suffix: str) -> bytes:
    """Return a document in one format."""
    module, function = FORMATS[suffix]
    data: bytes = getattr(import_module(f"stats.publish.documents.{module}"), function)(document)
    return data


def asked_for(template: Template, values: Mapping[str, str], registers: Registers) -> Asked:
    """Return a template under the name of what it is asked for, and its parameters as it sees them.

    An area, offence or claim is looked up by any of its names; a wrong one stops with the nearest right ones.

    Raises
    ------
    BadParameter
        If the template has no such parameter.
    """
    wrong = [name for name in values if name not in template.asks]
    if wrong:
        raise BadParameter(
            f"the document {template.name} has no parameter called '{wrong[0]}'.",
            [("it asks for", ", ".join(template.asks) or "nothing")],
            "Correct the name, or leave it out.",
        )  # fmt: skip
    finders: dict[str, Callable[[str], Any]] = {
        "area": registers.areas.find, "offence": registers.offences.find, "claim": registers.claim,
    }  # fmt: skip
    given = {name: finders.get(name, str)(values.get(name, default)) for name, default in template.asks.items()}
    named = "-".join([template.name, *(slug(_name(given[name])) for name in template.asks)])
    return template.model_copy(update={"name": named}), given


def make_figures_of(asked: Iterable[Asked], root: Path, jobs: int | None, show: Callable[[int], Showing]) -> None:
    """Make the figures that documents have of their own, all side by side; what is up to date is left."""
    every = [_job(template, name, given, root) for template, given in asked for name in own_figures(template)]
    with Remembered(root, figures_only=True) as remembered:
        left = [job for job in every if not remembered.is_done(job)]
        for record in make(left, remembered, here(jobs, figures_only=True), show(len(left))) if left else ():
            must_be_made(record)


def own_figures(template: Template) -> list[str]:
    """Return what a template calls the figures that are made for it."""
    return [name for name, of in template.briefs.items() if isinstance(of, Made)]


def figures_of(template: Template, root: Path) -> list[Folder]:
    """Return the folders of figures that a template may refer to: its own, and those of committed briefs."""
    own, folder = own_figures(template), _folder(template, root) / "figures"
    twice = [name for name in own if (root / "figures" / name).is_dir()]
    if twice:
        raise RegisterError(
            f"the document {template.name} gives figures of its own the name of a committed brief.",
            [("file", shown(template.file)), ("briefs", twice[0])], "Call them otherwise.",
        )  # fmt: skip
    return [
        Folder(name, folder / name if name in own else root / "figures" / str(of))
        for name, of in template.briefs.items()
    ]


def _folder(template: Template, root: Path) -> Path:
    return root / "build" / "documents" / template.name


def _job(template: Template, name: str, given: Mapping[str, Any], root: Path) -> Job:
    made = template.briefs[name]
    assert isinstance(made, Made)
    model = model_of(made.notebook)
    asked = model.ask(**{key: _filled(value, given, template.file) for key, value in made.parameters.items()})
    label = f"{template.name}-{name}"
    executed = root / "build" / "notebooks" / "documents" / f"{label}.ipynb"
    path = notebook_path(model.notebook, root)
    return Job(label, path, asked.as_parameters(), _folder(template, root) / "figures" / name, executed)


def _filled(value: Any, given: Mapping[str, Any], file: Path) -> Any:
    """Return a parameter of a notebook, in which '{area}' is the name of the document's own area."""
    names = {name: _name(of) for name, of in given.items()}
    try:
        return value.format_map(names) if isinstance(value, str) else value
    except (AttributeError, LookupError, TypeError, ValueError):
        raise RegisterError(
            "a parameter of a notebook asks for what the document is not asked for.",
            [("file", shown(file)), ("parameter", value), ("asks", ", ".join(names) or "nothing")],
            "Write the name of one of these in braces, as in '{area}', and a brace itself as '{{'.",
        ) from None


def _name(of: Any) -> str:
    return str(getattr(of, "name", None) or getattr(of, "id", None) or of)
