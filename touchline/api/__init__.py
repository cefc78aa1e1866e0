"""The edge: HTTP and WebSockets in, calls to the domain and to GraphQL out."""
