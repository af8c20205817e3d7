"""Every function of a template is explained where templates are."""

from __future__ import annotations

import re

from stats.home import home
from stats.publish.documents.answering import Answering
from stats.publish.documents.explaining import Explaining
from stats.publish.documents.stated import Stated
from stats.run.claims import facts_of


def test_every_function_of_a_template_is_in_the_docs():
    """By its name with a bracket, as it is written."""
    stated = Stated(facts_of(home()), [])
    names = {**stated.names, **Explaining(stated).names, **Answering(stated).names}
    told = set(re.findall(r"(\w+)\(", (home() / "docs" / "documents.md").read_text("utf-8")))
    assert sorted(set(names) - told) == []
