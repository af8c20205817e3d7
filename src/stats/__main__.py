"""Lets `python -m stats` work like the `stats` command."""

from stats.door import main

main()
