"""Reading a release of the real shape, side by side with the usual readers: 14 sheets, 320,320 rows, 8 columns.

`python bench/reading.py` runs these pairs alone.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

SHEETS = 14
OFFENCES = 130
ROWS = 44 * 4 * OFFENCES
HEADER = ["Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group",
          "Offence Subgroup", "Offence Code", "Number of Offences"]  # fmt: skip

Pair = Callable[[str, Callable[[], None], str, Callable[[], None]], None]

WAYS = {
    "ours": "from stats.read.opening import open_sheets; kept = open_sheets(path)",
    "bare calamine": "from python_calamine import load_workbook; book = load_workbook(path); "
    "kept = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]",
    "pandas, odf": "import pandas; kept = pandas.read_excel(path, engine='odf', sheet_name=None)",
    "openpyxl": "import openpyxl; book = openpyxl.load_workbook(path, read_only=True, data_only=True); "
    "kept = [list(sheet.values) for sheet in book]",
}


def reading(pair: Pair, folder: Path, *, slow: Pair | None = None) -> None:
    """Run every pair on generated workbooks; `slow` runs those whose rival takes minutes."""
    from stats.read.kept import open_kept
    from stats.read.opening import open_sheets

    files = {"ODS": write_ods(folder / "release.ods"), "XLSX": write_xlsx(folder / "release.xlsx")}
    for name, path in files.items():
        pair(f"{name}, opened safely", lambda p=path: none(open_sheets(p)), "bare calamine", lambda p=path: bare(p))
        copies = folder / f"copies of {name}"
        pair(f"{name}, from its parsed copy", lambda p=path, c=copies: none(open_kept(p, folder=c)),
             "parsed", lambda p=path: none(open_sheets(p)))  # fmt: skip
    slow = slow or pair
    slow(
        "XLSX, opened safely",
        lambda: none(open_sheets(files["XLSX"])),
        "openpyxl",
        lambda: alone("openpyxl", files["XLSX"]),
    )
    slow(
        "ODS, opened safely",
        lambda: none(open_sheets(files["ODS"])),
        "pandas, odf",
        lambda: alone("pandas, odf", files["ODS"]),
    )
    memory(files)


def memory(files: dict[str, Path]) -> None:
    """Print the peak memory of each way of reading, each in a process of its own."""
    for name, ways in {
        "ODS": ("ours", "bare calamine", "pandas, odf"),
        "XLSX": ("ours", "bare calamine", "openpyxl"),
    }.items():
        peaks = {way: alone(way, files[name]) for way in ways}
        rest = "; ".join(
            f"{way} {peak:,} MB, ratio {peaks['ours'] / peak:.2f}" for way, peak in peaks.items() if way != "ours"
        )
        print(f"peak memory, {name}: ours {peaks['ours']:,} MB; {rest}")


def alone(way: str, path: Path) -> int:
    """Read a file in a process of its own; return its peak memory in megabytes."""
    code = f"from pathlib import Path; path = Path({str(path)!r}); {WAYS[way]}; import resource; " \
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"  # fmt: skip
    return int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def bare(path: Path) -> None:
    """Read the same cells with calamine alone, and keep them until all are read."""
    from python_calamine import load_workbook

    book = load_workbook(path)
    none([book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names])


def none(_: object) -> None:
    """Drop what was read."""


def rows_of(sheet: int) -> Iterator[list[str | int]]:
    """Yield the rows of one financial year: a header, then quarter by force by offence, as `stats read` knows them."""
    from stats.home import home
    from stats.registers.areas import load_areas
    from stats.registers.published_codes import load_published_codes

    registers = home() / "data" / "registers"
    codes = load_published_codes(registers).offences.values()
    offences = [(offence.code, offence.name) for offence in codes if "/" not in offence.code][:OFFENCES]
    chance = random.Random(sheet)
    year = f"{2012 + sheet}/{(13 + sheet) % 100:02}"
    yield list(HEADER)
    for quarter in range(1, 5):
        for force in load_areas(registers).forces:
            for number, (code, name) in enumerate(offences):
                yield [year, quarter, force.name, name, "Violence against the person", f"Subgroup {number % 20}", code,
                       chance.randrange(3_000) - 2]  # fmt: skip


def write_ods(path: Path) -> Path:
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
            for sheet in range(SHEETS):
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


def write_xlsx(path: Path) -> Path:
    """Write the release as XLSX, its texts shared as Excel shares them."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    texts: dict[str, int] = {}
    sheets = range(1, SHEETS + 1)
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
    from functools import partial

    from bench import pair as in_turn

    with tempfile.TemporaryDirectory() as made:
        reading(in_turn, Path(made), slow=partial(in_turn, rounds=1))
