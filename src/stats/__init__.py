"""Plain Figures: statistics on stalking and harassment that can be checked."""

__version__ = "0.1.0"
