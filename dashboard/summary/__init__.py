"""The selection in words, for print and screenshots: title, sentence and sources."""
