"""Channels in the schema."""
