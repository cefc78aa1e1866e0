"""Experiments: which of several arms does what was hoped for, judged from touchpoints."""
