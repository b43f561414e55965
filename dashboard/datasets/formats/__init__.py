"""What the columns of a known dataset mean: ACLED, UCDP GED, GDELT, or a column mapping."""
