"""Signing in: the gate before every page and route, and the routes of the sign-in itself."""
