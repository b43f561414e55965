"""The selection as text for print and screenshots: title, sentence and sources."""
