"""The page Review: suggestions and events, judged and edited."""
