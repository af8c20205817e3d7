"""Check this pack: its hashes, its numbers and its pages, by Python 3.8 or later alone; nothing else is read or sent.

`python3 -I verify.py` in the folder that was unpacked, or with PACK.zip as it came; exit code 0 if all is well, else 1.
"""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import os
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

MANIFEST, NUMBERS, SMALL_BASE = "MANIFEST.sha256", "numbers.json", 1000  # below that base percentages are whole
MARKED = r'<a\b[^>]*\btitle="Where this comes from: ([^"]*)"[^>]*>([^<]*)<'  # a number in the text of a page
LISTED = r'(?s)<tr id="number\.(?=(?:(?!</tr>).)*<code>([^<]*)<)[^>]*>\s*<th[^>]*>(?:<a\b[^>]*>)?([^<]*)<'  # at its end
MOST_FILES, LARGEST_FILE, LARGEST_PACK = 5000, 64 * 2**20, 256 * 2**20


class Wrong(Exception):
    """Something about the pack that is not as it must be."""


def must_stay_inside(name: str) -> None:
    """Stop if the name of a file leads out of the pack, or is not plain."""
    if not name or set("\\:\0") & set(name) or {"", ".", ".."} & set(name.split("/")):
        raise Wrong(f"{name!r} is no name of a file of a pack")


def must_be_small(count: int, size: int, whole: int, name: str) -> None:
    """Stop before more is read than a pack can hold."""
    if count > MOST_FILES or size > LARGEST_FILE or whole > LARGEST_PACK:
        raise Wrong(f"too large to be a pack, at {name}")


def from_folder(folder: str) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by its name there; a link is refused."""
    files: dict[str, bytes] = {}
    for at, folders, names in os.walk(folder):
        for name in [*folders, *names]:
            path = os.path.join(at, name)
            shown, kind = os.path.relpath(path, folder).replace(os.sep, "/"), os.lstat(path)
            if stat.S_ISREG(kind.st_mode):
                must_be_small(len(files) + 1, kind.st_size, kind.st_size + sum(map(len, files.values())), shown)
                with open(path, "rb") as file:
                    files[shown] = file.read()
            elif not stat.S_ISDIR(kind.st_mode):
                raise Wrong(f"{shown} is a link or a device, which a pack never holds")
    return files


def from_zip(file: Any) -> dict[str, bytes]:
    """Return the bytes of every file of a zip (a path, or an open file), by its name in the one folder it holds."""
    files: dict[str, bytes] = {}
    if isinstance(file, str) and not os.path.isfile(file):
        raise Wrong("there is no such file")
    try:
        with zipfile.ZipFile(file) as pack:
            whole = sum(member.file_size for member in pack.infolist())
            for member in pack.infolist():
                must_be_small(len(pack.infolist()), member.file_size, whole, member.filename)
                must_stay_inside(member.filename)
                is_link, is_twice = stat.S_ISLNK(member.external_attr >> 16), member.filename in files
                if is_link or is_twice or member.flag_bits & 1 or "/" not in member.filename:
                    raise Wrong(f"{member.filename} is a link, locked, there twice, or in no folder")
                with pack.open(member) as inside:
                    files[member.filename] = inside.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as problem:
        raise Wrong(f"the zip cannot be read: {problem}") from None
    if len({name.split("/")[0] for name in files}) != 1:
        raise Wrong("the zip does not hold one folder")
    return {name.split("/", 1)[1]: data for name, data in files.items()}


def manifest_of(files: dict[str, bytes]) -> bytes:
    """Return the manifest of files: a line each with hash and name, in order of the names."""
    return "".join(f"{hashlib.sha256(files[n]).hexdigest()}  {n}\n" for n in sorted(files) if n != MANIFEST).encode()


def altered(files: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return what is wrong with the files: (name, what), in order of the names."""
    found = [] if MANIFEST in files else [(MANIFEST, "missing")]
    listed = files.get(MANIFEST, b"").decode("utf-8", "replace")
    told = {name: digest for digest, name in re.findall(r"(?m)^([0-9a-f]{64})  (\S.*)$", listed)}
    for name in sorted((set(told) | set(files)) - {MANIFEST}):
        if name not in files or hashlib.sha256(files[name]).hexdigest() != told.get(name):
            found.append((name, "missing" if name not in files else "altered" if name in told else "extra"))
    return found or ([] if files[MANIFEST] == manifest_of(files) else [(MANIFEST, "altered")])


def unlike_rows(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield each figure whose rows are not in the pack as the figure was made from them."""
    for name in sorted(name for name in files if re.match(r"^figures/[^/]+/[^/]+\.json$", name)):
        for source in told_in(name, files).get("sources", ()):
            wanted = str(source.get("rows_sha256", ""))
            rows = f"data/{source.get('id')}/{wanted[:16]}.csv"
            if wanted and hashlib.sha256(files.get(rows, b"")).hexdigest() != wanted:
                yield name, f"made from other rows than those of {rows}"


def unlike_pages(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield each marked number of a page that is not as numbers.json has it, and each that has lost its mark."""
    numbers = told_in(NUMBERS, files)["numbers"]
    told = {n["id"]: (n["printed"], f"{n['printed']} {n['unit']}") for n in numbers}
    said: list[tuple[str, ...]] = [(NUMBERS, n["id"], n["as_worded"]) for n in numbers if "as_worded" in n]
    for name in sorted(name for name in files if re.match(r"^documents/.*\.html$", name)):
        page = re.sub(r"(?s)<!--.*?-->|<wbr>", "", files[name].decode("utf-8", "replace"))  # <wbr>: in a long id
        marked, listed = ([[*map(html.unescape, one)] for one in re.findall(form, page)] for form in (MARKED, LISTED))
        said += [(name, *one) for one in marked + listed]
        plain, top = html.unescape(page).casefold(), html.unescape(page.partition('class="as-at"')[0])
        if not len(marked) == plain.count("where this comes from: ") == plain.count("#number."):
            yield name, "has a mark that cannot be read"
        for number in (number for number in numbers if number["in_document"]):  # those of the title carry no mark
            is_marked = number["id"] in dict(marked) or number.get("as_worded", number["printed"]) in top
            if not (is_marked and number["id"] in dict(listed)):
                yield name, f"does not mark {number['id']}"
    for name, id_, text in (one for one in said if one[2] not in told.get(one[1], one)):
        yield name, f"says {text} for {id_}, and {NUMBERS} has {told[id_][0]}"


def told_in(name: str, files: dict[str, bytes]) -> dict[str, Any]:
    """Return what a JSON file of the pack tells."""
    try:
        return dict(json.loads(files[name].decode("utf-8")))
    except (KeyError, ValueError, TypeError):
        raise Wrong(f"{name} is missing or cannot be read") from None


@lru_cache(maxsize=32)
def rows_of(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace"), newline="")))


def cells(term: dict[str, Any], files: dict[str, bytes]) -> list[str]:
    """Return the cells of a column in the rows of a table that a term names; at least one."""
    rows = rows_of(files.get(term["file"], b""))
    chosen = [row for row in rows if all(row.get(name) in asked for name, asked in term["where"].items())]
    if not chosen and not term.get("none_is_zero"):
        raise Wrong("no such row, or no such table")
    return [str(row.get(term["column"]) or "") for row in chosen]


def total(term: dict[str, Any], files: dict[str, bytes]) -> Fraction:
    """Return the sum of the cells that a term names; nothing blank is taken as zero."""
    found = cells(term, files)
    if not all(re.match(r"^-?\d{1,20}(\.\d{1,30})?(e-?\d\d)?$", cell) for cell in found):
        raise Wrong(f"what is no number in the column {term['column']}")
    return sum((Fraction(Decimal(cell)) for cell in found), Fraction(0))


def half_away(value: Fraction, places: int = 0) -> Decimal:
    """Round half away from zero."""
    rounded = Decimal(int((2 * abs(value) * 10**places + 1) // 2) * (1 if value >= 0 else -1)).scaleb(-places)
    return rounded if rounded else abs(rounded)


def percent(share: Fraction, base: Fraction | None) -> str:
    """Return a share as a percentage: whole below a base of 1,000, else with one decimal."""
    return f"{half_away(share * 100, 0 if base is not None and base < SMALL_BASE else 1)}%"


def rate(per: Fraction) -> str:
    """Return a rate with two significant figures below 100, and as a whole number above."""
    rounded = half_away(per, max(0, 1 - (Decimal(per.numerator) / Decimal(per.denominator)).adjusted()) if per else 0)
    places = max(0, 1 - rounded.adjusted()) if rounded else 0
    return f"{rounded.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):,}"


def recomputed(recipe: dict[str, Any], files: dict[str, bytes]) -> str:
    """Return a number as it must be printed, from the tables that its recipe names."""
    if recipe["formula"] == "rows":
        return f"{len(cells(recipe['numerator'], files)):,}"
    if recipe["formula"] == "text":
        found = cells(recipe["numerator"], files)
        return " | ".join({cell.split(recipe["at"])[recipe["part"]] if "at" in recipe else cell for cell in found})
    top = total(recipe["numerator"], files)
    below = total(recipe["denominator"], files) if "denominator" in recipe else None
    if below == 0:
        raise Wrong("nothing to divide by")
    return printed(recipe["formula"], top, below, Fraction(recipe.get("per", 1)))


def printed(formula: str, top: Fraction, below: Fraction | None, per: Fraction) -> str:
    """Return the result of a formula as it must be printed."""
    over = top / (below or 1)
    if formula in ("count", "sum", "of"):
        return f"{half_away(top):,}" + (f" of {half_away(below):,}" if formula == "of" and below else "")
    if formula in ("percentage", "whole percentage"):
        return percent(top / 100, below if formula == "percentage" else Fraction(1))
    if formula == "change":
        return ("+" if over > 1 else "") + percent(over - 1, below)
    if formula in ("share", "rate"):
        return percent(over, below) if formula == "share" else rate(per * over)
    raise Wrong(f"{formula}, a formula that is not known")


def checked(files: dict[str, bytes]) -> Iterator[tuple[bool, dict[str, Any], str, str]]:
    """Yield (is right, number, what was recomputed, file) for each way to recompute each number."""
    for number in told_in(NUMBERS, files)["numbers"]:
        for recipe in number["recipes"]:
            try:
                found = recomputed(recipe, files)
            except Wrong as problem:
                found = f"nothing ({problem})"
            yield found == number["printed"], number, found, recipe["numerator"]["file"]


def report(files: dict[str, bytes]) -> tuple[list[str], bool]:
    """Return the lines of the report, and whether all is well."""
    wrong = [*altered(files), *unlike_rows(files), *unlike_pages(files)]
    lines = [f"FAIL  {name}: {what}" for name, what in wrong] or [f"PASS  the hashes of all {len(files) - 1} files"]
    results = list(checked(files))
    for is_right, number, found, file in results:
        said = number["printed"] if is_right else f"printed {number['printed']}, recomputed {found}"
        lines.append(f"{'PASS' if is_right else 'FAIL'}  {number['id']}  {said}  [{file}]")
    left = [number["id"] for number in told_in(NUMBERS, files)["numbers"] if not number["recipes"]]
    differ = sum(not is_right for is_right, *_ in results)
    lines += [f"----  {name}  is not recomputed: see numbers.json" for name in left]
    lines.append(
        f"{'FAIL' if wrong or differ else 'PASS'}: {len(results) - differ} of {len(results)} recomputations agree, "
        f"{len(left)} not recomputed, {len({name for name, _ in wrong})} of {len(files)} files differ"
    )
    return lines, not (wrong or differ)


def main(arguments: list[str]) -> int:
    """Check the zip that is named, or the folder that this file lies in; return the exit code."""
    try:
        lines, is_well = report(from_zip(arguments[0]) if arguments else from_folder(os.path.dirname(__file__) or "."))
    except Exception as problem:  # what is damaged in a way nobody thought of is told without a path of the computer
        said = problem if isinstance(problem, Wrong) else type(problem).__name__
        lines, is_well = [f"FAIL  {said}", "FAIL: this is no pack, or it is damaged"], False
    sys.stdout.write("".join(ascii(f"{line}")[1:-1] + "\n" for line in lines))
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
