"""Parties by name: the index of their wordings, and finding them in text."""
