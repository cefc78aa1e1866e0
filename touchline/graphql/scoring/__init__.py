"""Scores and scoring models in the schema."""
