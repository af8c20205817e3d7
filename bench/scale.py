"""Five million rows grouped, side by side with pandas: a decade of outcomes by force, quarter, offence and type.

`python bench/scale.py` runs these pairs alone.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
from processes import ROUNDS, Limit, Way, against

QUARTERS = 40
OFFENCES = 130
TYPES = ("0", "1", "1A", "2", "2A", "3", "3A", "4", *map(str, range(5, 19)))
LIMIT = Limit(1 / 3, 1 / 3)

QUESTIONS = (
    (["area_code", "period_end"], {}),
    (["offence_code", "outcome_type_code"], {}),
    (["area_code", "period_end"], {"offence_code": "8Q"}),
)


def grouping(folder: Path, *, quarters: int = QUARTERS, rounds: int = ROUNDS) -> None:
    """Run every question on a generated table."""
    path = write_outcomes(folder / "outcomes.parquet", quarters)
    for by, where in QUESTIONS:
        what = f"{rows(quarters):,} rows by {' and '.join(by)}{', of one offence' if where else ''}"
        limit = Limit() if where else LIMIT  # of one offence pandas reads a part only: nothing is promised
        against(what, ours(path, by, where), pandas(path, by, where), limit, rounds=rounds)


def ours(path: Path, by: list[str], where: dict[str, str]) -> Way:
    """Return the way of the extra: its guards are part of the work."""
    return Way("grouped", "from pathlib import Path; from stats.run.scale import grouped\nimport duckdb",
               f"found = grouped(Path({str(path)!r}), by={by!r}, where={where!r})")  # fmt: skip


def pandas(path: Path, by: list[str], where: dict[str, str]) -> Way:
    """Return the way of pandas over the needed columns alone; it takes missing for nothing."""
    chosen = [(name, "==", value) for name, value in where.items()] or None
    return Way("pandas", "import pandas, pyarrow.parquet",
               f"table = pandas.read_parquet({str(path)!r}, columns={[*by, 'offences_n']!r}, filters={chosen!r})\n"
               f"found = table.groupby({by!r})['offences_n'].sum().reset_index()")  # fmt: skip


def rows(quarters: int) -> int:
    """Return how many rows so many quarters have."""
    return quarters * 44 * OFFENCES * len(TYPES)


def write_outcomes(path: Path, quarters: int = QUARTERS) -> Path:
    """Write the table as `stats read --out` would, a quarter at a time; one row in a thousand is not available."""
    import pyarrow.parquet

    from stats.home import home
    from stats.publish.parquet_file import as_arrow
    from stats.registers.areas import load_areas
    from stats.registers.published_codes import load_published_codes

    registers = home() / "data" / "registers"
    forces = [(force.code, force.name, force.kind) for force in load_areas(registers).forces]
    codes = [code for code in load_published_codes(registers).offences.values() if "/" not in code.code]
    offences = [(code.code, code.name) for code in codes[:OFFENCES] if code.code != "8Q"] + [("8Q", "Stalking")]
    names = pd.MultiIndex.from_product([forces, offences[-OFFENCES:], TYPES], names=["force", "offence", "type"])
    chance, writer = np.random.default_rng(1), None
    for quarter in pd.period_range("2015Q2", periods=quarters, freq="Q"):
        made = as_arrow(_quarter(names, quarter, chance))
        writer = writer or pyarrow.parquet.ParquetWriter(path, made.schema, compression="zstd")
        writer.write_table(made)
    writer.close()
    return path


def _quarter(names: pd.MultiIndex, quarter: pd.Period, chance: np.random.Generator) -> pd.DataFrame:
    forces, offences, types = (names.get_level_values(name) for name in names.names)
    number = pd.Series(chance.poisson(3, len(names)), dtype="Int64").mask(chance.random(len(names)) < 0.001)
    return pd.DataFrame({
        "area_code": forces.str[0], "area_name": forces.str[1], "area_kind": forces.str[2],
        "period_start": quarter.start_time.normalize(), "period_end": quarter.end_time.normalize(),
        "offence_code": offences.str[0], "offence_name": offences.str[1],
        "offence_group": "Violence against the person", "outcome_type_code": types,
        "outcome_group": "Outcome group " + types, "basis": "recorded", "offences_n": number,
        "status": pd.Series("x", index=number.index).where(number.isna()).astype("str"),
        "sheet": f"{quarter.year}", "line": range(2, len(names) + 2),
    })  # fmt: skip


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        grouping(Path(made))
