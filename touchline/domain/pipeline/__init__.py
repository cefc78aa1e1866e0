"""The way of an event from the landing to the timeline."""
