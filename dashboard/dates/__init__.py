"""Find the dates of a text, resolve them to intervals, and find the stated day of publication."""
