"""One dialect a file; the file's name is the dialect's."""
