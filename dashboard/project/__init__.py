"""The way in for the page, the commands, benchmarks and tests: corpus, workspace, datasets, engine."""
