"""The page of a server with accounts: who one is, sessions, tokens, and all accounts."""
