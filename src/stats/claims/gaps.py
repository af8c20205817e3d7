"""The words round and between the quantities of a sentence."""

from __future__ import annotations

from stats.claims.quantity import Quantity

_BEFORE = 40
_AFTER = 80


def gap(a: Quantity, b: Quantity, piece: str) -> str:
    """Return what stands between two quantities of a sentence."""
    return piece[a.end - a.sentence_start : b.start - b.sentence_start]


def before(one: Quantity, piece: str) -> str:
    """Return the words that lead up to a quantity."""
    at = one.start - one.sentence_start
    return piece[max(0, at - _BEFORE) : at]


def after(one: Quantity, piece: str) -> str:
    """Return the words that follow a quantity."""
    at = one.end - one.sentence_start
    return piece[at : at + _AFTER]
