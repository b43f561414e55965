"""Rows of events, and the curated corpus, become the tables of `model/event_tables.py`."""
