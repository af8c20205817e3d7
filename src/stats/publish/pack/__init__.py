"""The evidence pack: everything behind a document, to be opened, checked and made again by somebody who doubts it."""
