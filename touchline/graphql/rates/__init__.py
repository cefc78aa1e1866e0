"""Value exchange rates in the schema."""
