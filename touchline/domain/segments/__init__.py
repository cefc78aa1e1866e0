"""Groups of customers that keep themselves: who is in, since when, and who comes and goes."""
