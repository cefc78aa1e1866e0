"""A made-up year of a made-up vendor, sent through the real collect path.

Fernwell sells sensors and software that watch the air and the energy of offices, laboratories
and warehouses. It, its customers and all they do are invented here from a seed.
"""
