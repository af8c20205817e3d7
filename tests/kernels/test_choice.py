"""Which kernel and engine are used, and by whom."""

from __future__ import annotations

import pytest

from stats.kernels import choice, provisioner
from stats.kernels.choice import kernel_for


def test_forked_kernels_are_the_default_and_plain_ones_are_had_for_the_asking(monkeypatch) -> None:
    """The argument wins over the variable, and the variable over the default."""
    assert kernel_for() == ("stats-fork", "stats")
    assert kernel_for("stock") == ("python3", "nbclient")
    monkeypatch.setenv("STATS_ENGINE", "plain")
    assert kernel_for() == ("python3", "stats")
    assert kernel_for("fork") == ("stats-fork", "stats")
    with pytest.raises(ValueError, match="no engine is called 'fast'"):
        kernel_for("fast")


def test_where_nothing_can_be_forked_kernels_are_plain(monkeypatch) -> None:
    """On another system the plain kernel is chosen, with the engine that tells failures."""
    monkeypatch.setattr("sys.platform", "darwin")
    assert kernel_for() == ("python3", "stats")
    assert provisioner.why_not_here() == "kernels are forked on Linux alone"


def test_a_kernel_that_is_not_installed_is_not_chosen(monkeypatch) -> None:
    """Without its kernelspec, as in a copy that was never installed, the plain kernel is used."""
    monkeypatch.setattr(choice, "FORKED", "stats-fork-of-nowhere")
    assert kernel_for() == ("python3", "stats")
