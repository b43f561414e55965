"""The claims on an event by origin, and the fields in which these accounts differ."""
