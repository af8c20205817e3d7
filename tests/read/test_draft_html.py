"""Web pages, as a reader sees them."""

from __future__ import annotations

import time

import pytest

from stats.read.drafts import read_draft


def html(body: str, head: str = "") -> bytes:
    """Return a page."""
    top = f'<html lang="en-GB"><head><title>A &amp; B</title>{head}</head>'
    return f"<!DOCTYPE html>\n{top}<body>{body}</body></html>".encode()


def test_a_page_reads_in_order_with_its_lines():
    """Blocks, rows and entities; an offset finds its line and its words as written."""
    draft = read_draft(
        html("<h1>Stalking</h1>\n<p>Of <b>118,</b>411 cases,\n5&nbsp;948 were &lt;6%.<ul><li>One<li>Two</ul>"
             "<table><tr><th>Force<th>n</tr><tr><td><p>Kent</p></td><td>71</td></tr></table>")
    )  # fmt: skip
    assert draft.kind == "html"
    assert draft.text == "Stalking\n\nOf 118,411 cases, 5,948 were <6%.\n\nOne\n\nTwo\n\nForce\tn\nKent\t71"
    at = draft.text.index("5,948")
    assert draft.where(at) == "paragraph 2 (line 4)"
    assert draft.as_written(at, at + 5) == "5&nbsp;948"
    assert draft.where(draft.text.index("71")).startswith("table 1, row 2")
    assert (draft.title, draft.language) == ("A & B", "en-GB")


def test_what_no_reader_sees_is_left_out(no_network):
    """Scripts, styles, comments, templates and pictures; nothing is fetched."""
    draft = read_draft(
        html('<script src="http://127.0.0.1:9/">var a = "<p>99</p>"</script><style>p{}</style><!-- <p>98</p> -->'
             '<img src="http://127.0.0.1:9/a.png"><template><p>97</p></template><svg><text>96</text></svg>'
             '<iframe src="http://127.0.0.1:9/">95</iframe><p>Five.</p>')
    )  # fmt: skip
    assert draft.text == "Five."


def test_hidden_and_struck_words_stand_apart():
    """They are told, and the page goes on after them."""
    draft = read_draft(
        html('<p>Now <del>50%</del>5%.<p hidden>secret <p>on</p><div style="display: none"><div>a</div>b</div><p>end')
    )
    assert draft.text == "Now 5%.\n\non\n\nend"
    assert [aside.text for aside in draft.hidden] == ["50%", "secret", "a", "b"]


def test_menus_and_feet_stand_apart():
    """Furniture of the page is no part of what it says."""
    draft = read_draft(html("<nav>Home 12</nav><main>Five.</main><footer><p>Call 0800</p></footer>"))
    assert draft.text == "Five."
    assert [(aside.where, aside.text) for aside in draft.margins] == [("nav", "Home 12"), ("footer", "Call 0800")]


def test_a_raised_number_is_no_part_of_the_number_before_it():
    """A mark of a note is left out; the 'th' of a day is not."""
    draft = read_draft(html('<p>Of 118,411<sup><a href="#n">3</a></sup> on the 5<sup>th</sup>.'))
    assert draft.text == "Of 118,411 on the 5th."


def test_the_day_of_publication_is_taken_from_the_page():
    """As news sites tell it."""
    head = '<meta property="article:published_time" content="2011-11-14T01:49:00Z">'
    assert read_draft(html("<p>x", head)).dated.isoformat() == "2011-11-14"
    assert read_draft(html("<p>x", head.replace("11-14", "99-14"))).dated is None


@pytest.mark.parametrize(
    "body",
    ["<a" * 200_000, '<a "' * 200_000, "<!--" * 200_000, "&" * 400_000, "<sup>" * 200_000, "<p hidden>" * 100_000,
     "<div>" * 200_000, "<table><tr><td>" * 50_000, "<script>" * 100_000, "<p>" + "1" * 400_000],
)  # fmt: skip
def test_a_page_made_to_be_slow_is_read_in_time(body):
    """Tags without end, and tags within tags without end."""
    start = time.process_time()
    read_draft(html("<p>Five." + body))
    assert time.process_time() - start < 5


def test_declared_entities_are_not_expanded():
    """A page that declares them is read without them."""
    page = b'<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><html><body><p>Five &b;.</body></html>'
    draft = read_draft(page)
    assert draft.text == "Five &b;."
    assert "declarations of entities" in draft.told[0]
