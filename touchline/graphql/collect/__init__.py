"""Rejected events and ingestion warnings in the schema."""
