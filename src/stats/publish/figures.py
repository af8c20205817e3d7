"""A drawing -> four files: SVG, PNG at twice the size, CSV of what is plotted, JSON of what it means."""

from __future__ import annotations

import math
import re
import time
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from stats.draw.page import Drawing, styled
from stats.publish.evidence import must_be_told
from stats.publish.files import as_csv, as_json, write
from stats.publish.folder import folder_of, is_draft
from stats.publish.pictures import png_of, svg_of
from stats.publish.rests_on import Asked, rests_on
from stats.publish.spent import note_spent
from stats.registers.entries import shown
from stats.registers.illustrative import is_made_up

DRAFT_WORDS = "Draft: made with parameters of your own, not a published brief"

_FALLBACK_FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"


@dataclass(frozen=True)
class Published:
    """A drawing that has been written; a notebook shows it as a picture with its alternative text."""

    name: str
    svg: str
    alt: str

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        return (
            {"image/svg+xml": self.svg, "text/plain": f"Figure {self.name}. {self.alt}"},
            {"image/svg+xml": {"alt": self.alt}},
        )


def publish(drawing: Drawing, asked: Asked) -> Published:
    """Write the four files of a figure and return what a notebook shows.

    Parameters
    ----------
    drawing : Drawing
    asked : Asked
        The parameters it was made with; they are recorded in the JSON.
    """
    started = time.monotonic()
    folder, files = folder_of(asked.notebook), files_of(drawing, asked)
    for suffix, data in files.items():
        write(folder / f"{drawing.name}.{suffix}", data)
    note_spent(time.monotonic() - started)
    return Published(drawing.name, files["svg"].decode("utf-8"), drawing.alt)


def files_of(drawing: Drawing, asked: Asked) -> dict[str, bytes]:
    """Return the bytes of a figure's files, by suffix.

    Raises
    ------
    NotHonest
        If the notebook was asked for made-up data and the figure does not say that it shows any.
    """
    must_be_told(drawing, asked)
    return {
        "svg": as_svg(drawing),
        "png": as_png(drawing),
        "csv": as_csv(drawing.table),
        "json": as_json(_record(drawing, asked)),
    }


def as_svg(drawing: Drawing) -> bytes:
    """Return the figure as SVG with its title, description and role."""
    with styled():
        _mark_draft(drawing)
        drawn = svg_of(drawing.figure)
    text = _plain_ids(drawn, drawing.name).replace("'DejaVu Sans'", _FALLBACK_FONTS)
    head, body = text.split("<svg ", 1)
    tag, rest = body.split(">", 1)
    ids = f"{drawing.name}-title {drawing.name}-desc"
    return (
        f'{head}<svg role="img" aria-labelledby="{ids}" {tag}>\n'
        f' <title id="{drawing.name}-title">{escape(drawing.alt)}</title>\n'
        f' <desc id="{drawing.name}-desc">{escape(drawing.description)}</desc>{rest}'
    ).encode()


def as_png(drawing: Drawing) -> bytes:
    """Return the figure as PNG at 200 dots an inch, twice its size on a screen."""
    with styled():
        _mark_draft(drawing)
        return png_of(drawing.figure)


def _record(drawing: Drawing, asked: Asked) -> dict[str, Any]:
    return {
        "name": drawing.name,
        "title": drawing.words.title,
        "subtitle": drawing.words.subtitle,
        "caption": drawing.caption,
        "notes": drawing.notes,
        "source_line": drawing.source_line,
        "plot_between": drawing.plot_between,
        "alt": drawing.alt,
        "description": drawing.description,
        "is_draft": is_draft(),
        **({"is_illustrative": True} if is_made_up(drawing.sources) else {}),
        **({"coverage": drawing.coverage} if drawing.coverage else {}),
        "notebook": asked.notebook,
        "parameters": asked.as_parameters(),
        "measures": [m.model_dump(mode="json", exclude={"sources"}) for m in drawing.measures],
        "claims": list(drawing.claims),
        "breaks": [{"id": b.id, "date": b.date.isoformat(), "what_changed": b.what_changed} for b in drawing.breaks],
        "sources": [
            {
                **s.model_dump(mode="json", include={"id", "url", "kind", "status"}),
                "file": shown(s.path),
                **rests_on(s, drawing, asked),
                "citation": s.citation,
            }
            for s in drawing.sources
        ],
        "numbers": [
            {**_finite(asdict(number)), "sources": list(number.sources) or _sources_of_numbers(drawing)}
            for number in drawing.numbers
        ],
    }


def _sources_of_numbers(drawing: Drawing) -> list[str]:
    """Return where the numbers are from: the data, or the document where its words are all there is."""
    data = [source.id for source in drawing.sources if source.dataset != "claims"]
    return data or [source.id for source in drawing.sources]


def _plain_ids(svg: str, name: str) -> str:
    """Number the ids in order: matplotlib makes them from floats whose last digit differs between Pythons."""
    ids = dict.fromkeys(re.findall(r' id="([^"]+)"', svg))
    numbered = {old: f"{name}-{number}" for number, old in enumerate(ids)}
    return re.sub(r'((?: id="|url\(#|href="#))([^")]+)', lambda found: found[1] + numbered.get(found[2], found[2]), svg)


def _finite(fields: dict[str, Any]) -> dict[str, Any]:
    """Missing is null in JSON, which knows no not-a-number; counts are whole."""
    plain = {k: None if isinstance(v, float) and not math.isfinite(v) else v for k, v in fields.items()}
    if plain["unit"] == "count" and plain["value"] is not None:
        plain["value"] = int(plain["value"])
    return plain


def _mark_draft(drawing: Drawing) -> None:
    if is_draft() and DRAFT_WORDS not in {text.get_text() for text in drawing.figure.texts}:
        drawing.figure.text(0.98, 0.005, DRAFT_WORDS, ha="right", va="bottom", size=8.5, weight="bold", color="#801650")
