"""The command line: `event-map`, the same as `python -m dashboard`."""
