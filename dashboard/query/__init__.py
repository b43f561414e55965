"""Queries of events: filters, their link, their conditions on tables, counts and description."""
