"""Names for files, made of words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from stats.run.slugs import slug


@given(st.text())
def test_a_slug_is_safe_as_a_part_of_a_files_name(words: str) -> None:
    """Small letters, digits and lines, whatever was written; and a slug of a slug is the same."""
    assert re.fullmatch(r"([a-z0-9]+(_[a-z0-9]+)*)?", slug(words))
    assert slug(slug(words)) == slug(words)
