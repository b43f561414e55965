"""Session state and address bar; no other package accesses them."""
