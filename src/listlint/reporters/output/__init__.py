"""One output format a module; a module's name is what `--output-format` takes."""
