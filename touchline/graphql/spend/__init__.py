"""Spend and budgets in the schema."""
