"""Layers that analysts bring as context below the marks, such as areas of control, camps and borders."""
