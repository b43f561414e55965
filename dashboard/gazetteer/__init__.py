"""Places by name: loading the gazetteer, indexing it, resolving mentions."""
