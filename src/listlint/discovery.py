"""What stands in a package is there to be used: a rule or a format is one file, named nowhere else."""

from __future__ import annotations

import os
from importlib import import_module

__all__ = ["modules_of"]


def modules_of(package: str) -> tuple[str, ...]:
    """The names of the modules in a package, sorted. The folder is asked itself: `pkgutil` takes longer to import."""
    names = {name for folder in import_module(package).__path__ for name in os.listdir(folder)}
    return tuple(sorted(name.removesuffix(".py") for name in names - {"__init__.py"} if name.endswith(".py")))
