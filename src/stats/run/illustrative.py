"""Make the illustrative data: FOI returns and two surveys about umbrellas, which nobody was ever asked about.

Run it with: python -m stats.run.illustrative
The questions are foolish on purpose: no number here can be taken for one about crime, and no reply for a force's own.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import yaml

from stats.clean.foi import ANSWERED, NONE, PARTIAL, REFUSED
from stats.publish.files import write
from stats.read.foi import HEADER
from stats.registers import Registers
from stats.registers.illustrative import BEGINS, FOLDER

SEED = 20_261_125
MADE = date(2026, 11, 25)
QUESTION = "Umbrellas handed in at front counters"
_OWN_WORDS = "umbrellas and walking sticks handed in"
_FIRST, _LAST, _LATER = "2024-04-01", "2025-03-31", "2025-04-30"

CODEBOOK: dict[str, Any] = {
    "made_up": True,
    "mode": "made up by a computer",
    "asked_from": date(2025, 1, 6),
    "asked_to": date(2025, 2, 28),
    "variables": {
        "umbrella": {
            "question": "Did you carry an umbrella on the day you were asked?",
            "codes": {1: "carried one", 2: "left it at home", 3: "own none"},
            "missing": {8: "don't know", 9: "refused"},
        },
        "age_group": {
            "question": "How old are you?",
            "codes": {1: "16 to 24", 2: "25 to 44", 3: "45 to 64", 4: "65 to 84", 5: "85 and over"},
        },
    },
}
SURVEYS: dict[str, dict[str, Any]] = {
    "sample_survey": {
        "title": "Illustrative sample survey of umbrellas",
        "population": "people aged 16 and over in an invented town",
        "basis": "sample",
        "design": {
            "source": "invented: 12 of the 90 sectors of each of 4 districts", "weight": "weight", "psu": "sector",
            "stratum": "district", "population": "sectors_in_district",
        },
    },
    "open_survey": {
        "title": "Illustrative open survey of umbrellas",
        "population": "people who found an invented web page and chose to answer",
        "basis": "self-selected",
        "design": "none",
    },
}  # fmt: skip
_CARRIED = (0.24, 0.33, 0.47, 0.58, 0.5)
"""How often the people of each age group carry an umbrella, as invented."""


def make_illustrative(root: Path, registers: Registers) -> list[Path]:
    """Write the made-up files, each with its entry and its codebook, and return them; the same bytes every time."""
    folder, made = root / FOLDER, []
    files = {"foi_returns": _csv(HEADER, _returns(registers))}
    files |= {name: _csv(*_answers(name)) for name in SURVEYS}
    for name, data in files.items():
        made.append(write(folder / f"{name}.csv", data))
        made.append(write(folder / f"{name}.csv.yml", _yaml(_entry(name, data))))
    for name, about in SURVEYS.items():
        made.append(write(folder / f"{name}.yml", _yaml({**about, **CODEBOOK})))
    return made


def _returns(registers: Registers) -> Iterable[list[str]]:
    """Every fate that a request may have, dealt out by chance."""
    draw = _draws(SEED)
    forces = [area.name for area in registers.areas.forces if area.kind == "force"]
    order = sorted(forces, key=lambda _: draw.random())
    fates = dict.fromkeys(order[:24], ANSWERED) | dict.fromkeys(order[24:27], PARTIAL)
    fates |= dict.fromkeys(order[27:33], REFUSED) | dict.fromkeys(order[33:37], NONE)
    others = {order[37]: _OWN_WORDS, order[38]: _OWN_WORDS, order[39]: QUESTION, order[40]: QUESTION}
    for force in sorted([*fates, *others]):
        fate, gave = fates.get(force, ANSWERED), str(5 + int(draw.random() * 240))
        last = _LATER if others.get(force) == QUESTION else _LAST
        is_given = fate in (ANSWERED, PARTIAL)
        yield [
            force, QUESTION, _FIRST, last, gave if is_given else "", "umbrellas" if is_given else "",
            others.get(force, QUESTION).casefold() if is_given else "", fate, "illustrative", "illustrative: made up",
            "" if fate == NONE else "2025-06-02", "illustrative: this force was asked nothing",
        ]  # fmt: skip


def _answers(name: str) -> tuple[Sequence[str], Iterable[list[str]]]:
    draw, is_sample = _draws(f"{SEED} {name}"), name == "sample_survey"
    header = ("umbrella", "age_group", *(("weight", "district", "sector", "sectors_in_district") * is_sample))
    rows = []
    for person in range(600 if is_sample else 420):
        chance = draw.random()
        age = next(at for at, below in enumerate((0.16, 0.48, 0.76, 0.985, 1)) if chance < below)
        sector = person * 48 // 600 if is_sample else 0
        lean = 0.05 * (sector * 7 % 5 - 2) * is_sample
        place = [f"{0.6 + draw.random():.2f}", str(1 + sector // 12), str(1 + sector), "90"] if is_sample else []
        rows.append([_umbrella(draw, _CARRIED[age] + lean), str(age + 1), *place])
    return header, rows


def _draws(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 - umbrellas are no secret, and the same seed must give the same bytes


def _umbrella(draw: Random, carried: float) -> str:
    if draw.random() < 0.03:
        return "9" if draw.random() < 0.4 else "8"
    if draw.random() < carried:
        return "1"
    return "3" if draw.random() < 0.3 else "2"


def _entry(name: str, data: bytes) -> dict[str, Any]:
    is_foi = name == "foi_returns"
    return {
        "id": f"{BEGINS}{name}",
        "dataset": "foi_returns" if is_foi else "survey_answers",
        "publisher": "Plain Figures",
        "title": "Illustrative FOI returns about umbrellas" if is_foi else SURVEYS[name]["title"],
        "published": MADE.isoformat(),
        "retrieved": MADE,
        "url": f"{FOLDER}/{name}.csv",
        "licence": "CC0 1.0",
        "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/",
        "sha256": hashlib.sha256(data).hexdigest(),
        "kind": "illustrative",
        "status": "made up; not statistics",
        "caveats": ["Illustrative: every row was drawn by a computer. No force and no person was asked anything."],
    }


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8")


def _yaml(fields: dict[str, Any]) -> bytes:
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=120).encode("utf-8")


if __name__ == "__main__":
    from stats.home import home
    from stats.registers import load

    make_illustrative(home(), load())
