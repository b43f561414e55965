"""What several pages draw alike: controls, forms of fault, style."""
