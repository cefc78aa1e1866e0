"""Goals, conversions and what customers have brought in, in the schema."""
