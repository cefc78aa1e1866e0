"""Tags in the schema."""
