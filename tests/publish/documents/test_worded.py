"""A right number under wrong words is refused in the finished sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from stats.home import home
from stats.publish.documents.briefs import Folder
from stats.publish.documents.rendering import rendered
from stats.publish.documents.template import load_template
from stats.publish.documents.typed import TypedNumber
from stats.publish.documents.worded import WrongWords
from stats.run.claims import facts_of

HEAD = "---\nkind: briefing\ntitle: Stalking\ncontact: us\nbriefs: {charge: lincolnshire}\n---\n"
NAMES = "{{ measure('charge_share_of_offences_recorded', 'forbidden_names') }}"
CHARGED = "charge/charged.E23000020.offences_recorded"
SHARE, NATION = (
    f"{{{{ number('{CHARGED}.share') }}}}",
    "{{ number('charge/charged.K04000001.offences_recorded.share') }}",
)
COUNT, BASE = f"{{{{ number('{CHARGED}.charged') }}}}", f"{{{{ number('{CHARGED}.base') }}}}"


@pytest.fixture(scope="module")
def facts():
    """All that is to hand."""
    return facts_of(home())


@pytest.fixture
def document(tmp_path: Path, facts):
    """Fill in a body, with the figures of Lincolnshire."""

    def make(body: str):
        path = tmp_path / "a.md"
        path.write_text(f"{HEAD}{body}\n", "utf-8")
        return rendered(load_template(path), facts, [Folder("charge", home() / "figures" / "lincolnshire")], {})

    return make


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"The conviction rate is {SHARE}.", "'conviction rate' is not the share of recorded offences charged so far"),
        (f"So {NAMES} is {SHARE}.", "conviction rate"),
        (f"Police heard from {BASE} victims.", "'victims'"),
        (f"So far {COUNT} were convicted.", "'convicted' is another stage"),
        (f"Of all, {SHARE} went to prison.", "'prison' is another stage"),
        (f"In Kent the share charged is {SHARE}.", "'Kent' is not Lincolnshire"),
        (f"In South Wales the share charged is {NATION}.", "'South Wales' is not England and Wales"),
        (f"In England the share charged is {NATION}.", "'England' is not England and Wales"),
        (f"Across the UK the share charged is {NATION}.", "'UK' is not where"),
        (f"In Britain the share charged is {NATION}.", "'Britain' is not where"),
        (f"In the year ending March 2024 {SHARE} were charged.", "'year ending March 2024' is not the number's period"),
        (f"In 2023/24, {SHARE} were charged.", "'2023/24' is not the number's period"),
        (f"- The **conviction** rate is **{SHARE}**.", "conviction rate"),
        (f"## Conviction rate: {SHARE}", "Conviction rate"),
        (f"Table: Shares\n\n| What | Kent |\n|---|---|\n| charged | {SHARE} |", "'Kent' is not Lincolnshire"),
        (f"Table: Shares\n\n| What | Share |\n|---|---|\n| conviction rate | {SHARE} |", "conviction rate"),
    ],
)  # fmt: skip
def test_a_number_under_words_of_another_is_refused(document, body, said):
    """Another measure, stage, place or period; also in a list, a heading, or by the heads of a table."""
    with pytest.raises(WrongWords, match=f"(?s)a.md.*{said}"):
        document(body)


@pytest.mark.parametrize(
    "body",
    [
        f"In Lincolnshire {SHARE} were charged, in England and Wales {NATION}.",
        f"In the year ending March 2025, that is 2024/25, {SHARE} were charged.",
        f"So far {SHARE} were charged. That is no conviction rate.",
        f"Not: a conviction rate of {SHARE}.",
        f"It was not {{{{ claim('C003-01') }}}}, a conviction rate, but {SHARE}.",
        f"Of {BASE} offences {COUNT} were charged; a charge is not a conviction.",
        "The conviction rate is of Scotland.",
        f"Table: A\n\n| What | Lincolnshire | England and Wales |\n|---|---|---|\n| charged | {SHARE} | {NATION} |",
    ],
)
def test_a_number_under_its_own_words_is_fine(document, body):
    """And so are quoted claims, what is said not to be, and sentences without a number."""
    assert document(body).blocks


@pytest.mark.parametrize(
    "body",
    [
        f"So {COUNT}{BASE} were charged.", f"So {COUNT}%, were charged.", '{{ "⁴⁰" }} were charged.',
        '[it](https://a.org/{{"40"}})', "[it](#no-such-section)",
        'Table: {{ "40" }} of them\n\n| a | b |\n|---|---|\n| c | d |',
        'Table: Shares\n\n| a | &frac12; |\n|---|---|\n| c | d |',
        f'Table: Shares\n\n| {{{{ "5." ~ "4%" }}}} |\n|---|\n| {SHARE} |',
    ],
)  # fmt: skip
def test_a_number_put_together_is_found_in_the_finished_text(document, body):
    """Touching references, what is hidden in a reference's place, addresses, and the caption and heads of a table."""
    with pytest.raises(TypedNumber):
        document(body)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (f'title: "In Scotland {SHARE} of stalkers were convicted in 2019/20"', "'Scotland' is not where"),
        (f"title: Stalking\nsubtitle: The conviction rate is {SHARE}", "conviction rate"),
    ],
)
def test_the_title_and_subtitle_are_read_as_the_body_is(tmp_path, facts, head, said):
    """They are what is quoted first."""
    path = tmp_path / "a.md"
    path.write_text(HEAD.replace("title: Stalking", head) + "So.\n", "utf-8")
    with pytest.raises(WrongWords, match=said):
        rendered(load_template(path), facts, [Folder("charge", home() / "figures" / "lincolnshire")], {})


def test_the_title_says_no_number_of_its_own(tmp_path, facts):
    """However it is put together."""
    path = tmp_path / "a.md"
    path.write_text(HEAD.replace("title: Stalking", 'title: \'Stalking {{ "4" ~ "0" }}\'') + "So.\n", "utf-8")
    with pytest.raises(TypedNumber):
        rendered(load_template(path), facts, [Folder("charge", home() / "figures" / "lincolnshire")], {})
