"""Figures for print: of the selection, and of a comparison of accounts."""
