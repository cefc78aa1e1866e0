"""The stages of the customer's journey in the schema."""
