"""Estimates -> drawings: a figure, the table it plots, and words for those who cannot see it."""

from stats.draw.fonts import load_own_fonts

load_own_fonts()  # before a chart imports matplotlib, which would look for the fonts of the machine
