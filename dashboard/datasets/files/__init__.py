"""Files of many formats as parts of tables; one module a family of files."""
