"""Sources in the schema."""
