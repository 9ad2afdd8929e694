"""Markdown: the only room that imports the parser. Trees whose nodes know their exact places."""
