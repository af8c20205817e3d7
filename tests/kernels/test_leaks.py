"""Nothing of one run is there in the next of the same parent."""

from __future__ import annotations

import json

import pytest

LEAKS = {
    "globals": ("leaked = 1", "'leaked' in globals()"),
    "builtins": ("import builtins; builtins.leaked = 1", "hasattr(builtins, 'leaked')"),
    "environment": (
        "os.environ['LEAKED'] = '1'; del os.environ['HOME']", "'LEAKED' in os.environ, 'HOME' in os.environ",
    ),
    "working directory": ("os.chdir('/')", "os.getcwd() == '/'"),
    "rcParams": ("matplotlib.rcParams['lines.linewidth'] = 9", "matplotlib.rcParams['lines.linewidth']"),
    "pandas options": ("pd.set_option('display.max_rows', 3)", "pd.get_option('display.max_rows')"),
    "patched modules": (
        "textwrap.dedent = pd.DataFrame.head = repr", "textwrap.dedent is repr, pd.DataFrame.head is repr",
    ),
    "open figures": ("%config InlineBackend.close_figures = False\nplt.plot([1, 2]);", "plt.get_fignums()"),
    "path": ("sys.path.insert(0, '/leaked')", "'/leaked' in sys.path"),
    "imports": ("import this_is_leaked", "'this_is_leaked' in sys.modules"),
    "warning filters": ("warnings.simplefilter('always')", "warnings.filters[0][0]"),
    "numpy error state": ("np.seterr(all='raise')", "np.geterr()"),
    "random state": (
        "random.seed(1); np.random.seed(1)", "random.getstate()[1][0] == SEEDED, np.random.get_state()[1][0] == 1",
    ),
}  # fmt: skip
IMPORTS = (
    "import builtins, json, os, random, sys, textwrap, warnings\nimport matplotlib, matplotlib.pyplot as plt\n"
    "import numpy as np, pandas as pd\nSEEDED = random.Random(1).getstate()[1][0]\nprinted = json.dumps"
)
LOOK = "print(printed({" + ", ".join(f"{name!r}: repr(({look},))" for name, (_, look) in LEAKS.items()) + "}))"


@pytest.fixture(scope="module")
def looks(run_cells, said_by) -> list[dict[str, str]]:
    """What is seen before, in, and after a run that leaks in every way; all three are of one parent."""
    write = "import sys, types; sys.modules['this_is_leaked'] = types.ModuleType('this_is_leaked')"
    leaking = (IMPORTS, write, *(leak for leak, _ in LEAKS.values()), LOOK)
    parent = "import os; print(os.getppid())"
    runs = [
        run_cells(parent, IMPORTS, LOOK),
        run_cells(parent, *leaking, execution_timeout=60),
        run_cells(parent, IMPORTS, LOOK),
    ]
    assert len({said_by(executed, 0) for executed in runs}) == 1
    return [json.loads(said_by(executed, -1)) for executed in runs]


@pytest.mark.parametrize("leak", LEAKS)
def test_nothing_leaks_into_the_next_run(looks: list[dict[str, str]], leak: str) -> None:
    """What the second run changed is seen in it, and not in the third, which is as the first was."""
    first, second, third = (look[leak] for look in looks)
    assert second != first
    assert third == first
