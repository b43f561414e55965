"""Storage: the workspace, its backups, and the seed files."""
