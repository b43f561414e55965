"""The records of the event map and their rules, without files or screens."""
