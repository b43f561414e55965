"""The page Articles: reading articles, correcting their marks, adding new ones."""
