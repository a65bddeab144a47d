"""Telephone numbers, addresses and the like between a volunteer and a person, masked until both agree."""
