"""Scoring models learned from conversions, as they are shown."""
