"""Tags: what colleagues and rules say of customers in a word, and who said so."""
