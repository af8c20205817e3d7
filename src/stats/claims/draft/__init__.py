"""Check a draft: find its numbers, bind each to a measure, place, period and base, and judge it."""
