"""The backlog in the schema."""
