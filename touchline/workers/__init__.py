"""Work that nobody waits for: identifying landed events, relaying news, running jobs."""
