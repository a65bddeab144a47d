"""Urgent requests, from the side of those who ask."""
