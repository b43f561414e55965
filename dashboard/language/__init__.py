"""The reader's language: messages, numbers, dates and names, e.g. "12 events" or "١٢ حدثًا"."""
