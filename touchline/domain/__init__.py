"""What Touchline knows and decides, free of HTTP, GraphQL and queues."""
