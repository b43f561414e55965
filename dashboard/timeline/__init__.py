"""What a timeline shows, as data: bars of dated events, spans of uncertain ones."""
