"""Lets `python -m stats` work like the `stats` command."""

from stats.cli import main

main()
