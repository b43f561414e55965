"""Accounts, for a server of several people: who they are, their roles, sessions and tokens."""
