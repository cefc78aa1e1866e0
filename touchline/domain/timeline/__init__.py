"""The event log: every touchpoint of every customer, immutable."""
