"""Copies of the repository whose one notebook is quick, and does what a file of its area says."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from made_runs import cell, markdown, put

from stats.home import home

FOLDER, PID = "CLUSTER_OF_TEST", "PID_OF_WORKER"
WORK = f"""
import os, signal, time
from pathlib import Path
folder = Path(os.environ["{FOLDER}"])
with (folder / "begun").open("a") as begun:
    begun.write(area + " " + os.environ.get("{PID}", "here") + "\\n")
if (folder / area).exists():
    exec((folder / area).read_text())
Path(os.environ["STATS_OUT"], "told.csv").write_text("area,share\\n" + area + "," + str(1 / 3) + "\\n")
"""


def repository(root: Path) -> Path:
    """Make a copy of the repository whose notebook is quick, and does what a file of its area says."""
    for name in ("registers", "claims", "raw", "illustrative", "tidy"):
        shutil.copytree(home() / "data" / name, root / "data" / name, copy_function=os.symlink)
    given = "area = 'Kent'\noffence = 'stalking'\nperiod = '2024/25'\nbeside = 'none'"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    asked = [markdown("# Asked"), cell(given, tags=["parameters"]), cell(WORK)]
    told = {"cells": asked, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    put(root / "notebooks" / "charge_share.ipynb", json.dumps(told))
    shutil.copy(home() / "requirements.lock", root)
    return root
