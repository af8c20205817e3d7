"""Sources of words: a document whose claims are quoted, and what another source was read to say of one."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

from stats.registers.claims import Document
from stats.registers.entries import shown
from stats.registers.findings import Finding
from stats.registers.sources import Source


def source_of_document(document: Document, path: Path) -> Source:
    """Return a document as the source of its own words; the hash is that of our file of its claims."""
    return Source(
        id=document.id,
        publisher=document.publisher,
        title=document.title,
        published=document.published,
        retrieved=document.retrieved,
        url=document.url or shown(path),
        caveats=("The words are the article's; what they rest on is listed claim by claim in data/claims.",),
        **_of_words(path),
    )


def source_of_finding(finding: Finding, path: Path, retrieved: date) -> Source:
    """Return a finding as the source of what it says; one without a date was out when it was read.

    Parameters
    ----------
    finding : Finding
    path : Path
        The register of findings, whose hash the source has.
    retrieved : date
        When the document was read that it is a finding on.
    """
    return Source(
        id=finding.id,
        publisher=finding.publisher,
        title=finding.says,
        published=finding.published or retrieved.isoformat(),
        retrieved=retrieved,
        url=finding.url,
        caveats=("It is what the source was read to say, in our words: see data/registers/findings.yml.",),
        **_of_words(path),
    )


def _of_words(path: Path) -> dict[str, Any]:
    return {
        "dataset": "claims", "licence": "short quotations", "licence_url": "LICENSE-DATA.md",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "kind": "reported",
        "status": "not statistics of its own: what somebody printed", "file": str(path),
    }  # fmt: skip
