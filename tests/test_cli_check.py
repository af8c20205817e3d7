"""`stats check`: what a person types, what they read, and what a hostile document cannot do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_remarks import KEYS, TEXT, remark, remarks
from read.papers import docx, docx_parts, odt, odt_parts, p, packed, pdf

import stats.run.checking
from stats.cli import cli
from stats.cli_check import _text as shown
from stats.home import home
from stats.publish.checked import Checked
from stats.read.drafts import read_draft
from stats.run.claims import facts_of

NUMBER = "Just 5 per cent of cases ended so."
OUTSIDE = '<Relationship Id="x" Type="t/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/>'
SECRET = "file:///etc/passwd"


@pytest.fixture(scope="module")
def facts():
    """What drafts are judged by, read once."""
    return facts_of()


@pytest.fixture(autouse=True)
def _quick(facts, monkeypatch) -> None:
    monkeypatch.setattr(stats.run.checking, "facts_of", lambda as_at=None: facts.as_at(as_at) if as_at else facts)


@pytest.fixture
def says(monkeypatch):
    """Let the checker say what a test needs."""

    def say(made) -> None:
        monkeypatch.setattr(stats.run.checking, "check_draft", lambda text, facts, written=None: made(text))

    return say


def ask(*words: object, typed: bytes | str | None = None):
    """Run the command."""
    return CliRunner().invoke(cli, ["check", *map(str, words)], input=typed)


def saved(folder: Path, data: bytes | str, name: str = "draft.md") -> Path:
    """Write a document."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_the_exit_code_tells_whether_something_is_to_be_mended(tmp_path, says):
    """0 for nothing wrong and for nothing that could be checked, 1 for a wrong number and for words that mislead."""
    draft = saved(tmp_path, TEXT)
    for kept, code in (
        (lambda one: one.verdict in ("supported", "supported-with-caveat"), 0),
        (lambda one: one.verdict == "not-checked", 0),
        (lambda one: one.verdict == "stale", 1),
        (lambda one: bool(one.lint), 1),
        (lambda one: False, 0),
        (lambda one: True, 1),
    ):
        says(lambda text, kept=kept: [one for one in remarks(text) if kept(one)])
        assert ask(draft).exit_code == code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.docx"], "there is no such file"),
        (["."], "a folder"),
        (["empty.md"], "the file is empty"),
        (["draft.md", "--as-at", "yesterday"], "'yesterday'"),
        (["draft.md", "--written", "25/11/2022"], "--written"),
        (["draft.md", "--out", "draft.md"], "take the place"),
        (["draft.md", "--out", "report.pdf"], "web page"),
        (["draft.md", "--out", "."], "is a directory"),
        (["draft.md", "other.md"], "unexpected extra argument"),
        (["draft.md", "--html"], "--html"),
    ],
)
def test_what_cannot_be_checked_ends_with_two(tmp_path, monkeypatch, words, said):
    """Whatever the reason is; the message says it, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, NUMBER)
    saved(tmp_path, b"", "empty.md")
    result = ask(*words)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output
    assert len(list(tmp_path.iterdir())) == 2


def test_a_fault_of_ours_is_no_verdict_on_the_draft(tmp_path, says):
    """It ends with 2 as well, and says whose fault it is."""
    says(lambda text: 1 / 0)
    result = ask(saved(tmp_path, NUMBER))
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.output
    assert "a fault of ours" in result.output


def test_a_check_that_is_stopped_by_hand_writes_nothing(tmp_path, says):
    """It ends as the other commands do, and not with 1, which would be a verdict."""

    def stopped(text):
        raise KeyboardInterrupt

    says(stopped)
    result = ask(saved(tmp_path, NUMBER), "--out", tmp_path / "r.html")
    assert result.exit_code == 130
    assert "Nothing was written" in result.output
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("env", "looks_on", "is_coloured"),
    [({}, True, True), ({}, False, False), ({"NO_COLOR": "1"}, True, False), ({"TERM": "dumb"}, True, False)],
)
def test_colour_is_for_a_person_who_has_not_asked_for_none(facts, monkeypatch, env, looks_on, is_coloured):
    """A file, a pipe, NO_COLOR and a terminal without colours get none."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: looks_on, raising=False)
    found = Checked(read_draft(TEXT.encode()), tuple(remarks()), facts)
    assert ("\x1b[" in shown(found)) is is_coloured


def test_other_commands_keep_their_exit_codes():
    """An unknown name is 2 and a figure that is not here is 4, as before."""
    result = CliRunner().invoke(cli, ["figure", "charge_share", "area=Lincs", "period=2023/24"])
    assert result.exit_code == 4


@pytest.mark.parametrize("words", [["-"], []])
def test_a_text_may_be_pasted(words):
    """Standard input, with or without its dash."""
    result = ask(*words, typed=NUMBER)
    assert result.exit_code == 0
    assert ">>5 per cent<<" in result.output
    assert result.output.startswith("standard input\n")


def test_json_alone_stands_on_standard_output(tmp_path, says):
    """An array of objects with the keys promised, also when a page is written."""
    says(remarks)
    result = ask(saved(tmp_path, TEXT), "--json", "--out", tmp_path / "report.html")
    records = json.loads(result.stdout)
    assert all(" ".join(list(record)[:15]) == KEYS for record in records)
    assert len(records) == 16
    assert "wrote" in result.stderr
    says(lambda text: [])
    assert json.loads(ask("--json", typed="No number here.").stdout) == []


def test_as_at_is_passed_on(tmp_path, says):
    """What was known on a day is what the draft is judged by."""
    says(remarks)
    assert "as at       2019-12-31" in ask(saved(tmp_path, TEXT), "--as-at", "2019").output


HOSTILE = {
    "macros.docx": packed(docx_parts(p(NUMBER), OUTSIDE) | {
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0", "word/media/image1.bmp": b"no picture " * 4_000,
        "word/embeddings/book.xlsx": packed({"a": packed({"b": "c"})}), "word/charts/chart1.xml": "<!DOCTYPE broken",
    }),
    "linked.odt": odt(f'<text:p>{NUMBER} <draw:frame><draw:image xlink:href="http://127.0.0.1:9/x.png"/></draw:frame>'
                      f'<text:a xlink:href="{SECRET}">link</text:a></text:p>'),
    "macros.odt": packed(odt_parts(f"<text:p>{NUMBER}</text:p>") | {"Basic/Standard/Module1.xml": "<x/>"}),
    "linked.html": f'<html><link rel="stylesheet" href="http://127.0.0.1:9/a.css"><script src="http://127.0.0.1:9/a.js">'
                   f'alert(1)</script><iframe src="{SECRET}"></iframe><img src="//127.0.0.1:9/i.png" onerror="x()">'
                   f"<p>{NUMBER}</p></html>".encode(),
    "linked.md": f"![x](http://127.0.0.1:9/x.png) [y]({SECRET})\n\n{NUMBER}\n\n<script>alert(1)</script>\n".encode(),
    "utf16.txt": NUMBER.encode("utf-16"),
    "windows.txt": f"“{NUMBER}” – £5 don’t".encode("cp1252"),
    "right-to-left.txt": f"\u202eمرحبا\u202c {NUMBER}\u2066\u2069\x1b {'Nobody was told. ' * 9}".encode(),
    "escapes.txt": f"\x1b[2J\x1b]0;owned\x07{NUMBER} {'and so on ' * 40}".encode(),
    "draft.pdf": pdf([NUMBER], more=f"/OpenAction<</S/URI/URI({SECRET})>>"),
}  # fmt: skip
"""Documents that can be read, and would do something else if they were let."""

REFUSED = {
    "nothing.docx": docx(""),
    "blank.txt": b" \n \n",
    "nested.zip": packed({"a.zip": packed({"b.docx": docx(p(NUMBER))})}),
    "bomb.docx": packed(docx_parts(p(NUMBER)) | {"word/big.xml": b" " * 9_000_000}),
    "outside.docx": packed(docx_parts(p(NUMBER)) | {"../../etc/x": "y"}),
    "entity.docx": packed(
        docx_parts(p(NUMBER)) | {"word/document.xml": f'<!DOCTYPE a [<!ENTITY b SYSTEM "{SECRET}">]><a>&b;</a>'}
    ),
    "cut.docx": docx(p(NUMBER))[:-30],
    "picture.docx": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "bytes.txt": bytes(range(256)) * 8,
    "scan.pdf": pdf(b""),
}
"""Documents that cannot be read."""

HEAVY = ("matplotlib", "nbformat", "scipy", "statsmodels", "IPython", "papermill", "pooch", "duckdb", "jinja2")


class Watch:
    """What Python did to files and to the network while it was on."""

    def __init__(self) -> None:
        self.is_on = False
        self.did: list[tuple[str, str]] = []
        sys.addaudithook(self.hear)

    def hear(self, event: str, values: tuple[object, ...]) -> None:
        """Keep what reaches out or writes."""
        if not self.is_on:
            return
        if event == "open":
            path, mode, flags = values
            is_writing = bool(set(str(mode or "")) & set("wax+")) or bool(int(flags or 0) & (os.O_WRONLY | os.O_RDWR))
            self.did.append(("write" if is_writing else "read", str(path)))
        elif event.startswith(("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib")):
            self.did.append(("network", str(values)))
        elif event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.system"):
            self.did.append(("write", str(values[0])))


WATCH = Watch()
"""One for the process: what listens to Python cannot be taken away again."""


@pytest.fixture
def watched():
    """Listen while a test runs."""
    WATCH.did.clear()
    WATCH.is_on = True
    yield WATCH
    WATCH.is_on = False


def strange(path: str, draft: Path) -> bool:
    """Whether a path that was read is neither the draft, nor of Python, nor of this repository."""
    own = (sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), str(home()), "/proc/", "/dev/null")
    return not path.isdigit() and path not in (str(draft), repr(str(draft))) and not path.startswith(own)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_read_and_does_nothing(tmp_path, watched, name):
    """Its number is found; nothing is asked of the network, nothing else is read, and only the report is written."""
    draft = saved(tmp_path, HOSTILE[name], name)
    out = tmp_path / "out" / "report.html"
    before = draft.read_bytes()
    watched.did.clear()
    result = ask(draft, "--out", out)
    watched.is_on = False
    assert result.exit_code == 0, result.output
    assert ">>5 per cent<<" in result.output
    assert not set(result.output) & set("\x1b\x07\u202e\u2066")
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted([name, "out", "report.html"])
    assert draft.read_bytes() == before
    assert [path for kind, path in watched.did if kind == "network"] == []
    assert [p for kind, p in watched.did if kind == "write" and not p.startswith(str(out.parent))
            and not p.isdigit() and p != "/dev/null"] == []  # fmt: skip
    assert [path for kind, path in watched.did if kind == "read" and strange(path, draft)
            and not path.startswith(str(out.parent))] == []  # fmt: skip
    page = out.read_text("utf-8")
    assert "<script" not in page
    assert "<mark>5 per cent</mark>" in page


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_cannot_be_read_writes_nothing(tmp_path, watched, name):
    """It is named for what it is, with what to do; no report is made."""
    draft = saved(tmp_path, REFUSED[name], name)
    watched.did.clear()
    result = ask(draft, "--out", tmp_path / "report.html")
    watched.is_on = False
    assert result.exit_code == 2
    assert result.output.startswith("CannotOpen: ")
    assert name in result.output
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert [path for kind, path in watched.did if kind == "network" or "passwd" in path] == []


def test_the_watch_bites(tmp_path, watched):
    """A file written, a name changed and a connection are heard."""
    import socket

    (tmp_path / "a").write_text("x")
    (tmp_path / "a").rename(tmp_path / "b")
    with socket.socket() as line:
        line.connect_ex(("127.0.0.1", 9))
    assert {kind for kind, _ in watched.did} >= {"write", "network"}
    assert strange("/etc/passwd", tmp_path / "draft.md")


@pytest.mark.parametrize("typed", [bytes(range(256)) * 8, b"", b"\xff\xfe\xff", b"PK\x03\x04rubbish"])
def test_what_is_no_text_on_standard_input_is_refused(typed):
    """Bytes, nothing, half a letter, half an archive."""
    result = ask("-", typed=typed)
    assert result.exit_code == 2
    assert "standard input" in result.output


def test_the_name_of_a_file_steers_no_terminal(tmp_path):
    """Neither in an error nor in the findings nor on the page."""
    for data, code in ((NUMBER, 0), ("", 2)):
        draft = saved(tmp_path, data, "a\x1b[2J\u202e<b>.md")
        result = ask(draft, *(["--out", tmp_path / "r\x1b.html"] if data else []))
        assert result.exit_code == code
        assert "<U+001B>[2J<U+202E><b>.md" in result.output
        assert "\x1b" not in result.output
    assert "&lt;b&gt;.md" in (tmp_path / "r\x1b.html").read_text("utf-8")


def started(*words: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "stats", "check", *map(str, words)], capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(home() / "src"), "HOME": "/nowhere", **env},
    )  # fmt: skip


def test_a_terminal_that_knows_only_ascii_shows_everything(tmp_path):
    """LC_ALL=C without Python's own rescue: quotes become plain, other letters their codes, and nothing crashes."""
    draft = saved(tmp_path, "“Just 5% of cases”, said Zoë Żak – so.", "Zoë.md")
    done = started(draft, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii:strict")
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    assert b'"Just >>5%<< of cases", said Zo\\xeb \\u017bak - so.' in done.stdout


def test_the_command_loads_nothing_heavy(tmp_path):
    """No drawing, no notebook, no statistics: it must answer at once."""
    draft = saved(tmp_path, NUMBER)
    code = (
        "import sys\nfrom stats.cli import cli\n"
        f"cli(['check', {str(draft)!r}, '--out', {str(tmp_path / 'r.html')!r}], standalone_mode=False)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(home() / "src")},
    )  # fmt: skip
    assert done.stdout.endswith("[]\n"), done.stdout + done.stderr


def test_a_hundred_pages_make_a_page_that_can_be_used(tmp_path, says):
    """A thousand findings over 60,000 words: text and page in two seconds, and the page under a megabyte."""
    filler = "Nobody was told of it in time, as so often before. " * 5
    text = "\n\n".join(f"{filler}In area {n}, {n}% said so." for n in range(1_000, 2_000))
    says(
        lambda text: [remark(text, f"{n}%", f"In area {n}, {n}% said so.", "not-checked") for n in range(1_000, 2_000)]
    )
    draft = saved(tmp_path, text)
    start = time.process_time()
    result = ask(draft, "--out", tmp_path / "r.html")
    assert time.process_time() - start < 4
    assert result.output.count(">>") == 1_000
    assert (tmp_path / "r.html").stat().st_size < 1_000_000
