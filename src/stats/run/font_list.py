"""Make the list of matplotlib's own fonts that `stats.draw.fonts` loads: `python -m stats.run.font_list`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from stats.draw.fonts import list_of_this_version
from stats.publish.files import write


def font_list() -> bytes:
    """Return the list of the fonts that the installed matplotlib brings, in the words that it stores such a list in."""
    from matplotlib import font_manager

    from stats.run.execute import environment

    with environment({"MPL_IGNORE_SYSTEM_FONTS": "1"}), TemporaryDirectory() as folder:
        font_manager.json_dump(font_manager.FontManager(), f"{folder}/list.json")
        listed = json.loads(Path(folder, "list.json").read_text("utf-8"))
    for kind in ("afmlist", "ttflist"):
        listed[kind] = sorted(
            ({**font, "fname": font["fname"].replace(os.sep, "/")} for font in listed[kind]),
            key=lambda font: (font["fname"], font["index"]),
        )
    return (json.dumps(listed, indent=1) + "\n").encode()


if __name__ == "__main__":
    sys.stdout.write(f"{write(list_of_this_version(), font_list()).name}\n")
