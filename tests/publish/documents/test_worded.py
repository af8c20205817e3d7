"""A right number under wrong words is refused in the finished sentence."""

from __future__ import annotations

import re
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
OTHER = {"recorded": "resolved", "resolved": "recorded"}
UPPER = f"{{{{ number('{CHARGED}.upper') }}}}"
RESOLVED = SHARE.replace("offences_recorded", "offences_resolved")
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
        (f"Table: Shares\n\n| What | Such. As rape |\n|---|---|\n| charged. They are convicted. So | {SHARE} |",
         "'convicted' is another stage"),
        (f"Table: Conviction rates\n\n| What | Share |\n|---|---|\n| so far | {SHARE} |", "Conviction rate"),
        (f"Table: Shares. In Kent\n\n| What | Share |\n|---|---|\n| so far | {SHARE} |", "'Kent' is not"),
        (f"Table: In 2019/20\n\n| What | Share |\n|---|---|\n| so far | {SHARE} |", "'2019/20' is not"),
        (f"Table: Shares\n\n| Convicted | Share |\n|---|---|\n| so far | {SHARE} |", "'Convicted' is another"),
        (f"Not: x. The conviction rate is {SHARE}.", "conviction rate"),
        (f"Not: x; the conviction rate is {SHARE}.", "conviction rate"),
        (f"In October to December 2024, {SHARE} were charged.", "'October to December 2024' is not the number's"),
        (f"In April\u2013June 2024, {SHARE} were charged.", "'April.June 2024' is not the number's"),
        (f"In the year ended March 2024, {SHARE} were charged.", "'year ended March 2024' is not the number's"),
        (f"In the financial year to 31 March 2024, {SHARE}.", "'year to 31 March 2024' is not the number's"),
        (f"Between 1 April 2023 and 31 March 2024, {SHARE}.", "'1 April 2023 and 31 March 2024' is not the number's"),
        (f"From 1 April 2023 to 31 March 2024, {SHARE}.", "'1 April 2023 to 31 March 2024' is not the number's"),
        (f"During March 2025, {SHARE} were charged.", "'March 2025' is not the number's period"),
        (f"Of {BASE} recorded offences {RESOLVED} were charged.", "is not the share of 1,531"),
        (f"{COUNT} were charged, that is {RESOLVED}.", "is not the share of 83"),
        (f"Of those recorded, {UPPER} were charged.", "the most that it can come to: say 'at most'"),
        (f"Of those charged, {SHARE} were convicted.", "'convicted' is another stage"),
        (f"Of {BASE} recorded offences {COUNT} led to a charge and a conviction.", "'conviction' is another stage"),
        (f"Of domestic abuse offences {SHARE} were charged.", "'domestic abuse' is not stalking"),
        (f"Of harassment offences {SHARE} were charged.", "'harassment' is not stalking"),
        (f"Of {BASE} stalking offences, rapes among them.", "'rapes' is not stalking"),
        (f"In Lincolnshire, unlike in England and Wales, {COUNT} were charged.", "'England and Wales' is not Linc"),
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
        f"Between 1 April 2024 and 31 March 2025, in the year ended March 2025, {SHARE} were charged.",
        f"From April 2024 to March 2025, or in the financial year to the end of March 2025, {SHARE} were charged.",
        f"Of {BASE} offences {COUNT} were charged ({SHARE}), at most {UPPER}. With an outcome: {RESOLVED}.",
        f"It would be {UPPER}. If every pending offence were charged: {UPPER}.",
        f"In Lincolnshire {COUNT} were charged, in England and Wales {NATION}.",
        f"It was not {{{{ claim('C003-01') }}}}, a conviction rate, but {SHARE}.",
        f"Of {BASE} offences {COUNT} were charged; a charge is not a conviction.",
        "The conviction rate is of Scotland. It is not of rape.",
        f"Of stalking, without harassment, by the Protection from Harassment Act 1997, {SHARE} were charged.",
        "In Dorset {{ published('dorset-police-recorded-2020') }}, in England and Wales "
        "{{ published('pas-not-charged-2011') }}.",
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


def test_a_briefing_in_which_the_shares_are_swapped_is_refused(tmp_path, facts):
    """The one is of the offences recorded, the other of those with an outcome: each belongs to its own counts."""
    text = (home() / "briefings" / "briefing.md").read_text("utf-8")
    swapped = re.sub("offences_(recorded|resolved).share", lambda one: f"offences_{OTHER[one[1]]}.share", text)
    (tmp_path / "briefing.md").write_text(swapped, "utf-8")
    template = load_template(tmp_path / "briefing.md")
    folders = [Folder(name, home() / "figures" / str(brief)) for name, brief in template.briefs.items()]
    with pytest.raises(WrongWords, match=r"is not the share of .*offences_recorded\.base"):
        rendered(template, facts, folders, {})
