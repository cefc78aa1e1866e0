"""Attribution in the schema."""
