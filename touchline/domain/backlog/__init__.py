"""The backlog: all the team's work in one list, ordered by its Owner."""
