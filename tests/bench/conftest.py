"""What is in bench is no package: its folder comes into the path, as when `python bench/score.py` runs."""

import sys

from stats.home import home

sys.path.append(str(home() / "bench"))
