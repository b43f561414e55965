"""Untrusted files are read in separate processes, with limits, without network or other files."""
