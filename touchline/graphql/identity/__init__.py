"""Identifiers and merges in the schema."""
