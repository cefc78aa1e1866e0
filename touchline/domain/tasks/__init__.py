"""Long work that somebody started and watches: how far it is, and how it ended."""
