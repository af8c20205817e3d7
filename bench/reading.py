"""Reading a release of the real shape, side by side with the usual readers: 14 sheets, 320,320 rows, 8 columns.

`python bench/reading.py` runs these pairs alone.
"""

from __future__ import annotations

import os
import random
import tempfile
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path

from processes import ROUNDS, Limit, Way, against, measured, report, whole

SHEETS = 14
OFFENCES = 130
ROWS = 44 * 4 * OFFENCES
HEADER = ["Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group",
          "Offence Subgroup", "Offence Code", "Number of Offences"]  # fmt: skip

RECORDED = "*prc-pfa*.csv"
OFFICIAL = Path(os.environ.get("STATS_OFFICIAL", Path(__file__).parents[2] / "shared" / "official")) / "home-office"

BARE = """
def bare(path):
    book = load_workbook(path)
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
"""
"""The same cells, and nothing else of the workbook when it is done, as with ours."""


def ways(path: Path, copies: Path) -> dict[str, Way]:
    """Return every way of reading a file into cells; each keeps all sheets until the last is read."""
    named = f"from pathlib import Path; path, copies = Path({str(path)!r}), Path({str(copies)!r})\n"
    listed = [
        Way("opened safely", f"{named}from stats.read.opening import open_sheets", "kept = open_sheets(path)"),
        Way("from its parsed copy", f"{named}from stats.read.kept import open_kept",
            "kept = open_kept(path, folder=copies)"),
        Way("bare calamine", f"{named}from python_calamine import load_workbook\n{BARE}", "kept = bare(path)"),
        Way("pandas, odf", f"{named}import pandas, odf.opendocument",
            "kept = pandas.read_excel(path, engine='odf', sheet_name=None)"),
        Way("openpyxl", f"{named}import openpyxl",
            "book = openpyxl.load_workbook(path, read_only=True, data_only=True)\n"
            "kept = [list(sheet.values) for sheet in book]"),
        Way("csv of Python", f"{named}import csv", "kept = list(csv.reader(path.open(newline='', encoding='utf-8')))"),
    ]  # fmt: skip
    return {way.name: way for way in listed}


def reading(folder: Path, *, slow_sheets: int = SHEETS, rounds: int = ROUNDS) -> None:
    """Run every pair on generated workbooks, and on the real CSV files where they are present.

    The slow rivals read files of `slow_sheets`: pandas takes minutes and 7 GB for all of them.
    """
    slow = {"ODS": ("pandas, odf", Limit(1 / 20, 1 / 8)), "XLSX": ("openpyxl", Limit(1 / 4))}
    for kind, write in {"ODS": write_ods, "XLSX": write_xlsx}.items():
        path = write(folder / f"release.{kind.lower()}")
        part = path if slow_sheets == SHEETS else write(folder / f"part.{kind.lower()}", slow_sheets)
        way, of_part, (rival, limit) = ways(path, folder / "copies"), ways(part, folder / "copies"), slow[kind]
        measured(way["from its parsed copy"])
        what = f"{kind}, {SHEETS * ROWS:,} rows"
        against(what, way["opened safely"], way["bare calamine"], Limit(1.3), rounds=rounds)
        against(what, way["from its parsed copy"], way["opened safely"], Limit(1 / 10), rounds=rounds)
        again(path, rounds)
        what = f"{kind}, {slow_sheets * ROWS:,} rows"
        against(what, of_part["opened safely"], of_part[rival], limit, rounds=1 if rival == "pandas, odf" else 2)
    real(folder, rounds)


def again(path: Path, rounds: int) -> None:
    """Print what the parsed copy is worth to the whole command, which cleans and checks the table each time."""
    whole("-m", "stats", "read", path)
    runs = [(whole("-m", "stats", "read", path), whole("-m", "stats", "read", "--fresh", path)) for _ in range(rounds)]
    report(f"{path.suffix}: stats read / stats read --fresh", runs, Limit())


def real(folder: Path, rounds: int) -> None:
    """Run the same on the published CSV files; there is no slow reader to beat, so nothing is promised."""
    found = sorted(OFFICIAL.glob(RECORDED)) if OFFICIAL.is_dir() else []
    if not found:
        print(f"real CSV files: none at {OFFICIAL}, so not measured")
    for path in found:
        way = ways(path, folder / "copies")
        measured(way["from its parsed copy"])
        against(path.name, way["opened safely"], way["csv of Python"], Limit(), rounds=rounds)
        against(path.name, way["from its parsed copy"], way["opened safely"], Limit(), rounds=rounds)


def rows_of(sheet: int) -> Iterator[list[str | int]]:
    """Yield the rows of one financial year: a header, then quarter by force by offence, as `stats read` knows them."""
    from stats.home import home
    from stats.registers.areas import load_areas
    from stats.registers.published_codes import load_published_codes

    registers = home() / "data" / "registers"
    codes = load_published_codes(registers).offences.values()
    every_year = [code for code in codes if not (code.first_year or code.last_year)]
    offences = [(code.code, code.name) for code in every_year][:OFFENCES]
    chance = random.Random(sheet)
    year = f"{2012 + sheet}/{(13 + sheet) % 100:02}"
    yield list(HEADER)
    for quarter in range(1, 5):
        for force in load_areas(registers).forces:
            for number, (code, name) in enumerate(offences):
                yield [year, quarter, force.name, name, "Violence against the person", f"Subgroup {number % 20}", code,
                       chance.randrange(3_000) - 2]  # fmt: skip


def write_ods(path: Path, sheets: int = SHEETS) -> Path:
    """Write the release as ODS, with the empty cells and rows that office programs put at the end."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
    spaces = " ".join(f'xmlns:{name}="{space.format(name)}"' for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", kind, zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml",
                      f'<manifest:manifest xmlns:manifest="{space.format("manifest")}">'
                      f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
                      '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
                      "</manifest:manifest>")  # fmt: skip
        with file.open("content.xml", "w", force_zip64=True) as part:
            part.write(f"<office:document-content {spaces}><office:body><office:spreadsheet>".encode())
            for sheet in range(sheets):
                part.write(f'<table:table table:name="{2012 + sheet}-{13 + sheet}">'.encode())
                for cells in rows_of(sheet):
                    part.write(f'<table:table-row table:style-name="ro1">{"".join(map(_ods, cells))}'.encode())
                    part.write(b'<table:table-cell table:number-columns-repeated="16376"/></table:table-row>')
                part.write(b'<table:table-row table:style-name="ro1" table:number-rows-repeated="1025718">')
                part.write(b'<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>')
            part.write(b"</office:spreadsheet></office:body></office:document-content>")
    return path


def _ods(cell: str | int) -> str:
    typed = (
        'office:value-type="string"' if isinstance(cell, str) else f'office:value-type="float" office:value="{cell}"'
    )
    return f'<table:table-cell {typed} table:style-name="ce1"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


def write_xlsx(path: Path, count: int = SHEETS) -> Path:
    """Write the release as XLSX, its texts shared as Excel shares them."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    texts: dict[str, int] = {}
    sheets = range(1, count + 1)
    link = '<Relationship Id="rId{0}" Type="{1}/{2}" Target="{3}"/>'
    lists = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kinds}.worksheet+xml"/>' for n in sheets
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for number in sheets:
            with file.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                part.write(f'<worksheet xmlns="{main}"><dimension ref="A1:H{ROWS + 1}"/><sheetData>'.encode())
                for row, cells in enumerate(rows_of(number - 1), 1):
                    part.write(f'<row r="{row}" spans="1:8">{_xlsx(row, cells, texts)}</row>'.encode())
                part.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        file.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{shared}</sst>')
        file.writestr("xl/styles.xml", f'<styleSheet xmlns="{main}"/>')
        named = "".join(f'<sheet name="{2011 + n}-{12 + n}" sheetId="{n}" r:id="rId{n}"/>' for n in sheets)
        file.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>{named}</sheets></workbook>'
        )
        parts = [link.format(n, links, "worksheet", f"worksheets/sheet{n}.xml") for n in sheets]
        parts += [
            link.format(98, links, "sharedStrings", "sharedStrings.xml"),
            link.format(99, links, "styles", "styles.xml"),
        ]
        file.writestr("xl/_rels/workbook.xml.rels", lists.format("".join(parts)))
        file.writestr("_rels/.rels", lists.format(link.format(1, links, "officeDocument", "xl/workbook.xml")))
        file.writestr("[Content_Types].xml",
                      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                      '<Default Extension="rels" '
                      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                      '<Default Extension="xml" ContentType="application/xml"/>'
                      f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
                      f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/>'
                      f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
                      f"{overrides}</Types>")  # fmt: skip
    return path


def _xlsx(row: int, cells: list[str | int], texts: dict[str, int]) -> str:
    return "".join(
        f'<c r="{letter}{row}" s="1" t="s"><v>{texts.setdefault(cell, len(texts))}</v></c>'
        if isinstance(cell, str)
        else f'<c r="{letter}{row}" s="1"><v>{cell}</v></c>'
        for letter, cell in zip("ABCDEFGH", cells, strict=True)
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        reading(Path(made))
