"""What a run prints: every figure, and below them a table of who is how quick at what."""

import re
from collections.abc import Sequence

from bench.figures import Figure, table
from bench.queries.contenders import limit, product

_SHARE = re.compile(rf"(\w+) (\w+) {product.NAME} ÷ \1 \2 (.+)")
_NO_SERVERS = (limit.NAME, "pgbench", product.NAME)
_HEADS = ("", "÷ limit, PostgreSQL", "÷ limit, SQLite", "÷ best server")


def show(figures: Sequence[Figure]) -> str:
    """Pace of ours as a share of the limit's on both databases, and of the best other server's."""
    shares: dict[str, dict[tuple[str, str], float]] = {}
    for figure in figures:
        found = _SHARE.fullmatch(figure.what)
        if found is not None:
            key, mode, other = found.groups()
            shares.setdefault(key, {})[mode, other] = figure.median
    rows = [_HEADS, *(_row(key, told) for key, told in shares.items())]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([table(figures), "", *lines])


def _row(key: str, shares: dict[tuple[str, str], float]) -> tuple[str, str, str, str]:
    of_limit = [shares.get((mode, limit.NAME)) for mode in ("postgres", "sqlite")]
    servers = {
        name: share for (_, name), share in shares.items() if not name.startswith(_NO_SERVERS)
    }
    best = min(servers, key=lambda name: servers[name], default=None)
    told = "–" if best is None else f"{servers[best]:.2f} {best}"
    first, second = ("–" if share is None else f"{share:.2f}" for share in of_limit)
    return key, first, second, told
