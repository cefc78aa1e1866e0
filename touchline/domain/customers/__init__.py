"""Customers, what is known of them and by whom, and the accounts they belong to."""
