"""From the text of a GraphQL document to its answer: guards, cost, execution, masking."""
