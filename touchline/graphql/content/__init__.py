"""Content assets in the schema."""
