"""Scripts that print ratios measured in one run; the last figures are in README.md."""
