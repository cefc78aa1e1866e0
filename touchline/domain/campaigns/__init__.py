"""Campaigns: what links, assets, spend and results have in common."""
