"""What is kept and how it becomes tables."""
