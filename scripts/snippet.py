"""Makes what browsers load of the snippet that people read: `make snippet`."""

import sys
from pathlib import Path

import rjsmin

STATIC = Path(__file__).parents[1] / "touchline" / "api" / "static"
SOURCE, BUILT = STATIC / "snippet.js", STATIC / "snippet.min.js"


def built() -> str:
    """The source without comments and needless blanks."""
    return str(rjsmin.jsmin(SOURCE.read_text())).strip() + "\n"


def main() -> int:
    BUILT.write_text(built())
    print(BUILT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
