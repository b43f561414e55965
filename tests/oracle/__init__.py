"""Queries answered by pandas alone, with which the answers of the engines are compared."""
