"""A plain reading of the data, apart from the product: what its engines answer is compared with it."""
