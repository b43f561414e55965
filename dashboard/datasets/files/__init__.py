"""Files of many formats as chunks of tables; each family of files has a module."""
