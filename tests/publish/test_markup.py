"""Words never become markup."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from stats.publish.markup import el, link, linked, rows, written


class Tags(HTMLParser):
    """The tags of a page, with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Keep it."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Keep it."""
        self.text += data


@given(st.text(st.characters() | st.sampled_from("<>&\"'/="), max_size=60))
def test_no_word_becomes_a_tag_or_an_attribute(words):
    """Whatever stands in a text or an attribute, the page has the elements that were asked for and no others."""
    page = written(el("p", words, el("b", words, title=words), words)).decode()
    assert [(tag, list(attributes)) for tag, attributes in Tags(page).tags] == [("p", []), ("b", ["title"])]


def test_only_addresses_of_https_become_links():
    """Scripts, files and data are words; a link tells its target nothing."""
    for address in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://example.org", "",
                    'https://x.org/" onclick="x', "https://x.org/ y"):  # fmt: skip
        assert link(address, "words") == "words"
    page = written(el("p", *linked("See https://www.example.org/a?b=1&c=2. And javascript:x, http://y.org"))).decode()
    ((_, first), (_, second)) = Tags(page).tags
    assert first == {}
    assert second == {"href": "https://www.example.org/a?b=1&c=2", "rel": "noopener noreferrer", "class": "bare"}
    assert Tags(page).text.strip().startswith("See https://www.example.org/a?b=1&c=2. And")


def test_a_term_of_which_nothing_is_said_is_left_out():
    """An empty source is no row."""
    assert len(rows([("Source", [""]), ("Place", ["Kent"]), ("Period", [None])])) == 1
