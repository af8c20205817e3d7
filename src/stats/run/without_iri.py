"""Keep one optional module out of our processes: it costs more than all else that nbformat brings.

nbformat imports jsonschema, and jsonschema, where it is installed, `rfc3987_syntax`: a grammar of international web
addresses that is compiled anew in every process, for more than a second of processor time. jsonschema uses it for one
thing, to check texts that a schema calls an 'iri' or 'iri-reference', and does without where it is not installed
(`with suppress(ImportError)`). No schema of nbformat has such a text. So it is made to look as if it were not
installed. A test notices if jsonschema comes to need it, or a schema of nbformat to use it.

A kernel imports neither nbformat nor jsonschema, and needs nothing of this.
"""

from __future__ import annotations

import sys

MODULE = "rfc3987_syntax"
FORMATS = ("iri", "iri-reference")
"""What jsonschema leaves unchecked without it."""


def leave_out_iri() -> None:
    """Let the import of the module fail in this process, unless it is there already; call it before nbformat.

    The entry `None` in `sys.modules` is Python's own way to say that a module cannot be imported.
    """
    sys.modules.setdefault(MODULE, None)  # type: ignore[arg-type] # None is allowed there, and typeshed knows no None
