"""Whether links are alive; the only room that imports the HTTP client."""
