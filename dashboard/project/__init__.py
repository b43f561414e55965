"""The entry point for page, commands, benchmarks and tests: corpus, workspace, datasets, engine."""
