"""What analysts do with suggestions and events: accept, correct, merge, reject, undo."""
