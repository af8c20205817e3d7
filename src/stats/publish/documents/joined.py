"""Words one after another -> as few as there are looks among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from stats.publish.documents.model import Words


def joined(words: Iterable[Words]) -> Iterator[Words]:
    """Give words with neighbours that look alike as one, and empty ones left out."""
    last: Words | None = None
    for one in words:
        if not one.text:
            continue
        if last and not last.reference and not one.reference and replace(last, text="") == replace(one, text=""):
            last = replace(last, text=last.text + one.text)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
