"""The findings on a draft as a terminal shows them."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace

import pytest
from made_remarks import KEYS, TEXT, remark, remarks

from stats.claims.draft.remarks import Remark
from stats.claims.verdicts import VERDICTS
from stats.publish.check_record import check_json
from stats.publish.check_text import check_text
from stats.publish.checked import Checked
from stats.read.drafts import read_draft
from stats.run.claims import facts_of

HOSTILE = '\x1b[2J\x9b1m\u202e</style><script>alert(1)</script>" onload="x\' <img src=http://127.0.0.1:9/x>\n0 to mend'


@pytest.fixture(scope="module")
def facts():
    """What drafts are judged by."""
    return facts_of()


@pytest.fixture
def checked(facts) -> Checked:
    """A draft with every verdict."""
    return Checked(read_draft(TEXT.encode(), name="press-release.md"), tuple(remarks()), facts)


def hostile(checked: Checked) -> Checked:
    """The same with every field of words full of what a terminal or a page would obey."""
    words = [
        f.name for f in fields(Remark) if f.type == "str" and f.name not in ("verdict", "quote", "sentence", "lint")
    ]
    spoilt = {name: HOSTILE for name in words}
    bad = tuple(
        replace(one, **spoilt, caveats=(HOSTILE,), evidence=tuple(replace(e, text=HOSTILE, url=f"https://x/{HOSTILE}",
                publisher=HOSTILE, area=HOSTILE, kind=HOSTILE) for e in one.evidence))
        for one in checked.remarks
    )  # fmt: skip
    draft = replace(checked.draft, name=f"/home/a/{HOSTILE}.md".replace("<img src=http://", "").replace("</", "<"),
                    told=(HOSTILE,), language=HOSTILE)  # fmt: skip
    return replace(checked, draft=draft, remarks=bad, written_by=HOSTILE)


def test_the_first_lines_say_what_is_to_be_done(checked):
    """How many to mend, right with something to add, right, and not checked, which is neither."""
    said = "12 to mend, 1 right with something to add, 1 right, 2 not checked (which says neither right nor wrong)."
    assert checked.summary == said
    assert said in check_text(checked, width=200).replace("\n", " ")


def test_every_verdict_is_told_in_words_with_its_meaning(checked):
    """What is right, what is wrong and what was not checked stand under their own headings."""
    text = " ".join(check_text(checked).split())
    for verdict, (meaning, _) in VERDICTS.items():
        if verdict != "not-checked":
            assert re.search(rf"\d+\. {verdict}: {meaning}", text), verdict
    places = [text.index(words) for words in ("TO MEND (12)", "RIGHT, WITH", "RIGHT (1)", "NOT CHECKED (2)")]
    assert places == sorted(places)
    assert "neither right nor wrong" in text[places[-1] :]


def test_a_finding_has_its_place_its_sentence_and_its_evidence(checked):
    """The words are marked by signs, with reason, what to write, what it was matched to, reading and source."""
    block = next(b for b in check_text(checked, width=100).split("\n\n") if b.startswith("6. "))
    for words in (
        "6. wrong-measure: The number is of another measure", "paragraph 7 (line 13):",
        "Just >>5 per cent<< of cases in England and Wales", "reason      A reason for wrong-measure",
        "instead     By the first release, 5,948 of 118,411", "matched to  charge share of offences recorded",
        "England and Wales; year ending", "read as     4.5% to 5.5% (strictly: 5%)",
        "to add      outcomes are still arriving", "beside      5% (5,948 of 118,411)", "source      Home Office",
    ):  # fmt: skip
        assert words in block, words


def test_every_finding_is_listed_once(checked):
    """By its number in the order of the draft, whichever heading it stands under."""
    numbers = re.findall(r"^(\d+)\. ", check_text(checked), re.M)
    assert sorted(map(int, numbers)) == list(range(1, len(checked.remarks) + 1))


@pytest.mark.parametrize("width", [1, 40, 72, 500])
def test_lines_fit_the_terminal(checked, width):
    """From 40 to 100 columns; only an address stays whole, so that it can be followed."""
    lines = [line for line in check_text(checked, width=width).splitlines() if "https://" not in line]
    assert max(map(len, lines)) <= min(max(width, 40), 100)


def test_colour_is_only_an_extra(checked):
    """Without it there is no escape; with it the words are the same."""
    plain, painted = check_text(checked), check_text(checked, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in painted
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_the_right_one_of_two_same_numbers_is_marked(facts):
    """'12' twice in a sentence: the second is marked where the remark says so."""
    text = "Of 12 forces, 12 replied."
    draft = read_draft(text.encode())
    second = remark(text, "12 replied", text, "not-checked")
    second = replace(second, quote="12", end=second.start + 2)
    assert "Of 12 forces, >>12<< replied." in check_text(Checked(draft, (second,), facts))


def test_words_that_are_not_in_their_sentence_are_shown_in_the_draft(facts):
    """A remark whose sentence was made plain still shows the right place."""
    draft = read_draft(b"Half of the 40 areas.")
    one = Remark("40", "half of the forty areas", 12, 14, "no-source", "Nobody counted.")
    assert "Half of the >>40<< areas." in check_text(Checked(draft, (one,), facts))


def test_a_sentence_without_end_is_cut_round_the_number(facts):
    """A hundred thousand letters become two lines."""
    text = f"{'word ' * 20_000}5% {'word ' * 20_000}"
    one = remark(text, "5%", text, "no-source")
    shown = check_text(Checked(read_draft(text.encode()), (one,), facts))
    assert ">>5%<<" in shown
    assert len(shown) < 2_000


def test_numbers_that_were_not_checked_stand_under_their_reason(checked):
    """Each reason is said once, whatever stands between the numbers it holds for."""
    one, two = (r for r in checked.remarks if r.verdict == "not-checked")
    other = replace(one, start=one.start + 1, reason="Another reason.")
    text = check_text(replace(checked, remarks=(one, other, two)))
    assert text.count(one.reason) == 1
    assert text.index("3. paragraph 16") < text.index("Another reason.") < text.index("2. paragraph 14")


def test_a_draft_without_numbers_and_one_without_a_match_say_so(checked):
    """Neither is called right."""
    assert replace(checked, remarks=()).summary == (
        "No number was found that could be checked, and no wording that misleads."
    )
    unplaced = tuple(one for one in checked.remarks if one.verdict == "not-checked")
    assert replace(checked, remarks=unplaced).summary.startswith("Nothing was checked: 2 not checked (which says")


def test_what_it_was_judged_by_is_told(checked, facts):
    """The day asked for, the releases, the day 'last year' is read by, and what was left out."""
    text = " ".join(check_text(replace(checked, facts=facts.as_at("2019"))).split())
    assert "as at 2019-12-31" in text
    assert "published 2018" in text
    assert "2026" not in text
    assert "give it with --written" in text
    draft = replace(checked.draft, told=("It holds macros.",))
    assert "note It holds macros." in " ".join(check_text(replace(checked, draft=draft)).split())


def test_nothing_in_a_draft_steers_the_terminal(checked):
    """Escapes, signs of direction and line ends are spelt out, in every field."""
    text = check_text(hostile(checked))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert not re.search(r"^ *0 to mend", text, re.M)
    assert "<U+001B>[2J<U+009B>1m<U+202E>" in text


def test_json_is_one_object_a_finding_with_the_keys_promised(checked):
    """In the order of the draft and of the keys; it holds no sign that a terminal obeys."""
    records = json.loads(check_json(checked))
    assert " ".join(list(records[5])[:15]) == KEYS
    assert [record["number"] for record in records] == list(range(1, 17))
    assert all(TEXT[record["start"] : record["end"]] == record["quote"] for record in records)
    assert (records[5]["low"], records[5]["high"], records[5]["group"]) == (0.045, 0.055, "mend")
    raw = check_json(hostile(checked))
    assert raw.isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", raw)
    assert json.loads(raw)[0]["reason"] == HOSTILE
