"""Exports on paper: what is taken out of an event, as a file in one of six formats.

A file appears whole or not at all, readable by its owner alone. Rows are written as they
come from the store, so that a large event needs no more memory than a small one.
"""

from kiosk.papers.order import FORMATS, CannotExport, Format, Order, Written, write

__all__ = ["FORMATS", "CannotExport", "Format", "Order", "Written", "write"]
