"""A matrix is run: what is done is left, a failure harms no neighbour, and what cannot be computed is no failure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stats.errors import NotToHand, StatsError, UsageMistake
from stats.home import home
from stats.run import running
from stats.run.execute import Job, NotebookStopped
from stats.run.kept import Records
from stats.run.options import RunOptions
from stats.run.running import run_matrix

AREAS = ("Kent", "Lincs", "Essex", "Dorset")


class Made:
    """A memory and a journal in one, which forget nothing."""

    def __init__(self, done: tuple[str, ...] = (), failed: tuple[str, ...] = (), brings: tuple[str, ...] = ()) -> None:
        self.done, self.once_failed, self.brings = set(done), failed, brings
        self.kept: list[str] = []
        self.said: list[tuple[str, str]] = []

    def is_done(self, wanted) -> bool:
        """Whether it was made."""
        return wanted.name in self.done

    def bring(self, wanted):
        """What another made."""
        return [Path("x")] if wanted.name in self.brings else None

    def keep(self, wanted, made) -> None:
        """Keep the name."""
        self.kept.append(wanted.name)

    def began(self, wanted) -> None:
        """Keep that it began."""
        self.said.append(("began", wanted.name))

    def ended(self, wanted, made) -> None:
        """Keep how it ended."""
        self.said.append(("failed" if isinstance(made, StatsError) else "made", wanted.name))

    def failed(self) -> frozenset[str]:
        """What failed before."""
        return frozenset(self.once_failed)


def name(area: str) -> str:
    """The name of a run of an area."""
    return f"charge_share-{area.lower()}-stalking-2024_25"


NAMES = [name(area) for area in ("Kent", "Lincolnshire", "Essex", "Dorset")]


@pytest.fixture
def ran(monkeypatch, tmp_path):
    """Run the four areas with a stand-in for papermill; `fails` are the names that fail."""

    def call(made: Made, *, fails: tuple[str, ...] = (), **options):
        started: list[Job] = []

        def each(jobs: list[Job], workers: int) -> Iterator[tuple[Job, list[Path] | StatsError]]:
            for job in jobs:
                started.append(job)
                if job.name in fails:
                    yield job, NotebookStopped("NotToHand: no such number.", job.executed, 4)
                else:
                    job.out.mkdir(parents=True)
                    yield job, [job.out / "a.svg"]

        monkeypatch.setattr(running, "run_all", each)
        lines: list[str] = []
        given = {"notebooks": ("charge_share",), "areas": AREAS, "offences": ("stalking",), "periods": ("2024/25",)}
        asked = RunOptions(home(), **{**given, "out": tmp_path / "out", **options})
        code = run_matrix(asked, lines.append, memory=made, journal=made)
        return code, [job.name for job in started], "\n".join(lines), started

    return call


def test_what_is_not_done_runs_and_what_is_done_is_left(ran) -> None:
    """In order; each is kept and told to the journal."""
    made = Made(done=(NAMES[1],))
    code, started, said, _ = ran(made)
    assert (code, started, made.kept) == (0, [NAMES[0], *NAMES[2:]], [NAMES[0], *NAMES[2:]])
    assert said.splitlines()[0] == "4 combinations: 3 to make, 1 up to date, 0 cannot be computed"
    assert "3 made" in said
    assert [what for what, _ in made.said] == ["began"] * 3 + ["made"] * 3


def test_a_failure_harms_no_neighbour(ran) -> None:
    """The rest runs; at the end it is told with its own words, and its exit code is that of the command."""
    made = Made()
    code, started, said, _ = ran(made, fails=(NAMES[1],))
    assert (code, len(started), made.kept) == (4, 4, [NAMES[0], *NAMES[2:]])
    assert "Failed (1):" in said
    assert f"{NAMES[1]}: NotToHand: no such number." in said


def test_stop_stops_at_the_first_failure(ran) -> None:
    """What was not begun is left for the next time."""
    code, started, said, _ = ran(Made(), fails=(NAMES[1],), keep_going=False)
    assert (code, started) == (4, NAMES[:2])
    assert "1 made" in said


def test_a_limit_and_only_what_failed(ran) -> None:
    """A limit takes the first; only-failed asks the journal."""
    assert ran(Made(), limit=2)[1] == NAMES[:2]
    _, started, said, _ = ran(Made(failed=(NAMES[3], "another")), only_failed=True)
    assert started == [NAMES[3]]
    assert "3 left for later" in said


def test_force_runs_what_is_done(ran) -> None:
    """And brings nothing that was made before."""
    assert ran(Made(done=tuple(NAMES), brings=tuple(NAMES)), force=True)[1] == NAMES


def test_what_was_made_elsewhere_is_brought_and_not_run(ran) -> None:
    """From a cache, whoever made it."""
    _, started, said, _ = ran(Made(brings=(NAMES[0],)))
    assert started == NAMES[1:]
    assert "as it was made before" in said
    assert "3 made, 1 as they were made before" in said


def test_a_plan_runs_nothing(ran) -> None:
    """As text or JSON."""
    for as_json in (False, True):
        code, started, said, _ = ran(Made(done=(NAMES[0],)), is_plan=True, as_json=as_json)
        assert (code, started) == (0, [])
        assert NAMES[1] in said


def test_what_cannot_be_computed_is_listed_and_is_no_failure(ran) -> None:
    """The exit code is 0, and no figure is empty."""
    code, started, said, _ = ran(Made(), periods=("2024/25", "2013/14"))
    assert (code, started) == (0, NAMES)
    assert "4 × The police did not count stalking apart from harassment before April 2014" in said


def test_a_job_has_its_folder_its_limit_and_its_parameters(ran, tmp_path: Path) -> None:
    """As the runner takes it; it is no draft, as a brief is none."""
    job = ran(Made(), timeout=90.0, fixed=("beside=none",))[3][0]
    assert job.parameters == {"area": "Kent", "offence": "stalking", "period": "2024/25", "beside": "none"}
    assert (job.timeout, job.is_draft, job.out.parent) == (90.0, False, (tmp_path / "out").resolve())
    assert job.executed.name == f"{job.name}.ipynb"


def test_other_machines_are_refused(ran) -> None:
    """Rather than this one in their place."""
    with pytest.raises(UsageMistake, match="not to hand"):
        ran(Made(), executor="dask://a:1")


def test_a_wrong_pair_is_refused(ran) -> None:
    """Before anything runs."""
    with pytest.raises(UsageMistake, match="KEY=VALUE"):
        ran(Made(), fixed=("beside",))


def test_without_a_journal_nobody_knows_what_failed(tmp_path: Path) -> None:
    """So it is refused, and nothing is guessed."""
    options = RunOptions(home(), notebooks=("charge_share",), out=tmp_path, only_failed=True)
    with pytest.raises(UsageMistake, match="journal"):
        run_matrix(options, lambda line: None)


def test_a_table_that_was_changed_stops_the_plan(monkeypatch, tmp_path: Path) -> None:
    """Nothing is planned from a table that is not what the raw files make."""

    def changed(names, registers) -> None:
        raise NotToHand("the table was changed.")

    monkeypatch.setattr("stats.read.made.must_be_as_made", changed)
    with pytest.raises(NotToHand):
        run_matrix(RunOptions(home(), notebooks=("charge_share",), out=tmp_path, is_plan=True), lambda line: None)


def test_records_tell_what_is_done_by_contents(tmp_path: Path) -> None:
    """A figure that was changed is not done, nor are other parameters; a date that was touched changes nothing."""
    import shutil

    from stats.run.matrix import Wanted

    root = tmp_path / "home"
    for name in ("notebooks", "data/registers"):
        shutil.copytree(home() / name, root / name)
    figure = tmp_path / "out" / "a" / "a.svg"
    figure.parent.mkdir(parents=True)
    figure.write_text("one", "utf-8")
    asked = Wanted("charge_share", {"area": "Kent"}, "a")
    records = Records(root, tmp_path / "out")
    assert not records.is_done(asked)
    records.keep(asked, [figure])
    assert Records(root, tmp_path / "out").is_done(asked)
    assert not records.is_done(Wanted("charge_share", {"area": "Essex"}, "a"))
    figure.touch()
    assert records.is_done(asked)
    figure.write_text("two", "utf-8")
    assert not records.is_done(asked)
    assert records.bring(asked) is None
