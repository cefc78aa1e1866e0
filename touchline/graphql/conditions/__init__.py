"""The language of conditions in the schema."""
