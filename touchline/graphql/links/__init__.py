"""Publications and tracked links in the schema."""
