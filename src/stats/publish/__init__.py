"""Drawings and tables -> files, written whole or not at all."""
