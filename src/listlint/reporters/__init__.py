"""One output format a file; discovered by name."""
