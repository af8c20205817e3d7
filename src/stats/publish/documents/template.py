"""A template: Markdown with Jinja2 in `briefings/`, after a head that says what it is and which figures it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import Field

from stats.errors import RegisterError, UnknownName, nearest
from stats.publish.documents.current import Accepted
from stats.publish.documents.model import Kind
from stats.registers.entries import Entry, entry, parsed, shown

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)


class Made(Entry):
    """Figures that are made for a document: a notebook and its parameters, in which the document's own may stand."""

    notebook: str
    parameters: dict[str, Any] = Field(default_factory=dict)


REQUIRED = {
    "annex": {
        "contact": "SI 2018/748, regulation 4: a named contact",
        "feature": "SI 2018/748, regulation 4: the feature of policing, or the features together",
        "harm": "SI 2018/748, regulation 4: why it significantly harms the interests of the public, and whose",
        "changed": "good practice: what is new since the last complaint",
    },
}  # fmt: skip
"""By kind: what a document must say, and who asks for it."""

PRINTED = ("title", "subtitle", "says")
"""What of a head a document prints, by its key."""

FEWEST = 3
"""Words that are needed to say anything."""

_TO_BE_SAID = re.compile(
    r"\[[^\]]+\](?!\()|\bto be (?:confirmed|named|added|agreed|written|decided)\b|\bto follow\b|\bTB[ACD]\b",
    re.IGNORECASE,
)
"""Words in brackets that are no link, and what people write where something is still to come."""


class Written(NamedTuple):
    """A text of a head as it stands in the file, marks of YAML and all, and its line there."""

    text: str
    line: int

    @property
    def begins(self) -> int:
        """The line on which its own words begin: below the sign of a text over several lines."""
        return self.line + self.text.startswith((">", "|"))


class Template(Entry):
    """A template.

    Parameters
    ----------
    name : str
        Of its file.
    kind : Kind
    title, subtitle : str
        May hold references, as the body may.
    contact : str
        Who answers for it. An annex needs one.
    numbered : bool
        Whether its paragraphs are.
    asks : dict
        Its parameters, each with its default: an area, an offence, a claim.
    says : dict
        Texts of its author, by name, such as the feature of policing that an annex is about; the body places them.
    briefs : dict
        The figures that it may refer to, by the name it calls them: a committed brief, or a notebook with parameters.
    accepted_stale : dict
        What a later release has overtaken and the document states all the same, by id.
    quoted_as_wrong : tuple of str
        Ids of claims that it quotes to say that they do not hold.
    is_example : bool
        Whether it says of itself that it is one. Only then may what its author must say stand open, [in brackets].
    heads : dict
        The title, the subtitle and what its author says as they stand in the file, by name.
    body : str
    first_line : int
        Of the body, in the file.
    """

    name: str
    kind: Kind
    title: str
    subtitle: str = ""
    contact: str = ""
    numbered: bool = False
    asks: dict[str, str] = Field(default_factory=dict)
    says: dict[str, str] = Field(default_factory=dict)
    briefs: dict[str, str | Made] = Field(default_factory=dict)
    accepted_stale: dict[str, Accepted] = Field(default_factory=dict)
    quoted_as_wrong: tuple[str, ...] = ()
    is_example: bool = False
    heads: dict[str, Written]
    body: str
    first_line: int
    file: Path


def load_template(path: Path) -> Template:
    """Return a template, read and checked.

    Raises
    ------
    RegisterError
        Naming the file and what is wrong in it.
    """
    text = _text(path)
    front = _FRONT.match(text)
    if not front:
        raise RegisterError("a template does not say what it is.", [("file", shown(path))],
                            "Begin it with lines between two of ---: kind, title, briefs.")  # fmt: skip
    try:
        told = parsed(front[1])
    except yaml.YAMLError as problem:
        raise RegisterError("the head of a template cannot be read.", [("file", shown(path)), ("problem", problem)],
                            "It is YAML: text with ': ' or a brace in front wants quotes.") from None  # fmt: skip
    body = text[front.end() :].lstrip()  # as an entry keeps it
    fields = {
        "name": path.stem, "heads": dict(_heads(front[1])), "body": body,
        "first_line": text[: len(text) - len(body)].count("\n") + 1, "file": path,
    }  # fmt: skip
    template = entry(Template, {**(told if isinstance(told, dict) else {}), **fields}, file=path, name=path.stem)
    _must_not_say_twice(template)
    _must_say_enough(template)
    return template


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise RegisterError("a template is not written in UTF-8.", [("file", shown(path)), ("line", line)],
                            "Save it as UTF-8, the encoding of most editors.") from None  # fmt: skip


def _heads(front: str) -> Iterator[tuple[str, Written]]:
    """Give each text of a head that is printed, by its key."""
    root = yaml.compose(front, Loader=yaml.SafeLoader)
    told = root.value if isinstance(root, yaml.MappingNode) else []
    for key, node in told:
        if key.value in PRINTED:
            for name, text in node.value if isinstance(node, yaml.MappingNode) else [(key, node)]:
                start, end = text.start_mark, text.end_mark
                yield name.value, Written(front[start.index : end.index], start.line + 2)


def _must_not_say_twice(template: Template) -> None:
    """Stop if a text of the author goes by a name that another has: one of the two would not be looked at."""
    twice = [name for name in template.says if name in (*PRINTED, "body", *template.asks)]
    if twice:
        raise RegisterError("a text under says has a name that something else of the template has.",
                            [("file", shown(template.file)), ("name", twice[0])], "Call it otherwise.")  # fmt: skip


def _must_say_enough(template: Template) -> None:
    """Stop if the document does not say what those who receive it must be told."""
    said = {"contact": template.contact, **template.says}
    asked = REQUIRED.get(template.kind, {})
    lacking = [(name, why) for name, why in asked.items() if len(said.get(name, "").split()) < FEWEST]
    if lacking:
        raise RegisterError(f"the {template.kind} lacks what it must say.", [("file", shown(template.file)), *lacking],
                            "Add it to the head: contact, or under says.")  # fmt: skip
    still_open = [(name, words) for name, words in said.items() if _TO_BE_SAID.search(words)]
    if still_open and not template.is_example:
        raise RegisterError(f"the {template.kind} is not finished: something is still to be written.",
                            [("file", shown(template.file)), *still_open],
                            "Write it, or say in the head that it is an example: is_example: true.")  # fmt: skip


def template_path(name: str, root: Path) -> Path:
    """Return the file of a template by its name.

    Raises
    ------
    UnknownName
        The nearest are listed.
    """
    every = {path.stem: path for path in sorted((root / "briefings").glob("*.md"))}
    plain = name.strip().removesuffix(".md").replace("-", "_").replace(" ", "_").casefold()
    if plain not in every:
        near = ", ".join(nearest(plain, every) or every)
        raise UnknownName(f"no document is called '{name}'.", [("nearest", near)], "Templates lie in briefings.")
    return every[plain]
