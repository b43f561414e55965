"""Files as articles: what kind of file it is, how it is encoded, and which texts are the same."""
