"""What is printed: the figure of the selection, and that of a comparison."""
