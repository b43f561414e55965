"""The timeline as data: bars of dated events, spans of uncertain ones."""
