"""Actions of analysts on suggestions and events: accept, correct, merge, reject, undo."""
