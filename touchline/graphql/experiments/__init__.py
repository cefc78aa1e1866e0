"""Experiments in the schema."""
