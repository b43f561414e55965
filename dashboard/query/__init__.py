"""The selection: filters, the link that carries them, and the words that describe them."""
