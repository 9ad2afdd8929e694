"""listlint checks and fixes the Markdown paper lists that researchers keep by hand."""

__version__ = "0.1.0"
