"""Teaches the reader: the second look of the risk check. It alone needs PyTorch, of the dependency group `reader`."""
