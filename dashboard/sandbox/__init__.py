"""Strangers' files are read in processes of their own, with limits, without network or other files."""
