"""Channels: where touchpoints came from, by rules that people edit, and how many come by each."""
