"""A small made file of each family of layouts: what a publisher prints, with numbers that differ, so that a slip shows.

Those in the folder `made` are drawn with '|' between cells; the larger ones, which hold every force, are built here.
"""

from __future__ import annotations

from pathlib import Path

from made_tables import FORCES, GROUP, RECORDED, REGION_OF, force_area_sheet, force_codes, recorded_rows

Rows = list[list[object]]
MADE = Path(__file__).parent / "made"
CPS = [
    "Homicide", "Offences Against The Person", "Sexual Offences", "Burglary", "Robbery", "Theft And Handling",
    "Fraud And Forgery", "Criminal Damage", "Drugs Offences", "Public Order Offences",
    "All Other Offences (excluding Motoring)", "Motoring Offences",
]  # fmt: skip
DETECTIONS = ["Charge/Summons", "Cautions", "TICs", "PNDs", "Cannabis Warnings", "Other"]
TOLD = {
    "cps_case_outcomes": {"period": "January 2014"},
    "cps_flagged_outcomes": {"period": "2017/18"},
    "ons_population_mid_year": {"mid_year": "2024"},
}
"""What must be told of a file that does not tell its period."""


def drawn(text: str) -> Rows:
    """Return the cells of a table drawn with '|'; an empty cell is None."""
    return [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]


def case_outcomes() -> Rows:
    """A month of the CPS: a column without a heading, percentages beside counts, a dash for no cases."""
    apart = ("Metropolitan Police", "City of London", "British Transport Police")
    areas = [*(name for name in FORCES if name not in apart), "Metropolitan and City"]
    header: list[object] = [None]
    for name in CPS:
        for kind in ("Convictions", "Unsuccessful"):
            header += [f"Number of {name} {kind}", f"Percentage of {name} {kind}"]
    header += ["Number of Admin Finalised Unsuccessful", "Percentage of L Motoring Offences Unsuccessful"]

    def row(area: str, times: int) -> list[object]:
        cells: list[object] = [area, 0, "-", 0, "-"]
        for at in range(1, len(CPS)):
            cells += [f"{at * 3 * times:,}", "75.0%", at * times, "25.0%"]
        return [*cells, 2 * times, "100.0%"]

    whole = sum(range(1, len(areas) + 1))
    return [header, row("National", whole), *(row(name, times) for times, name in enumerate(areas, start=1))]


def partnership_rows() -> Rows:
    """Two partnerships a force, and offences of none."""
    header = ["Financial Year", "Financial Quarter", "Police Force", "CSP Name", *RECORDED[3:7], "Offence Count"]
    areas = [name for name in FORCES if name != "British Transport Police"]
    keys = [(q, area, f"{area}{end}") for q in (1, 2, 3, 4) for area in areas for end in (" North", " South", "")]
    rows = enumerate(keys)
    return [header, *(["2023/24", f"Q{q}", area, csp, "Stalking", *GROUP, "8Q", at] for at, (q, area, csp) in rows)]


def rolling_rows() -> Rows:
    """Two rolling years, nine months of which they share."""
    header = ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]
    keys = [(end, area) for end in ("31/12/2017", "31/03/2018") for area in FORCES]
    return [
        header,
        *([end, area, REGION_OF[area], "Stalking and harassment", at] for at, (end, area) in enumerate(keys)),
    ]


def outcomes_as_published() -> Rows:
    """The thirteen columns of the outcomes workbooks since 2014/15, with an expired code."""
    header = [
        "Financial Year", "Financial Quarter", "Force Name", "Offence Code", "Offence Description", "Offence Group",
        "Offence Subgroup", "Offence code expired", "Outcome Type", "Outcome Description", "Outcome Group",
        "Outcomes for offences that were recorded in the quarter", "Outcomes for investigations closed in the quarter",
    ]  # fmt: skip
    charged = [1, "Charged/Summonsed", "Charged/Summonsed"]
    order = ["Public order offences", "Public order offences"]
    rows: Rows = []
    for quarter in (1, 2, 3, 4):
        for at, force in enumerate(FORCES):
            start = ["2023/24", quarter, force]
            rows.append([*start, "8Q", "Stalking", *GROUP, None, *charged, at, at + quarter])
            rows.append([*start, "65", "Violent disorder", *order, "x", *charged, "N/A - Offence code expired", 1])
    return [header, *rows]


def outcomes_before_2014() -> Rows:
    """A row an outcome, in words, and no quarter."""
    header = ["Financial Year", "Force Name", *RECORDED[3:7], "Outcome Type", "Number of Outcomes Recorded"]
    keys = [(force, outcome) for force in FORCES for outcome in DETECTIONS]
    return [
        header,
        *(["2012/13", force, "Harassment", *GROUP, "8L", said, at] for at, (force, said) in enumerate(keys)),
    ]


def detections() -> Rows:
    """The same as a column an outcome."""
    header = ["Financial Year", "Force", "Offence Code", *DETECTIONS, "Total"]
    rows = [(force, range(at, at + 6)) for at, force in enumerate(FORCES)]
    return [header, *(["2010/11", force, "8L", *numbers, sum(numbers)] for force, numbers in rows)]


def population_of_one_year() -> Rows:
    """All but British Transport Police, by name and code."""
    rows = [[code, name, 1000 + at] for at, (name, code) in enumerate(force_codes().items())]
    return [["PFA 2023 Code", "PFA 2023 Name", "Population"], *rows]


def made() -> dict[str, tuple[str, Rows]]:
    """Return the rows of each made file by the id of its layout, with the kind of file it is."""
    small = {path.stem: ("csv", drawn(path.read_text("utf-8"))) for path in sorted(MADE.glob("*.txt"))}
    return small | {
        "home_office_recorded_crime": ("ods", [RECORDED, *recorded_rows()]),
        "home_office_outcomes": ("xlsx", outcomes_as_published()),
        "home_office_partnerships": ("ods", partnership_rows()),
        "home_office_rolling_year": ("csv", rolling_rows()),
        "home_office_outcomes_before_2014": ("ods", outcomes_before_2014()),
        "home_office_detections": ("xlsx", detections()),
        "ons_force_area_offences_2018": ("xlsx", force_area_sheet()),
        "ons_population_mid_year": ("csv", population_of_one_year()),
        "cps_case_outcomes": ("csv", case_outcomes()),
    }
