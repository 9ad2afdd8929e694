"""Papers: entries, their fields, and how lists write them."""
