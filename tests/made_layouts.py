"""A small made file of each family of layouts, as text: what a publisher prints, one numbered so that a slip shows."""

from __future__ import annotations

from made_tables import FORCES, GROUP, OUTCOMES, RECORDED, force_area_sheet, outcome_rows, recorded_rows

Rows = list[list[object]]
TEXTS = {
    "moj_outcomes_by_offence": """
        Year|Person/other|Sex|Age Range|Offence Type|Offence Group|Offence|Proceeded against|Convicted|Sentenced|Fine
        2019|01: Person|01: Male|05: 21-24|03: Summary non-motoring|11: Summary non-motoring|195 Stalking - summary|41|32|31|7
        2019|01: Person|02: Female|05: 21-24|03: Summary non-motoring|11: Summary non-motoring|195 Stalking - summary|6|5|5|2
        2020|01: Person|01: Male|05: 21-24|03: Summary non-motoring|11: Summary non-motoring|195 Stalking - summary|43|34|33|8
        2020|02: Other|03: Not applicable|||11: Summary non-motoring|195 Stalking - summary|1|0|0|0
    """,
    "moj_outcomes_by_offence_year_ending": """
        Year ending March|Quarter|Person/Other|Police Force Area|Sex|Offence Group|Offence|HO Offence Code|Convicted|Sentenced
        Year ending March 2025|Q1|01: Person|Kent|01: Male|01: Violence against the person|8.13 Stalking|00865|12|11
        Year ending March 2025|Q2|01: Person|Kent|01: Male|01: Violence against the person|8.13 Stalking|00865|14|13
        Year ending March 2026|Q1|01: Person|Kent|01: Male|01: Violence against the person|8.13 Stalking|00865|15|16
        Year ending March 2026|Q1|01: Person|Not known|01: Male|01: Violence against the person|8.13 Stalking|00865|2|1
    """,
    "moj_sentence_outcomes": """
        Year|Sex|Age Group|Police Force Area|Offence Group|Offence|Sentence Outcome|Custodial Sentence Length|Sentenced
        2023|02: Male|03: Adults|Kent|01: Violence against the person|8.13 Stalking|05: Suspended Sentence||21
        2023|02: Male|03: Adults|Kent|01: Violence against the person|8.13 Stalking|06: Total Immediate Custody|04: Custody - 6 months|4
        2024|02: Male|03: Adults|London, City of|01: Violence against the person|8.13 Stalking|06: Total Immediate Custody|05: Custody - Life|1
    """,
    "moj_court_outcomes": """
        Police Force Area|Year of Appearance|Quarter|Type of Defendant|Sex|Age Group|Court Type|Offence Group|Offence|Convicted/Not Convicted|Outcome|Count
        Gwent|2016|1|01: Person|01: Male|03: Adults|02: Magistrates Court|11: Summary non-motoring|195 Stalking|01: Convicted|12: Fine|9
        Gwent|2016|1|01: Person|01: Male|03: Adults|02: Magistrates Court|11: Summary non-motoring|195 Stalking|02: Not convicted|01: Dismissed|3
        Gwent|2016|2|01: Person|01: Male|03: Adults|01: Crown Court|01: Violence against the person|8.13 Stalking|01: Convicted|15: Immediate custody|2
    """,
    "cps_flagged_outcomes": """
        Prosecutions flagged as stalking or harassment, 2017-18
        |Convictions||Unsuccessful||Total
        |Volume|%|Volume|%|Volume
        National|90|75.0%|30|25.0%|120
        Cymru-Wales|40|80.0%|10|20.0%|50
        Wessex|50|71.4%|20|28.6%|70
    """,
    "cps_offences_first_hearing": """
        Offences charged and reaching a first hearing
        ||2012-2013|2013-2014
        Protection from Harassment Act 1997 { 2A(1) and (4) }|Stalking|72|529
        Protection from Harassment Act 1997 { 4A(1)(a)(b)(i) and (5) }|Stalking involving fear of violence|9|65
        Protection from Harassment Act 1997 { 4A(1)(a)(b)(ii) and (5) }|Stalking involving serious alarm / distress|10|149
    """,
    "police_uk_street": """
        Crime ID|Month|Reported by|Falls within|Longitude|Latitude|Location|LSOA code|LSOA name|Crime type|Last outcome category|Context
        a1|2024-01|City of London Police|City of London Police|-0.1|51.5|On or near A Street|E01000001|City 001A|Robbery|Under investigation|
        |2024-01|City of London Police|City of London Police|||No location|||Anti-social behaviour||
        a1|2024-01|City of London Police|City of London Police|-0.1|51.5|On or near A Street|E01000001|City 001A|Shoplifting|Under investigation|
    """,
    "bbc_charges": """
        force|2015/16|2016/17|2017/18|2018/19|2019/20|2020/21|charge rate 17/18|charge rate 18/19|charge rate 19/20|latest charge rate
        Kent|1|2|3|4|5|6|10.5|9|8|7
        Gwent|7|8|9|10|11|12|1|n/a|#DIV/0!|2
        total|8|10|12|14|16|18|9|8|7|6
    """,
}  # fmt: skip
CPS = [
    "Homicide", "Offences Against The Person", "Sexual Offences", "Burglary", "Robbery", "Theft And Handling",
    "Fraud And Forgery", "Criminal Damage", "Drugs Offences", "Public Order Offences",
    "All Other Offences (excluding Motoring)", "Motoring Offences",
]  # fmt: skip
TOLD = {"cps_case_outcomes": "January 2014", "cps_flagged_outcomes": "2017/18"}
"""What must be told of a file that does not tell its period."""


def drawn(text: str) -> Rows:
    """Return the cells of a table drawn with '|'; an empty cell is None."""
    return [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]


def case_outcomes() -> Rows:
    """A month of the CPS: a column without a heading, percentages beside counts, a dash for no cases."""
    areas = [
        name for name in FORCES if name not in ("Metropolitan Police", "City of London", "British Transport Police")
    ]
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

    names = [*areas, "Metropolitan and City"]
    return [header, row("National", len(names)), *(row(name, 1) for name in names)]


def partnership_rows() -> Rows:
    """Two partnerships a force, and offences of none."""
    header = ["Financial Year", "Financial Quarter", "Police Force", "CSP Name", *RECORDED[3:7], "Offence Count"]
    areas = [name for name in FORCES if name != "British Transport Police"]
    keys = [
        (q, area, csp)
        for q in (1, 2, 3, 4)
        for area in areas
        for csp in (f"{area} North", f"{area} South", "Unassigned")
    ]
    return [
        header,
        *(["2023/24", f"Q{q}", area, csp, "Stalking", *GROUP, "8Q", at] for at, (q, area, csp) in enumerate(keys)),
    ]


def rolling_rows() -> Rows:
    """Two rolling years, nine months of which they share."""
    header = ["12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"]
    keys = [(end, area) for end in ("31/12/2017", "31/03/2018") for area in FORCES]
    return [header, *([end, area, "a region", "Stalking and harassment", at] for at, (end, area) in enumerate(keys))]


def outcomes_as_published() -> Rows:
    """The thirteen columns of the outcomes workbooks since 2014/15, with an expired code."""
    header = [
        "Financial Year", "Financial Quarter", "Force Name", "Offence Code", "Offence Description", "Offence Group",
        "Offence Subgroup", "Offence code expired", "Outcome Type", "Outcome Description", "Outcome Group",
        "Outcomes for offences that were recorded in the quarter", "Outcomes for investigations closed in the quarter",
    ]  # fmt: skip
    rows: Rows = []
    for quarter in (1, 2, 3, 4):
        for at, force in enumerate(FORCES):
            start = ["2023/24", quarter, force]
            rows.append(
                [*start, "8Q", "Stalking", *GROUP, None, 1, "Charged/Summonsed", "Charged/Summonsed", at, at + quarter]
            )
            rows.append([*start, "65", "Violent disorder", "Public order offences", "Public order offences", "x", 1,
                         "Charged/Summonsed", "Charged/Summonsed", "N/A - Offence code expired", 1])  # fmt: skip
    return [header, *rows]


def outcomes_before_2014() -> Rows:
    """A row an outcome, in words, and no quarter."""
    header = ["Financial Year", "Force Name", *RECORDED[3:7], "Outcome Type", "Number of Outcomes Recorded"]
    keys = [
        (f, o) for f in FORCES for o in ("Charge/Summons", "Cautions", "TICs", "PNDs", "Cannabis Warnings", "Other")
    ]
    return [header, *(["2012/13", f, "Harassment", *GROUP, "8L", o, at] for at, (f, o) in enumerate(keys))]


def detections() -> Rows:
    """The same as a column an outcome."""
    header = [
        "Financial Year",
        "Force",
        "Offence Code",
        "Charge/Summons",
        "Cautions",
        "TICs",
        "PNDs",
        "Cannabis Warnings",
        "Other",
    ]
    return [header, *(["2010/11", force, "8L", *range(at, at + 6)] for at, force in enumerate(FORCES))]


def population_of_one_year() -> Rows:
    """All but British Transport Police, by name and code."""
    from made_tables import force_codes

    rows = [[code, name, 1000 + at] for at, (name, code) in enumerate(force_codes().items())]
    return [["PFA 2023 Code", "PFA 2023 Name", "Population"], *rows]


def made() -> dict[str, tuple[str, Rows]]:
    """Return the rows of each made file by the id of its layout, with the kind of file it is."""
    texts = {name: ("csv", drawn(text)) for name, text in TEXTS.items()}
    return texts | {
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


OLDER_OUTCOMES = [OUTCOMES, *outcome_rows()]
