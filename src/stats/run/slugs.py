"""Names for files, made of words."""

from __future__ import annotations

import re
import unicodedata


def slug(words: str) -> str:
    """Return words as a part of a file's name: small letters without accents, digits, and one line for all else.

    Examples
    --------
    >>> slug("Dyfed-Powys"), slug("2024/25 Q1"), slug("Ynys Môn"), slug("4.10")
    ('dyfed_powys', '2024_25_q1', 'ynys_mon', '4_10')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")
