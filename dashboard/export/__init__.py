"""The selection as files for other tools: tables, geometry, citations."""
