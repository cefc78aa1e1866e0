"""Scores: what customers do and are, added up by the published models, and explained."""
