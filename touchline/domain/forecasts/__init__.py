"""Forecasts of what customers will bring in."""
