"""Errors that speak to people: what is wrong, the evidence, what to do next."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from difflib import SequenceMatcher

LIKE_ENOUGH = 0.5
"""How alike (0 to 1) a known word must be to be offered instead of one that is not."""


class StatsError(Exception):
    """A mistake a person can mend.

    Parameters
    ----------
    wrong : str
        One sentence: what is wrong.
    evidence : iterable of (label, text)
        What was found, each line with a short label.
    mend : str
        What to do next.
    """

    exit_code = 1

    def __init__(self, wrong: str, evidence: Iterable[tuple[str, object]] = (), mend: str = "") -> None:
        self.wrong = wrong
        self.evidence = [(label, str(text)) for label, text in evidence]
        self.mend = mend
        super().__init__(wrong)

    def __str__(self) -> str:
        width = max((len(label) for label, _ in self.evidence), default=0) + 1
        lines = [f"{type(self).__name__}: {self.wrong}"]
        for label, text in self.evidence:
            indented = text.replace("\n", "\n" + " " * (width + 4))
            lines.append(f"  {label + ':':<{width}}  {indented}")
        if self.mend:
            lines.append(f"  {self.mend}")
        return "\n".join(lines)

    def _render_traceback_(self) -> list[str]:
        """Show the message alone in a notebook: the traceback helps nobody here."""
        return str(self).splitlines()


class UsageMistake(StatsError):
    """Something was asked for that cannot be understood."""

    exit_code = 2


class UnknownName(UsageMistake):
    """No entry of a register goes by this name."""


class NotCovered(UnknownName):
    """A place outside England and Wales."""


class BadPeriod(UsageMistake):
    """These words are not one period with a start and an end."""


class BadParameter(UsageMistake):
    """A notebook or brief was given a value it cannot take."""


class BadCount(UsageMistake, ValueError):
    """Numbers that a method cannot take. `at` holds the positions of the wrong rows."""

    def __init__(self, wrong: str, at: Iterable[int] = (), evidence: Iterable[tuple[str, object]] = ()) -> None:
        self.at = list(at)
        super().__init__(wrong, evidence, "Correct these numbers, or leave the rows out and say so.")


class NotComparable(StatsError):
    """Two numbers that would mislead if set side by side."""

    exit_code = 3


class BreakCrossed(NotComparable):
    """A trend across a date at which the series changed its meaning."""


class NotHonest(StatsError):
    """A statistic that the design behind the number does not support."""

    exit_code = 3


class NotToHand(StatsError):
    """The figure asked for is not in this repository, and is not filled in by guess."""

    exit_code = 4


class RegisterError(StatsError):
    """An entry of a register, claim or brief is wrong."""

    exit_code = 5


class SourceChanged(StatsError):
    """A raw file is not the file that its entry describes."""

    exit_code = 5


class CheckFailed(StatsError):
    """A table broke a rule it must keep."""

    exit_code = 5


class NotRecognised(StatsError):
    """A published file fits no layout that we know, or more than one."""

    exit_code = 5


class NotReproduced(StatsError):
    """What is committed is not what the sources and the code make."""

    exit_code = 6


class CannotOpen(StatsError):
    """A published file that is damaged, locked, unsafe, or no table at all."""

    exit_code = 5


class NotFetched(StatsError):
    """An address that does not give the file, or a file that has no address."""

    exit_code = 8


class NoCluster(StatsError):
    """A scheduler or workers that cannot be reached, were lost, or are not like this computer."""

    exit_code = 9


class NoAccess(StatsError):
    """A file or folder that this computer does not let us read or write."""

    exit_code = 7

    @classmethod
    def of(cls, problem: OSError) -> NoAccess:
        """Return what the system said, with the file and what to do."""
        evidence = [("file", problem.filename)] if problem.filename else []
        mend = _MENDS.get(problem.errno or 0, "Correct the place named above, and try again.")
        said = problem.strerror or str(problem) or type(problem).__name__
        return cls("this computer cannot read or write what it must.", [*evidence, ("it says", said)], mend)


_ELSEWHERE = "Choose a folder that you may write to (--out), or have its owner let you."
_NAME = "Look at the name: a folder in it is missing, or is a file."
_ROOM = "Make room on the disk, and try again. What was already there is unchanged."
_MENDS = (
    dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _ROOM)
    | dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _ELSEWHERE)
    | dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR), _NAME)
)
"""What to do about the refusals that a person can mend, by the number the system gives them."""


def counted(number: int, what: str) -> str:
    """Return how many there are, in words.

    Examples
    --------
    >>> counted(1, "row"), counted(12345, "row")
    ('1 row', '12,345 rows')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def nearest(word: str, known: Iterable[str], *, most: int = 3) -> list[str]:
    """Return the known words most like `word`, best first.

    Parameters
    ----------
    word : str
    known : iterable of str
    most : int
        How many to return at most.
    """
    asked = word.casefold()
    scored = [(-SequenceMatcher(None, name.casefold(), asked).ratio(), name) for name in set(known)]
    return [name for score, name in sorted(scored) if score <= -LIKE_ENOUGH][:most]
