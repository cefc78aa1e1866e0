"""Who is who: identifiers seen together become one customer, under rules and human decisions."""
