"""The rules, one a file; discovered, never listed by hand."""
