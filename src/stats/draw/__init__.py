"""Estimates -> drawings: a figure, the table it plots, and words for those who cannot see it."""
