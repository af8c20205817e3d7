"""What would name a person in survey answers: columns that go by such a name, and cells that look like one."""

from __future__ import annotations

import re

_NAMES = {
    "a name": r"(?:full|first|last|family|given|maiden|user)_?name|name|surname|forename|initials",
    "an address": r".*address.*|street|house_?(?:no|number)|latitude|longitude|lat|lon|lng|easting|northing|uprn",
    "a postcode": r".*post_?code.*|pcode",
    "an e-mail address": r"e_?mail.*",
    "a telephone number": r".*(?:phone|telephone|mobile).*",
    "a date of birth": r"dob|.*birth.*",
    "an internet address": r"ip|ip_?addr.*",
    "a number that names a person": r"nhs.*|ni_?(?:no|number)|nino|passport.*|crime_?ref.*|case_?(?:no|number|ref.*)",
    "free text": r".*comments?|.*(?:free_?text|verbatim|open_?end(?:ed)?).*|.*_text|details|notes?|story|other_specify",
}
"""Names of columns that are refused, by what they would hold."""

_CELLS = {
    "an e-mail address": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "a postcode": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "a date": r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d",
    "a telephone number": r"(?:\+44|0)[ \d]{9,13}",
}


def column_that_names(name: str) -> str | None:
    """Return what a column of this name would hold that names a person, or None.

    Examples
    --------
    >>> column_that_names("Home Postcode"), column_that_names("age_group")
    ('a postcode', None)
    """
    plain = re.sub(r"\W+", "_", name.strip().casefold())
    return next((what for what, words in _NAMES.items() if re.fullmatch(words, plain)), None)


def cell_that_names(text: str) -> str | None:
    """Return what a cell looks like that would name a person, or None.

    Examples
    --------
    >>> cell_that_names("somebody@example.org"), cell_that_names("12")
    ('an e-mail address', None)
    """
    return next((what for what, words in _CELLS.items() if re.fullmatch(words, text.strip(), re.I)), None)
