"""Conversions: what customers did that is worth something, what it was worth, what was refunded."""
