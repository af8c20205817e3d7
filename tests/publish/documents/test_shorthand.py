"""Shorthand in documents means what the glossary says."""

from __future__ import annotations

import re
from pathlib import Path

from stats.publish.documents.shorthand import SHORTHAND, explained

ROOT = Path(__file__).parents[3]


def test_shorthand_is_worded_as_in_the_glossary() -> None:
    """One wording, in the order of the glossary."""
    table = (ROOT / "GLOSSARY.md").read_text("utf-8").split("## Status shorthand")[1]
    assert dict(re.findall(r"^\| (\[[a-z]+\]) \| (.+?) \|$", table, re.M)) == SHORTHAND


def test_only_what_is_used_is_explained() -> None:
    """Signs within text count; a note's number and unknown signs do not."""
    texts = ["[x] not to hand", "83", "[note 1]", "[q]", "[c]"]
    assert explained(texts) == [f"[c] {SHORTHAND['[c]']}", "[x] Not available."]
