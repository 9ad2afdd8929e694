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

    gc.set_threshold(
        500_000, 20, 50
    )  # trees are large and live to the end: looking for cycles in them is wasted
    from listlint.cli import run

    code = run(sys.argv[1:])
    gc.freeze()  # at the end, too: all of it goes at once
    sys.exit(code)


if __name__ == "__main__":
    main()
