"""Value exchange rates: how many of an action are worth as much as one of the reference action."""
