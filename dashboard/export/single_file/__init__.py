"""The selection as one HTML page that opens by a double click, without a server and a network."""
