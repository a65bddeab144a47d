"""Conversations as pages: the list of them, one of them, its search and its copy."""
