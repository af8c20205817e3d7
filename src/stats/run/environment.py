"""`environment.yml`, for conda and Binder, made from pyproject.toml and requirements.lock: one list, three files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

EXTRAS = ("lab",)
PYTHON = "3.13"


def environment(root: Path) -> bytes:
    """Return the text of environment.yml: the core and lab dependencies at their locked versions."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(d for extra in EXTRAS for d in project["optional-dependencies"][extra])]
    locked = locked_versions(root)
    pins = sorted(f"{name}=={locked[name]}" for name in map(name_of, asked))
    lines = [
        "# Made by `stats environment` from pyproject.toml and requirements.lock. Do not edit.",
        "name: plainfigures",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python={PYTHON}",
        "  - pip",
        "  - pip:",
        *(f"      - {pin}" for pin in pins),
        "      - -e .",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def locked_versions(root: Path, python: str = PYTHON) -> dict[str, str]:
    """Return the locked version of each package; where it depends on the Python version, the one for `python`."""
    versions: dict[str, str] = {}
    for found in re.finditer(
        r"^([\w.-]+)==([^\s;]+)(?: ;(.*?))?\s*\\?$", (root / "requirements.lock").read_text("utf-8"), re.M
    ):
        if _holds(found[3] or "", python):
            versions[found[1]] = found[2]
    return versions


def name_of(requirement: str) -> str:
    """Return the package name of a requirement: 'pandera' for 'pandera[pandas]>=0.30'."""
    return re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0].lower()


def _holds(marker: str, python: str) -> bool:
    asked = tuple(int(part) for part in python.split("."))
    for op, version in re.findall(r"python_full_version\s*(<|>=)\s*'([\d.]+)'", marker):
        limit = tuple(int(part) for part in version.split("."))[:2]
        if (op == "<" and not asked < limit) or (op == ">=" and asked < limit):
            return False
    return True
