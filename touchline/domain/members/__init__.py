"""Members: the people of the team, in whose name keys act."""
