"""What the linter knows: venues, institutions, words, hosts and field names, loaded from `rules/data`."""
