"""The records of the event map and the rules they obey; knows nothing of files or screens."""
