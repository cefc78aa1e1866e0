"""What the page tells of the backlog."""

from collections.abc import Mapping, Sequence

from bench.figures import Figure
from bench.page.judgement import table_of
from bench.page.kept import Queries
from tests.support.deployment import MODES

_INTRODUCTION = """\
Eight clients order one backlog of 200 items over HTTP: ever into the same gap, ever to the top, two
that change places, versions long gone, neighbours that are none. After each thousand of moves all
stop, and the log played again, the keys, the count of versions and what each client reads must tell
the same strict order. SQLite has one server, PostgreSQL two."""

_PARTS = {
    "order": "Moves, some of them adversarial; aim: one strict order, and keys of at most 32"
    " characters.",
    "pulls": "Pulls at the same instant; aim: nobody works on more than 5, and nothing is pulled"
    " twice.",
    "move": "A move (the whole command in one transaction) beside `BEGIN`, `UPDATE`, `COMMIT` of a"
    " key of the same table, in a transaction of the product and by the driver alone, one after the"
    " other; aim: at most 1.5 times. Over HTTP: the mutation, which also reads what it changed,"
    " beside an endpoint of Starlette that runs the statement, by wrk over one connection.",
    "forecast": "Milliseconds of the processor for a forecast; aim: at most 300.",
}
_BOARD = """\
The board: 100 of 200 ordered items, each as its whole card, with its place, four scores and its
age; aim: at least 0.7 of the SQL that one would write. The database works out scores and ages, too;
it still counts each place anew."""


def backlogged(parts: Mapping[str, Sequence[Figure]], board: Queries | None) -> list[str]:
    """The sections of the page."""
    told = ["## The backlog", _INTRODUCTION]
    for name, about in _PARTS.items():
        if name in parts:
            told += [about, table_of(parts[name])]
    if board is not None:
        ratios = [(mode, board.ratio("W4b", mode)) for mode in MODES]
        shares = [
            Figure(f"{mode}: the board ÷ the limit", "×", ratio.rounds)
            for mode, ratio in ratios
            if ratio is not None
        ]
        told += [_BOARD, table_of(shares)]
    return told if len(told) > 2 else []
