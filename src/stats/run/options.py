"""How a matrix is run: what was asked for on the command line, checked, in one record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stats.errors import UsageMistake

Engine = Literal["fork", "stock"]


@dataclass(frozen=True)
class RunOptions:
    """What `stats run` was asked for.

    Parameters
    ----------
    root : Path
        Of the repository.
    matrices : tuple of Path
        Matrix files; or else `notebooks`, `areas`, `offences`, `periods` and `fixed` ('key=value') say the same.
    is_plan, as_json : bool
        Print what would run, and run nothing.
    jobs : int, optional
        How many runs go on side by side; by default one a core.
    keep_going : bool
        Whether a failure leaves the rest to run.
    timeout : float, optional
        Seconds that one cell may take.
    only_failed : bool
        Only what failed the last time it ran.
    limit : int, optional
        How many to run at most.
    figures_only : bool
        The figures by direct calls, without notebooks.
    out : Path, optional
        Folder of the figures, one folder in it for each run; by default build/runs and the name of the matrix.
    engine : {"fork", "stock"}, optional
        How kernels are started; by default the best that is to be had.
    executor : str, optional
        Where runs go on: 'dask://HOST:PORT'; by default here.
    force : bool
        Run also what is up to date.
    words : tuple of str
        The command as it was typed, so that the same words with nothing to do are answered at once.
    """

    root: Path
    matrices: tuple[Path, ...] = ()
    notebooks: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    is_plan: bool = False
    as_json: bool = False
    jobs: int | None = None
    keep_going: bool = True
    timeout: float | None = None
    only_failed: bool = False
    limit: int | None = None
    figures_only: bool = False
    out: Path | None = None
    engine: Engine | None = None
    executor: str | None = None
    force: bool = False
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        axes = {"--area": self.areas, "--offence": self.offences, "--period": self.periods, "--set": self.fixed}
        given = [name for name, words in ({"--notebook": self.notebooks} | axes).items() if words]
        if self.matrices and given:
            raise UsageMistake("a matrix file and flags that say the same were both given.",
                               [("given", ", ".join(["--matrix", *given]))], "Give one or the other.")  # fmt: skip
        if not self.matrices and not self.notebooks:
            raise UsageMistake("no notebook was named.", [("given", ", ".join(given) or "nothing")],
                               "Add --notebook charge_share (or all), or give --matrix FILE.")  # fmt: skip
        if self.as_json and not self.is_plan:
            raise UsageMistake("--json prints a plan.", [], "Add --plan.")
        if self.executor and self.engine:
            raise UsageMistake("an engine is chosen for runs of this computer.",
                               [("--engine", self.engine), ("--executor", self.executor)],
                               "Leave out --engine: each worker takes the best that it has.")  # fmt: skip

    @property
    def folder(self) -> Path:
        """The folder of the figures."""
        name = "-".join(path.stem for path in self.matrices) or "asked"
        return (self.out or self.root / "build" / "runs" / name).resolve()
