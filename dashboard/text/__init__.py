"""Reading text: normalising with offsets, zones, sentences, phrase search."""
