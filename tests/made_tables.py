"""Small made files in the layouts of publishers, for the tests that read them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from stats.home import home
from stats.read.opening import Sheet, Workbook
from stats.registers.areas import load_areas

AREAS = load_areas(home() / "data" / "registers")
FORCES = [force.name for force in AREAS.forces]
RECORDED = [
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description", "Offence Group", "Offence Subgroup",
    "Offence Code", "Number of Offences",
]  # fmt: skip
GROUP = ["Violence against the person", "Stalking and harassment"]
ALIKE = {"Metropolitan Police": "Metropolitan Police ", "City of London": "London, City of"}


def recorded_rows(year: str = "2023/24", quarters: Iterable[int] = (1, 2, 3, 4)) -> list[list[str]]:
    """Every force, quarter and two codes; the count is the place of the row."""
    rows = [
        [year, str(quarter), ALIKE.get(force, force), name, *GROUP, code]
        for quarter in quarters
        for force in FORCES
        for code, name in (("8L", "Harassment"), ("8Q", "Stalking"))
    ]
    return [[*row, str(at)] for at, row in enumerate(rows)]


OUTCOMES = [
    *RECORDED[:7], "Outcome Type", "Outcome Group",
    "Outcomes recorded in the quarter", "Outcomes for offences that were recorded in the quarter",
]  # fmt: skip


def outcome_rows() -> list[list[str]]:
    """Two outcome types for every recorded row, one of them zero on one basis."""
    return [
        [*row[:7], kind, group, str(at), "0"]
        for at, row in enumerate(recorded_rows())
        for kind, group in (("1", "Charged/Summonsed"), ("16", "Evidential difficulties"))
    ]


REGIONS = {
    "E12000001": ("North East", ("Cleveland", "Durham", "Northumbria")),
    "E12000002": ("North West7", ("Cheshire", "Cumbria", "Greater Manchester7,8", "Lancashire ", "Merseyside")),
    "E12000003": ("Yorkshire and The Humber", ("Humberside", "North Yorkshire", "South Yorkshire", "West Yorkshire")),
    "E12000004": (
        "East Midlands",
        ("Derbyshire", "Leicestershire [note 4]", "Lincolnshire", "Northamptonshire", "Nottinghamshire"),
    ),
    "E12000005": ("West Midlands ", ("Staffordshire", "Warwickshire", "West Mercia", "West Midlands")),
    "E12000006": ("East ", ("Bedfordshire", "Cambridgeshire9", "Essex", "Hertfordshire", "Norfolk", "Suffolk")),
    "E12000007": ("London", ("London, City of", "Metropolitan Police")),
    "E12000008": ("South East", ("Hampshire", "Kent", "Surrey", "Sussex", "Thames Valley")),
    "E12000009": ("South West", ("Avon and Somerset", "Devon and Cornwall", "Dorset", "Gloucestershire", "Wiltshire")),
}
WELSH = ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
REGION_OF = dict.fromkeys(FORCES, "Wales") | {
    area.name: re.sub(r"7$", "", region).strip()
    for region, forces in REGIONS.values()
    for area in map(AREAS.find, (re.sub(r"(\d|,|\[.*)+$", "", force) for force in forces))
} | {"British Transport Police": "British Transport Police"}  # fmt: skip
"""The region of each force, or Wales, as the rolling-year table prints it beside the force."""
PARTS = [
    "Violence against the person", "Homicide", "Violence with injury", "Violence without injury",
    "Stalking and harassment5", "Death or serious injury - unlawful driving5", "Sexual offences", "Robbery",
    "Theft offences", "Burglary", "Residential burglary6,7", "Non-residential  burglary6,7", "Vehicle offences",
    "Theft from the person", "Bicycle theft", "Shoplifting", "Other theft offences", "Criminal damage and arson",
    "Drug offences", "Possession of weapons offences", "Public order offences", "Miscellaneous crimes",
]  # fmt: skip
COUNTS = dict(zip(PARTS, (15, 1, 2, 3, 4, 5, 6, 7, 21, 6, 2, 4, 5, 4, 3, 2, 1, 8, 9, 10, 11, 12), strict=True))
WHOLE = 15 + 6 + 7 + 21 + 8 + 9 + 10 + 11 + 12


def force_area_sheet() -> list[list[object]]:
    """Table P1 as in 2019: a header of two lines, spacer columns, notes glued to names and below the table."""
    codes = {area.name: area.code for area in load_areas(home() / "data" / "registers").current.values()}
    codes |= {"London, City of": codes["City of London"], "Hampshire": codes["Hampshire and Isle of Wight"]}

    def row(code: str, name: str, times: int) -> list[object]:
        numbers = [COUNTS[part] * times for part in PARTS]
        return [code or None, name, WHOLE * times, None, *numbers[:18], None, *numbers[18:]]

    def plain(name: str) -> str:
        return name.split(" [", 1)[0].rstrip("0123456789, ")

    body = [row("K04000001", "ENGLAND AND WALES6", 44), row("E92000001", "ENGLAND7", 39)]
    for code, (region, forces) in REGIONS.items():
        body.append(row(code, region, len(forces)))
        body += [row(codes[plain(force)], force, 1) for force in forces]
    body += [row("W92000004", "WALES", 4), *(row(codes[force], force, 1) for force in WELSH)]
    body.append(row("", "British Transport Police", 1))
    banner = [None, None, "Total recorded crime (excluding fraud3)", None, "Victim-based crime", *[None] * 18]
    return [
        ["Table P1: Police recorded crime by police force area, number of offences, year ending September 20191,2"],
        [],
        ["England and Wales"],
        [*banner, "Other crimes against society"],
        ["Area Code", "Area Name", None, None, *PARTS[:18], None, *PARTS[18:]],
        [None, None, "Numbers"],
        *body,
        ["Source: Home Office - Police recorded crime "],
        ["1. Police recorded crime data are not designated as National Statistics."],
    ]


def force_codes() -> dict[str, str]:
    """Forces with residents, and their codes."""
    areas = load_areas(home() / "data" / "registers")
    return {force.name: force.code for force in areas.forces if force.kind == "force"}


def workbook(*sheets: tuple[str, list], kind: str = "xlsx") -> Workbook:
    """A workbook that was opened."""
    return Workbook(Path(f"made.{kind}"), kind, tuple(Sheet(name, rows) for name, rows in sheets))


def write_csv(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    """Write rows as a publisher would."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
