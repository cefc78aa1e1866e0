"""Scoring models learned from what customers did before they converted."""
