"""Tidy tables -> estimates. Each carries value, lower, upper, unit, method, level, n and basis: always together."""
