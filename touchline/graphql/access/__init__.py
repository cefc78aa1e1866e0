"""Callers and API keys in the schema."""
