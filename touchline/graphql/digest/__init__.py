"""The weekly update in the schema."""
