"""Imported by the parent of kernels alone: it loads the registers, for kernels that find them unchanged."""

from __future__ import annotations

from stats.home import home
from stats.registers import read_registers
from stats.registers.kept import keep

keep(home(), read_registers)
