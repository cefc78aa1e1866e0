"""Where content is published, and the short links by which people come."""
