"""Whether a process lives, for tests that end some."""

from __future__ import annotations

import os


def is_running(pid: int) -> bool:
    """Whether a process runs, and is not merely waiting to be taken note of."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return not os.path.isdir("/proc")
