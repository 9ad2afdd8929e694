"""`listlint` and `python -m listlint`."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; a broken pipe and Ctrl-C end quietly."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from listlint import __version__

        sys.stdout.write(f"listlint {__version__}\n")
        return
    import gc
    import os

    gc.set_threshold(
        500_000, 20, 50
    )  # trees are large and live to the end: looking for cycles in them is wasted
    from listlint.cli import run

    code = run(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # all is said and written: to take every object apart would only take time


if __name__ == "__main__":
    main()
