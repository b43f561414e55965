"""Reproducible figures: a manifest file records the input of each figure."""
