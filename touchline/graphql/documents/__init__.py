"""Trusted documents in the schema."""
