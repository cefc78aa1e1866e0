"""Touchline: one lead warehouse, one timeline, one backlog for agile marketing teams."""

__version__ = "0.1.0"
