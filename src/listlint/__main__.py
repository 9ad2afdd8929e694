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

    _make_output_sound()
    code = run(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # all is said and written: to take every object apart would only take time


def _make_output_sound() -> None:
    """Let output be written whatever the standard output is: closed, or of an encoding that lacks a list's characters."""
    import io
    import os

    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
    elif isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
