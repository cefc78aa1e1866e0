"""All that conditions can speak of."""
