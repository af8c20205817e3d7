"""The command `stats release`, and that nothing else fetches."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from serving import TABLE, Server, serving

from stats.cli import cli

ROOT = Path(__file__).parents[1]
NETWORK = re.compile(
    r"^\s*(?:import|from)\s+(?:pooch|requests|urllib3|urllib\.request|http\.client|socket|ftplib)\b", re.M
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server on this computer."""
    with serving() as found:
        yield found


def stats(*words: str):
    """Run the command in this process."""
    return CliRunner().invoke(cli, list(words))


def test_a_new_release_is_fetched_and_the_next_step_named(server: Server, tmp_path: Path) -> None:
    """Where it lies, how large it is, its hash, what it is, and from where; no bar in a pipe."""
    done = stats("release", "fetch", "--url", server.at("table/a.csv"), "--out", str(tmp_path))
    assert done.exit_code == 0
    assert done.output.splitlines()[0] == f"fetched       {tmp_path / 'a.csv'}"
    assert re.search(
        rf"size .*180,000 bytes\nsha256 +\w{{64}}\nkind .*CSV.*\nfrom +{server.at('table/a.csv')}", done.output
    )
    assert f"Next: stats release add {tmp_path / 'a.csv'}" in done.output
    assert done.stderr == ""
    assert (tmp_path / "a.csv").read_bytes() == TABLE


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["fetch"], 2, "nothing to fetch was named"),
        (["fetch", "ons"], 2, "more than one source"),
        (["fetch", "ons_population_2081"], 2, "ons_population_2018"),
        (["fetch", "ons_population_2018"], 8, "this source cannot be fetched"),
        (["fetch", "--url", "file:///etc/passwd"], 8, "no address of the web"),
        (["fetch", "ons_population_2018", "--timeout", "0"], 2, "Invalid value for '--timeout'"),
        (["fetch", "ons_population_2018", "--retries", "-1"], 2, "Invalid value for '--retries'"),
    ],
)
def test_a_mistake_prints_a_message_and_no_traceback(words: list[str], code: int, said: str) -> None:
    """Each kind has its exit code."""
    done = stats("release", *words)
    assert done.exit_code == code
    assert said in done.stderr
    assert "Traceback" not in done.output + done.stderr


def test_waiting_and_trying_follow_the_options(server: Server, tmp_path: Path) -> None:
    """--timeout and --retries bound how long a bad server is borne with."""
    url = server.at(f"silent/{tmp_path.name}")
    done = stats("release", "fetch", "--url", url, "--out", str(tmp_path), "--timeout", "1", "--retries", "0")
    assert done.exit_code == 8
    assert "nothing within 1 s" in done.stderr
    assert server.visits[f"/silent/{tmp_path.name}"] == 1


def test_ctrl_c_leaves_nothing_half_written(server: Server, tmp_path: Path) -> None:
    """A download that is stopped by hand removes what had come, and prints no traceback."""
    command = [sys.executable, "-m", "stats", "release", "fetch", "--url", server.at("drips"), "--out", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as running:
        until = time.monotonic() + 120
        while not list(tmp_path.iterdir()) and time.monotonic() < until:
            time.sleep(0.02)
        assert list(tmp_path.iterdir())
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=120)
    assert running.returncode != 0
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_only_one_module_reaches_the_network() -> None:
    """What fetches is in one place, with one judge beside it that reads what the first one asked for.

    Kernels speak over socket files, and open no port.
    """
    sources = sorted((ROOT / "src" / "stats").rglob("*.py"))
    reaching = [
        p.relative_to(ROOT / "src" / "stats").as_posix() for p in sources if NETWORK.search(p.read_text("utf-8"))
    ]
    assert [name for name in reaching if not name.startswith("kernels/")] == ["read/answer.py", "read/fetching.py"]
    using = [p.name for p in sources if re.search(r"stats\.read\.fetching", p.read_text("utf-8"))]
    assert using == ["cli_release.py", "fetch.py"]


def test_the_search_for_the_network_bites() -> None:
    """Each way in is seen, and the parser of addresses is not one."""
    for line in ("import pooch", "    from requests import get", "import urllib.request", "from http.client import X"):
        assert NETWORK.search(line)
    assert not NETWORK.search("from urllib.parse import urlsplit")


DEFAULT = """
import socket, sys
from click.testing import CliRunner

class Closed(socket.socket):
    def connect(self, address):
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"the network was asked for {address}")
        super().connect(address)

socket.socket = Closed
import stats
from stats.cli import cli
for words in (["--help"], ["release", "--help"], ["release", "fetch", "ons_population_2018"], ["show", "source", "ons"],
              ["data"], ["run", "national_headline"]):
    done = CliRunner().invoke(cli, words)
    print(words, done.exit_code, sorted({"pooch", "requests", "urllib3"} & set(sys.modules)))
"""


def test_nothing_in_the_default_path_fetches(broken) -> None:
    """Help, look-ups, the making of tables and of figures load nothing that fetches, and connect to nothing."""
    (broken.root / "notebooks").symlink_to(ROOT / "notebooks")
    (broken.root / "src").symlink_to(ROOT / "src")
    done = subprocess.run(
        [sys.executable, "-c", DEFAULT], capture_output=True, text=True, check=True, cwd=broken.root,
        env={**os.environ, "STATS_HOME": str(broken.root)},
    )  # fmt: skip
    said = [line.split("] ", 1)[1] for line in done.stdout.splitlines()]
    assert said == ["0 []", "0 []", "8 []", "0 []", "0 []", "0 []"]
    assert list((broken.root / "figures" / "national_headline").glob("*.svg"))
