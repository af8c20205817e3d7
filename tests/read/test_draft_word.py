"""DOCX documents, as Word writes them."""

from __future__ import annotations

import time

from read.papers import docx, docx_parts, p, packed, run

from stats.read.drafts import read_draft

HIDDEN = "<w:vanish/>"
RAISED = '<w:vertAlign w:val="superscript"/>'


def cell(*paragraphs: str) -> str:
    """Return a cell of a table."""
    return f"<w:tc><w:tcPr/>{''.join(paragraphs)}</w:tc>"


def row(*cells: str, says: str = "") -> str:
    """Return a row of a table."""
    return f"<w:tr><w:trPr>{says}</w:trPr>{''.join(cells)}</w:tr>"


def test_paragraphs_headings_and_rows_stand_in_reading_order():
    """Each part says where it stands, and an offset finds its part."""
    body = (
        p("Stalking", style="Heading1")
        + p("In 2022, ", run("5,948", "<w:b/>"), " of 118,411 offences.")
        + p("")
        + f"<w:tbl>{row(cell(p('Force')), cell(p('Offences'), p('recorded')))}"
        + f"{row(cell(p('Kent')), cell(p('71')))}</w:tbl>"
        + p("The end.")
    )
    draft = read_draft(docx(body))
    assert draft.kind == "docx"
    assert draft.text == (
        "Stalking\n\nIn 2022, 5,948 of 118,411 offences.\n\nForce\tOffences\nrecorded\nKent\t71\n\nThe end."
    )
    assert [part.where for part in draft.parts] == [
        "paragraph 1", "paragraph 2", "table 1, row 1", "table 1, row 2", "paragraph 3"]  # fmt: skip
    assert [part.kind for part in draft.parts] == ["heading", "paragraph", "row", "row", "paragraph"]
    assert draft.where(draft.text.index("71")) == "table 1, row 2"
    at = draft.text.index("5,948")
    assert draft.as_written(at, at + 5) == "5,948"


def test_it_tells_its_day_title_and_language():
    """The day it was last saved, of its own properties."""
    draft = read_draft(docx(p("One.")))
    assert (draft.dated.isoformat(), draft.dated_by, draft.title, draft.language) == (
        "2022-11-25", "last saved", "A brief", "en-GB")  # fmt: skip


def test_tracked_changes_read_as_accepted():
    """What was deleted or moved away is gone, what was inserted or moved here is kept, and a deleted end joins."""
    body = (
        p('<w:del w:id="1"><w:r><w:delText>Fifty</w:delText></w:r></w:del>',
          f'<w:ins w:id="2">{run("Five")}</w:ins>', " per cent",
          f'<w:moveFrom w:id="3">{run(" away")}</w:moveFrom><w:moveTo w:id="4">{run(" here")}</w:moveTo>.')
        + f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>{run("Joined ")}</w:p>{p("up.")}'
        + f'<w:tbl>{row(cell(p("gone")), says="<w:del/>")}{row(cell(p("kept")))}</w:tbl>'
    )  # fmt: skip
    draft = read_draft(docx(body))
    assert draft.text == "Five per cent here\n\nJoined up.\n\nkept"
    assert "2 deleted passages were left out of the text." in draft.told


def test_a_text_box_written_twice_is_counted_once():
    """Word writes a box for itself and again for older programs; it stands after its paragraph."""
    inside = f"<w:txbxContent>{p('74% said so.')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    draft = read_draft(docx(p("Before", box, " and after.") + p("Next.")))
    assert draft.text == "Before and after.\n\n74% said so.\n\nNext."
    assert [part.where for part in draft.parts] == ["paragraph 1", "text box 1", "paragraph 2"]


def test_notes_come_last_with_the_number_a_reader_sees():
    """Numbers follow the order of the marks, and a mark is never glued to a number."""
    body = p("Of 118,411", '<w:r><w:footnoteReference w:id="7"/></w:r>', " offences",
             '<w:r><w:footnoteReference w:id="3"/></w:r>', ".")  # fmt: skip
    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{p("no")}</w:footnote><w:footnote w:id="3">{p("ONS.")}</w:footnote>'
        f'<w:footnote w:id="7">{p("Home Office.")}</w:footnote>'
    )
    draft = read_draft(docx(body, footnotes=notes))
    assert draft.text == "Of 118,411 offences.\n\nONS.\n\nHome Office."
    assert [part.where for part in draft.parts[1:]] == ["footnote 2", "footnote 1"]


def test_a_raised_number_is_no_part_of_the_number_before_it():
    """118,411 with a raised 3 is not 1,184,113."""
    draft = read_draft(docx(p("Of 118,411", run("3", RAISED), " on the 5", run("th", RAISED), ".")))
    assert draft.text == "Of 118,411 on the 5th."
    assert draft.told == ("1 raised numbers, taken for marks of notes, were left out of the text.",)


def test_comments_margins_and_hidden_text_stand_apart():
    """None of them is in the text, and each is listed."""
    styles = '<w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    draft = read_draft(
        docx(
            p("Seen", run(" unseen", HIDDEN), run(" kept", '<w:vanish w:val="0"/>'), ".")
            + p("All secret.", style="Secret"),
            comments=f'<w:comment w:id="0">{p("Is it 5%?")}</w:comment>', header1=p("Draft 2"), footer1=p("Page 1"),
            styles=styles,
        )
    )  # fmt: skip
    assert draft.text == "Seen kept."
    assert [aside.text for aside in draft.comments] == ["Is it 5%?"]
    assert [(aside.where, aside.text) for aside in draft.margins] == [("header", "Draft 2"), ("footer", "Page 1")]
    assert [aside.text for aside in draft.hidden] == ["unseen", "All secret."]


def test_the_result_of_a_field_is_kept_and_its_instruction_is_not():
    """A field shows its last result."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE 99</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert read_draft(docx(p("See page ", field, "."))).text == "See page 12."


def test_macros_links_pictures_and_files_are_told_and_not_opened(no_network):
    """A document with macros, a link outside, a huge picture and an archive inside is read, and nothing else is."""
    link = '<Relationship Id="x" Type="t/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/>'
    parts = docx_parts(p("Five."), link) | {
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0",
        "word/media/image1.bmp": b"not a picture " * 4_000,
        "word/embeddings/book.xlsx": packed({"a": packed({"b": "c"})}),
        "word/charts/chart1.xml": "<!DOCTYPE broken",
    }
    draft = read_draft(packed(parts))
    assert draft.text == "Five."
    assert len(draft.told) == 5
    assert "macros" in draft.told[0]


def test_200_pages_are_read_fast():
    """A report of 200 pages, 100,000 words in as many runs, takes well under two seconds."""
    data = docx(p(*(run(f"word{n} ", "<w:b/>") for n in range(25))) * 4_000)
    start = time.process_time()
    assert len(read_draft(data).parts) == 4_000
    assert time.process_time() - start < 4
