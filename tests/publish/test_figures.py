import hashlib
import json
import math
import os
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import matplotlib
import pytest

from stats.draw.page import Number
from stats.home import home
from stats.publish.figures import DRAFT_WORDS, as_png, as_svg, files_of, publish

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: bytes) -> ElementTree.Element:
    """The SVG as a tree."""
    return ElementTree.fromstring(svg)


def visible(svg: bytes) -> str:
    """The text that a reader of the SVG sees, on one line."""
    return " ".join("".join(text.itertext()).strip() for text in parsed(svg).iter(f"{SVG}text"))


def chunks(png: bytes) -> list[bytes]:
    """The kinds of chunk that a PNG is made of."""
    kinds, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kinds.append(png[at + 4 : at + 8])
        at += 12 + length
    return kinds


# What a figure consists of


def test_figure_is_four_files(official, asked, monkeypatch, tmp_path):
    """SVG, PNG, CSV and JSON of one name, each with its own content."""
    monkeypatch.setenv("STATS_OUT", str(tmp_path))
    publish(official, asked)
    assert sorted(os.listdir(tmp_path)) == ["claimed.csv", "claimed.json", "claimed.png", "claimed.svg"]
    assert (tmp_path / "claimed.png").read_bytes().startswith(b"\x89PNG")
    assert parsed((tmp_path / "claimed.svg").read_bytes()).tag == f"{SVG}svg"
    assert b"52408" in (tmp_path / "claimed.csv").read_bytes()
    assert json.loads((tmp_path / "claimed.json").read_bytes())["name"] == "claimed"


def test_notebook_shows_the_picture_with_its_words(official, asked, monkeypatch, tmp_path):
    """In a notebook the figure is the SVG that was written, with its alternative text."""
    monkeypatch.setenv("STATS_OUT", str(tmp_path))
    data, metadata = publish(official, asked)._repr_mimebundle_()
    assert data["image/svg+xml"].encode() == (tmp_path / "claimed.svg").read_bytes()
    assert metadata["image/svg+xml"]["alt"] == official.alt
    assert official.alt in data["text/plain"]


@pytest.mark.parametrize("kind", ["official", "reported"])
def test_svg_speaks_to_those_who_cannot_see_it(request, kind):
    """role=img, a title and a description that are not empty, and both named by the picture."""
    drawing = request.getfixturevalue(kind)
    root = parsed(as_svg(drawing))
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text == drawing.alt
    assert description.text == drawing.description
    assert any(c.isdigit() for c in title.text)
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert list(root)[:2] == [title, description]


def test_marks_in_a_text_do_not_break_the_svg(official):
    """'&', '<' and quotes in a title are text, and not the end of the picture."""
    words = 'Devon & Cornwall: 5 < 6 and "65%" of 122 people asked'
    root = parsed(as_svg(replace(official, alt=words)))
    assert root.find(f"{SVG}title").text == words


def test_text_of_the_svg_stays_text_with_fonts_that_everybody_has(official):
    """Words in the picture can be searched and copied, and fall back to a common font."""
    svg = as_svg(official)
    assert "52,408" in visible(svg)
    assert b"'DejaVu Sans', Verdana, Arial, sans-serif" in svg
    assert b"font: 'DejaVu Sans';" not in svg


def test_names_inside_the_svg_are_unique_and_lead_somewhere(reported):
    """Every clip path and marker that is used is there, once."""
    svg = as_svg(reported).decode()
    ids = re.findall(r' id="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg)) <= set(ids)
    assert "url(#" in svg


def test_png_is_twice_the_size(official):
    """200 dots an inch: twice the dots of the figure on a screen, in both directions."""
    width, height = struct.unpack(">II", as_png(official)[16:24])
    inches = official.figure.get_size_inches()
    assert width == 2 * 100 * inches[0] == 1600
    assert height == pytest.approx(2 * 100 * inches[1], abs=1)


# What a figure's JSON says


def test_json_holds_what_must_travel_with_a_number(official, asked):
    """Title, words, parameters, measures, claims, sources with hashes, and every number with its source."""
    record = json.loads(files_of(official, asked)["json"])
    assert record["alt"] == official.alt
    assert record["caption"] == official.caption
    assert record["notes"] == list(official.notes)
    assert record["parameters"] == {"area": "Kent", "claims": ["C004-06"]}
    assert record["notebook"] == "a_question"
    assert record["claims"] == ["C004-06", "C004-07"]
    assert record["measures"][0]["id"] == "recorded_offences"
    (source,) = record["sources"]
    assert source["rows_used"] == 215
    assert "file_sha256" not in source
    assert source["file"] == "data/raw/home-office/2026-04-23/recorded_offences.csv"
    assert "not accredited" in source["status"]
    assert [n["sources"] for n in record["numbers"]] == [["home_office_recorded_2026_04_23"]] * 2
    assert record["is_draft"] is False


def test_numbers_beside_quoted_words_come_from_the_data(official, registers, asked):
    """A recorded count is the Home Office's, and not the blog's whose words stand beside it."""
    quoting = replace(official, sources=(*official.sources, registers.document_source("article_004")))
    record = json.loads(files_of(quoting, asked)["json"])
    assert [s["id"] for s in record["sources"]] == ["home_office_recorded_2026_04_23", "article_004"]
    assert {source for n in record["numbers"] for source in n["sources"]} == {"home_office_recorded_2026_04_23"}


def test_missing_number_is_null_in_json(reported, asked):
    """15% of an unknown number of adults has no count: null, and never NaN."""
    data = files_of(reported, asked)["json"]
    assert b"NaN" not in data
    missing = [n for n in json.loads(data)["numbers"] if "C004-08" in n["id"]]
    assert len(missing) == 2
    assert {n["value"] for n in missing} == {None}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_never_reaches_json(official, asked, value):
    """A share that could not be computed is null."""
    number = Number("n", value, "[x]", "a share", "share", None, None, None, "full count")
    record = json.loads(files_of(replace(official, numbers=(number,)), asked)["json"])
    assert record["numbers"][0]["value"] is None


def test_what_is_not_a_number_elsewhere_stops_the_writing(official, monkeypatch, tmp_path):
    """NaN in anything else that goes into the JSON stops before a single file is written."""
    monkeypatch.setenv("STATS_OUT", str(tmp_path / "out"))
    odd = SimpleNamespace(
        notebook="charge_share", as_parameters=lambda: {"level": math.nan}, uses=lambda dataset, table, drawing: table
    )
    with pytest.raises(ValueError, match="not JSON compliant"):
        publish(official, odd)
    assert not (tmp_path / "out").exists()


def test_counts_are_whole_in_json(official, asked):
    """1383 and not 1383.0."""
    number = Number("n", 1_383.0, "1,383", "offences", "count", None, None, None, "full count")
    assert b'"value": 1383,' in files_of(replace(official, numbers=(number,)), asked)["json"]


def test_provenance_is_seen_for_what_was_reported_and_not_for_a_mirror(official, reported, asked):
    """A figure of what an article said has 'Provenance: reported' on it; JSON has the kind of both."""
    said, mirrored = files_of(reported, asked), files_of(official, asked)
    assert "Provenance: reported." in visible(said["svg"])
    assert "[reported]" in json.loads(said["json"])["sources"][0]["citation"]
    assert "Provenance" not in visible(mirrored["svg"])
    assert json.loads(mirrored["json"])["sources"][0]["kind"] == "official-mirror"


# Drafts


def test_draft_is_marked_in_picture_and_json(official, asked, monkeypatch):
    """Parameters of one's own make a draft, and the figure says so wherever it goes."""
    monkeypatch.setenv("STATS_DRAFT", "1")
    files = files_of(official, asked)
    assert DRAFT_WORDS in visible(files["svg"])
    assert json.loads(files["json"])["is_draft"] is True


def test_draft_is_marked_once_and_in_the_png_too(official, asked, monkeypatch):
    """SVG and PNG are both marked, and publishing twice does not write the words twice."""
    plain = as_png(official)
    monkeypatch.setenv("STATS_DRAFT", "1")
    first = files_of(official, asked)
    assert first["png"] != plain
    assert files_of(official, asked) == first
    assert visible(first["svg"]).count(DRAFT_WORDS) == 1


def test_published_brief_has_no_draft_mark(official, asked):
    """Without the variable nothing is marked."""
    assert "Draft" not in visible(files_of(official, asked)["svg"])


# The same bytes, and nothing that gives the machine away


@pytest.mark.parametrize("kind", ["official", "reported"])
def test_same_figure_is_the_same_bytes_twice(request, asked, kind):
    """Writing one drawing twice gives the same four files."""
    drawing = request.getfixturevalue(kind)
    assert files_of(drawing, asked) == files_of(drawing, asked)


def test_settings_of_the_machine_change_no_byte(official, asked):
    """Fonts, colours and dots an inch set by whoever runs it do not reach the files."""
    usual = files_of(official, asked)
    theirs = {"font.size": 30, "font.family": "serif", "text.color": "red", "savefig.dpi": 72, "svg.fonttype": "path"}
    with matplotlib.rc_context({**theirs, "svg.hashsalt": "theirs", "savefig.bbox": "tight"}):
        assert files_of(official, asked) == usual


PROGRAM = """
import hashlib, json, sys
from stats.claims.shares import worded_shares
from stats.draw.bars import draw_outcomes
from stats.draw.series import draw_series
from stats.draw.series_words import Subject
from stats.draw.worded import draw_own_base
from stats.estimate.attrition import outcome_groups
from stats.estimate.counts import series
from stats.period import Period
from stats.publish.figures import files_of
from stats.read.tidy import read_tidy
from stats.registers import load

class Asked:
    notebook = "a_question"
    def as_parameters(self):
        return {}
    def uses(self, dataset, table, drawing):
        return table

r = load()
kent, stalking, year = r.areas.find("Kent"), r.offences.find("stalking"), Period.financial_year(2024)
outcomes = outcome_groups(read_tidy("outcomes", r), area=kent, group=stalking, period=year, registers=r)
years = [Period.financial_year(y) for y in range(2014, 2025)]
counts = series(
    read_tidy("recorded_offences", r), area=kent, group=stalking, periods=years, registers=r, across_breaks=True
)
article = r.document("article_002")
drawings = [
    draw_outcomes("bars", [(kent, outcomes)], group=stalking, period=year, sources=r.sources_of("outcomes"),
                  measure=r.measure("outcome_share_of_offences_recorded")),
    draw_series("series", counts, years, subject=Subject(kent, stalking, r.measure("recorded_offences"), "year"),
                breaks=r.breaks_in("recorded_offences", codes=stalking.codes, area=kent),
                sources=[r.newest("recorded_offences")]),
    draw_own_base("worded", worded_shares(article), article, registers=r, sources=[r.document_source(article.id)]),
]
made = {f"{d.name}.{k}": hashlib.sha256(v).hexdigest() for d in drawings for k, v in files_of(d, Asked()).items()}
print(json.dumps(made))
"""


def test_two_processes_make_the_same_bytes(tmp_path):
    """Another seed, folder, home, language, time zone and clock setting make the very same twelve files."""
    running = []
    for number, (seed, zone, language) in enumerate([("0", "UTC", "C.UTF-8"), ("4711", "Asia/Tokyo", "C")]):
        folder = tmp_path / f"machine {number}"
        folder.mkdir()
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("STATS_", "MPL", "PYTHONHASH", "LC_"))}
        told = {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": language, "HOME": str(folder), "SOURCE_DATE_EPOCH": seed}
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM], env=clean | told, cwd=folder, stdout=subprocess.PIPE, text=True
            )
        )
    first, second = (json.loads(process.communicate(timeout=120)[0]) for process in running)
    assert len(first) == 12
    assert first == second
    assert len(set(first.values())) == 12


@pytest.mark.parametrize("kind", ["official", "reported"])
def test_no_date_creator_software_or_path_is_in_any_file(request, asked, kind):
    """The files say nothing of when, with what, by whom and where they were made."""
    files = files_of(request.getfixturevalue(kind), asked)
    assert set(chunks(files["png"])) == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}
    for words in (b"<dc:", b"<metadata", b"<!-- Created", b"Created with", b"matplotlib", b"Matplotlib"):
        assert words not in files["svg"]
    private = {str(home()), str(Path.home()), str(Path.cwd()), os.environ.get("USER", ""), "file:"} - {"", "/"}
    for suffix in ("svg", "csv", "json"):
        text = files[suffix].decode()
        found = [words for words in private if re.search(rf"(?<![\w/]){re.escape(words)}(?!\w)", text)]
        assert found == [], f"{suffix}: {found}"
        assert str(home()) not in text


def test_hash_of_an_article_is_that_of_our_file_of_its_claims(reported, asked):
    """A receiver can check which edition of the claims a figure was made from."""
    (source,) = json.loads(files_of(reported, asked)["json"])["sources"]
    told = (home() / "data" / "claims" / "article_004.yml").read_bytes()
    assert source["file"] == "data/claims/article_004.yml"
    assert source["file_sha256"] == hashlib.sha256(told).hexdigest()
