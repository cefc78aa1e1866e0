"""The GraphQL schema, one folder a capability, and the engine that runs it."""
