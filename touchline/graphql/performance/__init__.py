"""What content and channels achieve, in the schema."""
