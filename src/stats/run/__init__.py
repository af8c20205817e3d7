"""Briefs -> papermill runs, and the commands that make, check and rebuild everything."""
