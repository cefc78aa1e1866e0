"""One language for what may be said of customers: a tree that is stored, explained and compiled."""
