"""What every page of ours begins with, a policy that forbids each request and its style; and how it ends."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from stats.publish.markup import el

PAGE = Path(__file__).with_suffix(".css")
FINDINGS = Path(__file__).with_name("check_page.css")
"""Of pages that list what was found."""


def head(title: str, generator: str, sheet: Path) -> Element:
    """Return the head of a page that opens offline, asks nothing of any server, and runs nothing.

    Parameters
    ----------
    title : str
    generator : str
        How the page says whose it is: another may take its place.
    sheet : Path
        The style of its own, after that of every page.
    """
    style = f"{_text(PAGE)}\n{_text(sheet)}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return el(
        "head", el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="generator", content=generator),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="robots", content="noindex"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", style),
    )  # fmt: skip


NOT_OFFICIAL = "This is not an official publication, and no publisher named here endorses it."


def foot() -> Element:
    """Return what every page that leaves the repository ends with."""
    return el("footer", el("p", NOT_OFFICIAL))


@cache
def _text(sheet: Path) -> str:
    return sheet.read_text("utf-8")
