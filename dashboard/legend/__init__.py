"""Colours of marks and bars, and their legends."""
