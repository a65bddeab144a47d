"""Pictograms that one presses one after the other, for whom words are hard to write."""
