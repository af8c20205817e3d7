"""The findings on a draft as JSON: one object a finding, in the draft's order."""

from __future__ import annotations

import json
from typing import Any

from stats.publish.checked import Checked, Finding


def check_json(checked: Checked) -> str:
    """Return an array of findings.

    Letters outside ASCII are escaped, so that it passes through any terminal or pipe as it is.
    """
    records = [_record(finding) for finding in checked.findings]
    return json.dumps(records, ensure_ascii=True, allow_nan=False, indent=1).replace("\x7f", "\\u007f")


def _record(finding: Finding) -> dict[str, Any]:
    return {
        **finding.remark.as_record(), "number": finding.number, "where": finding.where, "meaning": finding.meaning,
        "group": finding.group,
    }  # fmt: skip
