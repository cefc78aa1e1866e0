"""Customers and accounts in the schema."""
