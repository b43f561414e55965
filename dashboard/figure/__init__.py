"""Figures that can be made again: what a figure was made of, as a small file beside it."""
