"""Phrases that are ready: for whom writing is hard, and where the right words are hard to find."""
