"""ODT documents, as LibreOffice writes them."""

from __future__ import annotations

import pytest
from read.papers import odt, odt_parts, packed

from stats.errors import CannotOpen
from stats.read.drafts import read_draft


def p(words: str) -> str:
    """Return a paragraph."""
    return f"<text:p>{words}</text:p>"


def test_an_odt_document_reads_in_order():
    """Headings, lists, tables and notes, each with where it stands."""
    note = f'<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>{p("ONS.")}</text:note-body></text:note>'  # noqa: E501 - one element
    body = (
        '<text:sequence-decls/><text:h text:outline-level="1">Stalking</text:h>'
        + p(f"Of 118,411{note} offences,<text:s text:c='2'/>5%<text:line-break/>were charged.")
        + f"<text:list><text:list-item>{p('One in 20')}</text:list-item></text:list>"
        + "<table:table><table:table-row>"
        + f"<table:table-cell>{p('Kent')}</table:table-cell><table:table-cell>{p('71')}</table:table-cell>"
        + "</table:table-row></table:table>"
        + p("End.")
    )
    draft = read_draft(odt(body))
    assert draft.text == ("Stalking\n\nOf 118,411 offences, 5%\nwere charged.\n\nOne in 20\n\nKent\t71\n\nEnd.\n\nONS.")
    assert [part.where for part in draft.parts] == [
        "paragraph 1", "paragraph 2", "paragraph 3", "table 1, row 1", "paragraph 4", "footnote 1"]  # fmt: skip
    assert [part.kind for part in draft.parts][:4] == ["heading", "paragraph", "list item", "row"]
    assert (draft.dated.isoformat(), draft.title, draft.language) == ("2022-11-25", "A brief", "en-GB")


def test_changes_comments_boxes_margins_and_hidden_text():
    """Deleted words are gone, comments and margins stand apart, a box follows its paragraph, hidden words are told."""
    deleted = f"<text:tracked-changes><text:changed-region><text:deletion>{p('Fifty')}</text:deletion></text:changed-region></text:tracked-changes>"  # noqa: E501 - one element
    comment = f"<office:annotation><dc:creator>R</dc:creator><dc:date>2022</dc:date>{p('Sure?')}</office:annotation>"
    box = f"<draw:frame><draw:text-box>{p('74%')}</draw:text-box><svg:desc>a box</svg:desc></draw:frame>"
    hides = '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
    body = deleted + p(
        f'Five<text:change text:change-id="c"/>{comment}{box}<text:span text:style-name="T1">x</text:span>.'
    )
    draft = read_draft(odt(body, styles=hides, margins=f"<style:header>{p('Draft')}</style:header>"))
    assert draft.text == "Five.\n\n74%"
    assert [aside.text for aside in draft.comments] == ["Sure?"]
    assert [(aside.where, aside.text) for aside in draft.margins] == [("header", "Draft")]
    assert len(draft.hidden) == 1
    assert "deleted" in draft.told[0]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (odt_parts(p("x"), manifest="<m><encryption-data/></m>"), "locked with a password"),
        (odt_parts(p("<text:s text:c='99999999'/>")), "beyond all measure"),
        (odt_parts("<text:section>" * 600 + "</text:section>" * 600), "beyond all measure"),
        (odt_parts(p("x")) | {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "a spreadsheet"),
        (odt_parts(p("x")) | {"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "document type"),
        (odt_parts(p("x")) | {"content.xml": "<a><b></a>"}, "damaged"),
    ],
)
def test_an_odt_document_that_cannot_be_trusted_is_refused(parts, words):
    """Each for its own reason, with what to do."""
    with pytest.raises(CannotOpen, match=words) as stopped:
        read_draft(packed(parts))
    assert stopped.value.mend
