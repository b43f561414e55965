"""Event map for analysts of conflict news: reads articles, maps the events they claim."""
