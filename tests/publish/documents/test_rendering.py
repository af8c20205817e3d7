"""A template is filled in with what can be checked, and refused where nothing stands behind its words."""

from __future__ import annotations

import re
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from stats.errors import NotHonest, NotToHand, RegisterError, StatsError, UnknownName
from stats.home import home
from stats.publish.documents.briefs import Folder
from stats.publish.documents.current import Overtaken
from stats.publish.documents.model import Bullets, Heading, Paragraph, Picture, plain
from stats.publish.documents.rendering import rendered
from stats.publish.documents.template import load_template, template_path
from stats.publish.documents.typed import TypedNumber
from stats.registers import Registers
from stats.run.claims import facts_of

HEAD = '---\nkind: briefing\ntitle: "Stalking in {{ place }}"\ncontact: us\nasks: {place: Kent}\nbriefs: {a: b}\n---\n'
SHARE = "charge/charged.E23000020.offences_recorded.share"
COUNT = "charge/charged.K04000001.offences_recorded.charged"


@pytest.fixture(scope="module")
def facts():
    """All that is to hand."""
    return facts_of(home())


@pytest.fixture
def document(tmp_path: Path, facts):
    """Fill in a body, with the figures of Lincolnshire and those of a survey."""

    def make(body: str, head: str = HEAD, **given: object):
        path = tmp_path / "a.md"
        path.write_text(head + body, "utf-8")
        folders = [Folder(name, home() / "figures" / brief) for name, brief in
                   (("charge", "lincolnshire"), ("people", "article_000"))]  # fmt: skip
        return rendered(load_template(path), facts, folders, {"place": "Kent", **given})

    return make


def test_a_document_holds_what_its_template_refers_to(document):
    """Numbers as their figures print them, each with all that it rests on, once; and figures whole."""
    share = f"{{{{ number('{SHARE}') }}}}"
    made = document(f"## So far\n\nIt is {share}, {share}.\n\n{{{{ figure('charge/charged') }}}}\n")
    heading, paragraph, picture = made.blocks
    assert isinstance(heading, Heading)
    assert plain(paragraph.words) == "It is 5.4%, 5.4%."
    assert isinstance(picture, Picture)
    assert (picture.name, picture.table.name) == ("lincolnshire/charged", "lincolnshire_charged")
    (reference,) = made.references
    assert reference.id == "lincolnshire/charged.E23000020.offences_recorded.share"
    assert (reference.text, reference.measure) == ("5.4%", "charge_share_of_offences_recorded")
    assert reference.figure == "lincolnshire/charged"
    assert [citation.id for citation in made.citations] == ["home_office_outcomes_2024_25"]
    assert (made.title, made.as_at.isoformat()) == ("Stalking in Kent", "2026-04-23")


def test_a_claim_is_quoted_with_its_verdict(document, facts):
    """Its words, why they are right or wrong, and what may be said; the same claim is one reference."""
    made = document(
        "{{ claim('C003-01') }}: {{ reason('C003-01') }}\n\n{{ may_say('C003-01') }}\n\n{{ verdict('C003-01') }}\n"
    )
    words, said, verdict = made.blocks
    assert plain(words.words).startswith("“just 5 per cent of cases")
    assert isinstance(said, Bullets)
    assert plain(verdict.words) == "The number is of another measure"
    assert [(one.id, one.verdict) for one in made.references] == [("C003-01", "wrong-measure")]
    assert made.references[0].sources[0] == made.citations[0].id
    assert made.citations[0].words.startswith(facts.registers.document_of("C003-01").publisher)


def test_cells_definitions_and_changes_can_be_referred_to(document):
    """Each in the words of its register or table."""
    made = document(
        "{{ cell('charge/outcomes', 'status', area_name='Lincolnshire', outcome_group='Other or passed on') }}, "
        "{{ measure('charge_share_of_offences_recorded') }}, {{ broken('2020-04-former-partners') }}.\n"
    )
    (paragraph,) = made.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.words).startswith("[c], share of recorded offences charged so far, from April 2020 a course")


@pytest.mark.parametrize(
    ("body", "error", "said"),
    [
        ("It is 5.4%.", TypedNumber, "number\\('charge/charged"),
        ("{{ '5' ~ '.4%' }} of all.", TypedNumber, "'5.4%' of “5.4% of all"),
        ("{% set x = 83 %}{{ x }} offences.", TypedNumber, "'83'"),
        ("{{ place }} rose.", TypedNumber, "'rose'"),
        ("{{ number('charge/charged.nobody') }}", UnknownName, "nearest"),
        ("{{ number('nowhere/x') }}", UnknownName, "nearest"),
        ("{{ rows('nowhere/x') }}", UnknownName, "nearest"),
        ("{{ published('nobody') }}", UnknownName, r"published_figures\.csv"),
        ("{{ figure('charge/nothing') }}", UnknownName, "charge/charged"),
        ("{{ claim('C999-01') }}", UnknownName, "claim"),
        ("{{ cell('charge/charged', 'text', area_code='E23000020') }}", UnknownName, "just one such cell"),
        ("{{ measure('charge_share_of_offences_recorded', 'id') }}", UnknownName, "told: +plain_name"),
        ("{{ published('thornberry-charge-share-2021-22', '__doc__') }}", UnknownName, "told: +text, counts, cited"),
        ("{{ cell('charge/charged', 'value_pct', of='of offences recorded') }}", UnknownName, "rows"),
        ("{{ cell('charge/outcomes', 'share_pct', area_name='Lincolnshire', outcome_group='No outcome yet') }}",
         UnknownName, r"(?s)takes a number from a cell.*number\('…'\)"),
        ("{{ code(place) }}", UnknownName, "of what is no area"),
        ("{{ code(namespace(code='93 per cent')) }}", StatsError, "'namespace' is undefined"),
        ("{{ nothing }}", StatsError, "'nothing' is undefined"),
        ("{{ number( }}", StatsError, "line"),
        ("{{ ''.__class__.__mro__ }}", StatsError, "cannot be filled in"),
    ],
)  # fmt: skip
def test_what_no_reference_stands_behind_is_refused(document, body, error, said):
    """Also what a template puts together from pieces; and it can run nothing."""
    with pytest.raises(error, match=said):
        document(body + "\n")


@pytest.mark.parametrize(
    ("head", "error", "said"),
    [
        ("subtitle: Since 1999 and\n  {what}\nsays:\n  why: Because", TypedNumber, "line 5:  '5,432'"),
        ("says:\n  why: >-\n    Because of\n    {what} offences", TypedNumber, "line 7:  '5,432'"),
        ("says:\n  how: Well\n  why: |\n    Because\n    of {{{{ nothing( }}}}", StatsError, "line: *8"),
        ("says:\n  why: Because\n---\n\n\n{{{{ why }}}} of {what}", TypedNumber, "line 9:  '5,432'"),
    ],
)
def test_what_is_wrong_in_a_head_is_named_by_its_line(document, head, error, said):
    """Also in a text that goes over several lines."""
    with pytest.raises(error, match=said):
        document("{{ why }}\n", f"---\nkind: briefing\ntitle: Told\n{head.format(what='5,432')}\n---\n")


@pytest.mark.parametrize(
    "body",
    [
        "{{ figure('charge/charged') }}",
        "{{ cell('charge/outcomes', 'text', area_name='Lincolnshire', outcome_group='No outcome yet') }}",
    ],
)
def test_a_figure_of_an_overtaken_release_is_refused_though_no_number_of_it_is_quoted(document, body, monkeypatch):
    """It states its numbers itself, and so does a cell of its table; an acceptance of the figure takes them."""
    newest = Registers.newest
    newer = {"id": "home_office_outcomes_newer"}
    monkeypatch.setattr(Registers, "newest", lambda *asked: newest(*asked).model_copy(update=newer))
    with pytest.raises(Overtaken, match=r"lincolnshire/\w+: .*, which home_office_outcomes_newer replaces"):
        document(body + "\n")
    kept = "\n".join(
        f"  lincolnshire/{name}: {{reason: as it was, until: 2030-01-01}}" for name in ("charged", "outcomes")
    )
    assert document(body + "\n", HEAD.replace("---\n", f"---\naccepted_stale:\n{kept}\n", 1)).blocks


def test_the_count_of_an_earlier_release_is_overtaken(facts, tmp_path: Path):
    """A figure of revisions may be shown, and its newer counts quoted; its older ones only where that is accepted."""
    folders, path = [Folder("moves", home() / "figures" / "how_much_stalking_figures_move")], tmp_path / "a.md"
    for number, error in (("now", None), ("was", Overtaken)):
        body = f"{{{{ number('moves/moves.K04000001.{number}') }}}}.\n\n{{{{ figure('moves/moves') }}}}\n"
        path.write_text(HEAD + body, "utf-8")
        with pytest.raises(error, match="10,296, from home_office_recorded_2018") if error else nullcontext():
            rendered(load_template(path), facts, folders, {"place": "Kent"})


def test_made_up_data_make_no_document(facts, tmp_path: Path):
    """They show how a figure looks; a document would state them as fact."""
    path = tmp_path / "a.md"
    path.write_text(HEAD + "{{ figure('foi/returned') }}\n", "utf-8")
    folders = [Folder("foi", home() / "figures" / "illustrative_returns_and_sample")]
    with pytest.raises(NotHonest, match="'a' is no evidence: it rests on made-up data"):
        rendered(load_template(path), facts, folders, {"place": "Kent"})


@pytest.mark.parametrize("name", ["title", "subtitle"])
@pytest.mark.parametrize(
    "text",
    ["## x", "# x", "- x\\n- y", "a\\n\\nb", "> x", "`x`", "{{ figure('charge/charged') }}",
     "Table: a\\n\\n| a |\\n|---|\\n| b |"],
)  # fmt: skip
def test_a_title_is_one_line_of_words(document, name, text):
    """A heading, a list, a figure or two paragraphs are told with file and line."""
    first = "" if name == "title" else "title: Told\n"
    with pytest.raises(RegisterError, match=rf"(?s)the {name} .*a\.md\n +line: +{4 if first else 3}\n.*Write one"):
        document("So far.\n", f'---\nkind: briefing\n{first}{name}: "{text}"\n---\n')


def test_a_title_says_something(document):
    """A subtitle may be left out."""
    with pytest.raises(RegisterError, match="the title of a document is not one line of words"):
        document("So far.\n", "---\nkind: briefing\ntitle: ' '\n---\n")
    made = document("So far.\n", "---\nkind: briefing\ntitle: Of *all*\nsubtitle: ' '\n---\n")
    assert (made.title, made.subtitle) == ("Of all", "")


@pytest.mark.parametrize(
    ("asked", "error", "said"),
    [
        ("{{ 1 // 0 }}", StatsError, r"cannot be filled in.*line: +10\n.*by zero"),
        ("{% for x in range(1000000) %}{% endfor %}", StatsError, r"cannot be filled in.*line: +10\n"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", StatsError, r"cannot be filled in.*recursion"),
        ("{{ number() }}", StatsError, r"cannot be filled in.*line: +10\n"),
        ("{{ number('nowhere/x') }}", UnknownName, r"template: +file .*a\.md, line 10\n"),
    ],
)
def test_whatever_a_template_stumbles_over_is_told_by_its_line(document, asked, error, said):
    """Also what Python alone refuses, and a reference that leads nowhere."""
    with pytest.raises(error, match=f"(?s){said}"):
        document(f"So far.\n\n{asked}\n")


@pytest.mark.parametrize("altered", ["replace('0', '99')", "replace('0', '9' * 5000)", "reverse", "first"])
def test_a_reference_goes_through_no_filter(document, altered):
    """What is left of it would be another reference, or none."""
    with pytest.raises(StatsError, match="a template alters what a reference returned"):
        document(f"It is {{{{ number('{SHARE}') | {altered} }}}}.\n")


def test_the_contact_is_read_as_it_is_printed(document):
    """Before anything is filled in."""
    with pytest.raises(TypedNumber, match=r"in contact: +'rising'"):
        document("So.\n", HEAD.replace("contact: us", "contact: us; it is rising"))


def test_a_number_that_is_not_shown_cannot_be_stated(document, monkeypatch):
    """A suppressed count has no value."""
    numbers = {SHARE: {"text": "[c]", "value": None, "id": SHARE}}
    monkeypatch.setattr("stats.publish.documents.stated.Stated.numbers", numbers)
    with pytest.raises(NotToHand, match="not shown"):
        document(f"{{{{ number('{SHARE}') }}}}\n")


def test_a_sentence_says_no_more_than_its_number_bears(document, facts):
    """People who chose to answer are not the nation, and have no margin of error."""
    number = next(name for name, told in Folder("people", home() / "figures" / "article_000").numbers.items()
                  if told["basis"] == "self-selected" and told["value"] is not None)  # fmt: skip
    assert document(f"Of those who chose to answer: {{{{ number('{number}') }}}}.\n").references
    with pytest.raises(NotHonest, match="cannot be said"):
        document(f"Across the nation it is {{{{ number('{number}') }}}}.\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no head", "does not say what it is"),
        ("---\nkind: poem\ntitle: x\n---\n", "kind"),
        ("---\nkind: [\n---\n", "cannot be read"),
        ("---\nkind: briefing\ntitle: x\ntitle: y\n---\n", "the key 'title' is written twice"),
        ("---\nkind: briefing\ntitle: x\nauthor: me\n---\n", "author"),
        ("---\nkind: briefing\ntitle: 9% rise\nsays: {title: x}\n---\n", "(?s)something else of the template.*title"),
        ("---\nkind: briefing\ntitle: x\nasks: {area: Kent}\nsays: {area: x}\n---\n", "name: +area"),
    ],
)
def test_a_head_that_does_not_fit_is_refused(tmp_path, text, said):
    """Naming the file."""
    (tmp_path / "a.md").write_text(text, "utf-8")
    with pytest.raises(RegisterError, match=said):
        load_template(tmp_path / "a.md")


def test_a_template_in_another_encoding_is_named_with_its_line(tmp_path):
    """As an editor of another age saves it."""
    (tmp_path / "a.md").write_bytes("---\nkind: briefing\ntitle: café\n---\n".encode("latin-1"))
    with pytest.raises(RegisterError, match=r"(?s)not written in UTF-8.*a\.md\n +line: +3\n"):
        load_template(tmp_path / "a.md")


@pytest.mark.parametrize("lacking", ["contact", "feature", "harm", "changed"])
def test_an_annex_says_what_the_regulations_ask(tmp_path, lacking):
    """A feature of policing, the harm, a named contact, what has changed; each names who asks for it."""
    text = (home() / "briefings" / "annex.md").read_text("utf-8")
    assert load_template(home() / "briefings" / "annex.md").kind == "annex"
    emptied = re.sub(rf"^( *){lacking}: (?:>-\n(?:    .*\n)+|.*\n)", rf"\g<1>{lacking}: ' '\n", text, flags=re.M)
    (tmp_path / "annex.md").write_text(emptied, "utf-8")
    with pytest.raises(RegisterError, match=f"(?s)lacks what it must say.*{lacking}: +(SI 2018/748|good practice)"):
        load_template(tmp_path / "annex.md")


@pytest.mark.parametrize("field", ["harm", "contact"])
def test_an_annex_with_words_still_to_be_written_is_an_example_or_nothing(tmp_path, field):
    """What stands in brackets is no harm, and no contact; the example that is here says what it is."""
    text = (home() / "briefings" / "annex.md").read_text("utf-8")
    assert load_template(home() / "briefings" / "annex.md").is_example
    (tmp_path / "annex.md").write_text(text.replace("is_example: true\n", ""), "utf-8")
    with pytest.raises(RegisterError, match=rf"(?s)not finished.*{field}: +\[The body"):
        load_template(tmp_path / "annex.md")
    (tmp_path / "annex.md").write_text(
        re.sub(r"\[The body[^]]*\] ", "", text).replace("is_example: true\n", ""), "utf-8"
    )
    assert not load_template(tmp_path / "annex.md").is_example


@pytest.mark.parametrize("field", ["feature", "harm", "changed"])
def test_an_annex_prints_what_it_must_say(tmp_path, facts, field):
    """In the head alone nobody reads it."""
    text = (home() / "briefings" / "annex.md").read_text("utf-8")
    (tmp_path / "annex.md").write_text(text.replace(f"{{{{ {field} }}}}", "Nothing."), "utf-8")
    template = load_template(tmp_path / "annex.md")
    folders = [Folder(name, home() / "figures" / str(brief)) for name, brief in template.briefs.items()]
    with pytest.raises(RegisterError, match=f"(?s)does not print what it must say.*{field}: "):
        rendered(template, facts, folders, {})


@pytest.mark.parametrize("contact", ["To be confirmed by the board", "The director, TBC", "A name to follow soon"])
def test_a_contact_that_is_still_to_come_is_none(tmp_path, contact):
    """Whatever people write where a name is missing."""
    text = (home() / "briefings" / "annex.md").read_text("utf-8").replace("is_example: true\n", "")
    text = re.sub(r"\[The body[^]]*\] ", "", text)
    (tmp_path / "annex.md").write_text(re.sub(r"(?m)^contact: .*$", f"contact: {contact}", text), "utf-8")
    with pytest.raises(RegisterError, match=f"(?s)not finished.*contact: +{contact}"):
        load_template(tmp_path / "annex.md")


def cells_of(document, *cells: str):
    """Return the cells of a row of a table that an author wrote, without its head."""
    heads = " | ".join(f"{{{{ '{letter}' }}}}" for letter in "abcdefgh"[: len(cells)])
    table = f"Table: Stalking\n\n| What | {heads} |\n|{'---|' * (len(cells) + 1)}\n| So far | {' | '.join(cells)} |\n"
    (grid,) = document(table).blocks
    return grid.rows[0][1:]


def test_a_cell_that_is_one_number_holds_it(document):
    """Rounded as it is printed, a percentage as a share, with its unit; with words beside it the cell is text."""
    count = f"{{{{ number('{COUNT}') }}}}"
    share = f"{{{{ number('{SHARE}') }}}}"
    cells = cells_of(document, count, f"**{share}**", f"{count} offences", f"{share}, {share}", "no number")
    assert [(cell.value, cell.unit) for cell in cells] == [(11610, "count"), (0.054, "share"), *[(None, "")] * 3]
    assert [plain(cell.words) for cell in cells[:3]] == ["11,610", "5.4%", "11,610 offences"]
    ids = [name.replace("charge/", "lincolnshire/") for name in (COUNT, SHARE)]
    assert [cell.words[0].reference for cell in cells[:2]] == ids


@pytest.mark.parametrize(
    ("text", "value", "unit", "held"),
    [("0.18", 0.17697, "per 1,000 residents", (0.18, "per 1,000 residents")),
     ("+20%", 0.195652, "share", (0.2, "share")),
     ("no change", 0.0, "share", (None, "")), ("up 54% a year", 1.542, "ratio per year", (None, ""))],
)  # fmt: skip
def test_a_cell_holds_no_number_but_the_one_it_prints(document, monkeypatch, text, value, unit, held):
    """A rate and a change as printed; words that print no number, or another one, stay text."""
    told = {**Folder("charge", home() / "figures" / "lincolnshire").numbers[SHARE], "measure": ""}
    numbers = {SHARE: {**told, "text": text, "value": value, "unit": unit}}
    monkeypatch.setattr("stats.publish.documents.stated.Stated.numbers", numbers)
    (cell,) = cells_of(document, f"{{{{ number('{SHARE}') }}}}")
    assert (cell.value, cell.unit) == held


def test_a_reference_that_says_nothing_leaves_no_paragraph(document):
    """A figure that was published without its counts: what follows is read all the same."""
    asked = "{{ published('slt-conviction-ratio-2021-22', 'counts') }}\n"
    assert document(asked).blocks == ()
    assert [plain(block.words) for block in document(f"{asked}\nSo far.\n").blocks] == ["So far."]


def test_published_figures_are_stated_as_they_were_published(document):
    """With who said so, on which base."""
    made = document(
        "{% set it = 'thornberry-charge-share-2021-22' %}\n"
        "{{ published(it) }} ({{ published(it, 'counts') }}), {{ published(it, 'cited') }}.\n"
    )
    assert plain(made.blocks[0].words) == "5% (5,948 of 118,411), Emily Thornberry MP, 14 April 2023."


def test_a_template_is_found_by_its_name():
    """Or the nearest are listed."""
    assert template_path("Force", home()).name == "force.md"
    with pytest.raises(UnknownName, match="briefing"):
        template_path("breifing", home())


def test_a_published_figure_leads_to_who_printed_it(document):
    """Its reference names a source of its own, by what it is and where; so does the line of what sets two apart."""
    made = document(
        "{% set it = 'thornberry-charge-share-2021-22' %}{% set other = 'slt-conviction-ratio-2021-22' %}\n"
        "{{ published(it) }}. They differ in {{ differ_in(it, other) }}.\n"
    )
    one, both = made.references
    cited = {citation.id: citation for citation in made.citations}
    assert cited[one.sources[0]].words.startswith("Emily Thornberry MP")
    assert (one.area, one.area_name, one.basis) == ("K04000001", "England and Wales", "offences recorded in the year")
    assert one.measure_name == "share of recorded offences charged so far"
    assert [cited[name].words.partition(",")[0] for name in both.sources] == [
        "Emily Thornberry MP",
        "Suzy Lamplugh Trust",
    ]
    assert both.text == "what is counted"


def test_a_cell_says_that_a_verdict_may_still_change(tmp_path: Path, facts):
    """As the table of its figure does; and it leads to a source."""
    asked = "It is {{ cell('forces/funnel', 'verdict', area_code='E23000020') }}.\n\n"
    withheld = asked.replace("E23000020", "E23000027")
    (tmp_path / "a.md").write_text(HEAD + asked + withheld, "utf-8")
    folder = Folder("forces", home() / "figures" / "compare_forces")
    made = rendered(load_template(tmp_path / "a.md"), facts, [folder], {"place": "Kent"})
    assert plain(made.blocks[0].words).endswith(" explain (provisional).")
    assert plain(made.blocks[1].words).endswith(" explain (pending count withheld).")
    assert made.references[0].sources == ("home_office_outcomes_2024_25",)


@pytest.mark.parametrize("name", ["annex", "briefing", "rebuttal", "reconciliation"])
def test_no_document_holds_a_path_of_this_computer(name, facts, tmp_path):
    """A file is named as it lies in the repository."""
    template = load_template(template_path(name, home()))
    wider = tmp_path / "wider"
    shutil.copytree(home() / "figures" / "lincolnshire", wider)
    told = (wider / "charged.json").read_text("utf-8").replace(', stalking"', ', stalking and harassment"')
    (wider / "charged.json").write_text(told, "utf-8")
    made_for = {"charge": home() / "figures" / "lincolnshire", "wider": wider}
    folders = [Folder(called, home() / "figures" / of if isinstance(of, str) else made_for[called])
               for called, of in template.briefs.items()]  # fmt: skip
    asked = {"area": facts.registers.areas.find("Lincolnshire")} if name == "rebuttal" else template.asks
    made = rendered(template, facts, folders, asked)
    assert str(home()) not in repr(made)
    assert ("data/raw/" in repr(made)) or name != "rebuttal"
    assert all(reference.sources for reference in made.references if reference.id.startswith("published "))


def test_a_change_that_sets_two_figures_apart_may_be_worded_with_a_number(document):
    """'Counts once' stands in the register of breaks, and no author typed it."""
    one, other = "luton-today-recorded-bedfordshire-2024-25", "thornberry-recorded-2021-22"
    (table,) = document(f"{{{{ differences('{one}', '{other}') }}}}\n").blocks
    assert any("counts once" in plain(row[0].words) for row in table.rows)


def test_the_breaks_of_a_figure_are_listed_or_it_is_said_that_there_are_none(facts, tmp_path: Path):
    """In the words of the register; each is a reference that a pack's limits know."""
    path = tmp_path / "a.md"
    path.write_text(HEAD + "{{ breaks('series/recorded') }}\n\n{{ breaks('charge/charged') }}\n", "utf-8")
    briefs = {"series": "national_headline", "charge": "lincolnshire"}
    folders = [Folder(name, home() / "figures" / brief) for name, brief in briefs.items()]
    made = rendered(load_template(path), facts, folders, {"place": "Kent"})
    lead, broken, unbroken = made.blocks
    assert plain(lead.words) == "What has changed within it:"
    assert len(broken.items) == 3
    assert plain(broken.items[1]).startswith("from April 2020 a course of conduct by a former partner")
    assert plain(unbroken.words) == "No registered change lies within it."
    assert "break 2020-04-former-partners" in {reference.id for reference in made.references}


def test_the_change_of_one_area_alone_is_told_with_its_effect(facts, tmp_path: Path):
    """Humberside's funnel names it; of a figure with national changes only there is nothing to tell."""
    path = tmp_path / "a.md"
    path.write_text(HEAD + "It is {{ own_breaks('forces/funnel') }} {{ own_breaks('series/recorded') }}\n", "utf-8")
    briefs = {"series": "national_headline", "forces": "compare_forces"}
    folders = [Folder(name, home() / "figures" / brief) for name, brief in briefs.items()]
    (said,) = rendered(load_template(path), facts, folders, {"place": "Kent"}).blocks
    told = facts.registers.breaks["2024-04-humberside"]
    assert plain(said.words).split() == f"It is {told.what_changed}. {told.effect}".split()


@pytest.mark.parametrize(
    "number",
    ["charge/charged.E23000020.offences_recorded.shaer", "charge/charged.E99.offences_recorded.share",
     "charge/charged.E23000020.offences_recorded", "charge/charged", SHARE],
)  # fmt: skip
def test_a_slip_of_the_pen_is_no_count_that_is_withheld(document, number):
    """What a figure cannot have, or shows, is not said to rest on a small count."""
    with pytest.raises(UnknownName, match=r"(?s)is withheld.*nearest: +\S"):
        document(f"It is withheld: {{{{ why_not_shown('{number}') }}}}.\n")


@pytest.mark.parametrize(
    "call", ["number()", f"rows('{SHARE}', 'E99')"],
)  # fmt: skip
def test_a_function_called_wrongly_is_told_in_words(document, call):
    """No traceback of ours: the file, what is wrong, and how a reference is written."""
    with pytest.raises(StatsError, match=r"(?s)cannot be filled in.*problem:.*A reference is"):
        document(f"It is {{{{ {call} }}}}.\n")
