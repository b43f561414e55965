"""Colours of marks and bars, and what they stand for."""
