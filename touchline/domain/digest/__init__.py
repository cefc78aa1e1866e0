"""The weekly update: what the team did and learned, sent where people read."""
