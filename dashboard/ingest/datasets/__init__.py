"""Importers: tables of events in the formats of the field, into datasets of the engine."""
