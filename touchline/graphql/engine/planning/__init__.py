"""Documents compiled to SQL: declared fields become one statement whose JSON is the answer."""
