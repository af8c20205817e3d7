"""A small repository to run in, and what runs of it might have made."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """A run that is wanted."""

    notebook: str = "charge_share"
    parameters: dict[str, Any] = field(default_factory=lambda: {"area": "Kent", "offence": "Stalking"})
    name: str = "charge_share-kent-stalking"


def repository(root: Path) -> Path:
    """Make a repository of a few small files, with its code in `code`, and return its folder."""
    for name, text in {
        "code/draw/page.py": "WIDTH = 6\n",
        "code/draw/house.mplstyle": "font.size: 10\n",
        "requirements.lock": "matplotlib==3.10.7\n",
        "data/tidy/outcomes.csv": "area_code,offences_n\nE23000032,118\n",
        "data/tidy/population.csv": "area_code,people_n\nE23000032,1900\n",
        "data/tidy/made.json": json.dumps({"outcomes": {"sha256": "aa"}, "population": {"sha256": "bb"}}),
        "data/registers/measures.yml": "charge_share: {}\n",
        "data/claims/article_000.yml": "claims: []\n",
        "data/raw/home-office/2026/outcomes.csv.yml": "id: outcomes\n",
        "data/illustrative/survey.csv": "answer\nyes\n",
    }.items():
        put(root / name, text)
    put_notebook(root / "notebooks" / "charge_share.ipynb", cells())
    put_notebook(root / "notebooks" / "people_and_case_files.ipynb", cells())
    return root


def cells(words: str = "What became of them?", code: str = "share = 1\nshare") -> list[dict[str, Any]]:
    """Return the cells of a notebook as they are committed."""
    return [
        markdown(f"# {words}"),
        cell("area = 'Kent'", tags=["parameters"]),
        cell(code),
        markdown("The share is above."),
    ]


def cell(source: str, *, tags: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """Return a code cell without outputs."""
    return {"cell_type": "code", "execution_count": None, "metadata": {"tags": tags} if tags else {}, "outputs": [],
            "source": source.splitlines(keepends=True), **more}  # fmt: skip


def markdown(source: str) -> dict[str, Any]:
    """Return a cell of words."""
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True)}


def put_notebook(path: Path, of: list[dict[str, Any]]) -> None:
    """Write a notebook."""
    put(path, json.dumps({"cells": of, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))


def put(path: Path, text: str) -> None:
    """Write a file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def figures(folder: Path, words: str = "first", *, executed: bool = True, size: int = 2_000) -> Path:
    """Make what a run leaves in a folder: one figure of four files, its numbers, and the notebook with outputs."""
    told = {"name": "charge", "notebook": "charge_share", "parameters": {}, "alt": words}
    put(folder / "charge.svg", f"<svg>{words * (size // len(words))}</svg>")
    put(folder / "charge.png", words * (size // len(words)))
    put(folder / "charge.csv", f"n\n{words}\n")
    put(folder / "charge.json", json.dumps(told))
    put(folder / "numbers.json", json.dumps({"numbers": words}))
    if executed:
        ran = cells()
        ran[2] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": [words]}], "execution_count": 2}
        put_notebook(folder / "executed.ipynb", ran)
    return folder
