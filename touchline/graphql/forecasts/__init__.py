"""Forecasts of what customers will bring in, in the schema."""
