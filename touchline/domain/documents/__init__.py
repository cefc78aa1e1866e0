"""Trusted documents: GraphQL documents that were registered and are then called by their ids."""
