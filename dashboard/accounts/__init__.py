"""Who says what of an event, and where the accounts differ."""
