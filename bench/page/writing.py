"""The page of figures, in Markdown."""

from collections.abc import Callable, Sequence

from bench.figures import Figure
from bench.page.judgement import table_of
from bench.page.kept import OURS, Queries
from bench.queries.contenders.granian import NAME as GRANIAN
from bench.queries.extras import TENTH
from bench.queries.world import World
from tests.support.deployment import MODES, Mode

AIMS = {
    "W1": (0.8, 2.0),
    "W2": (0.8, 1.5),
    "W3": (0.8, 2.0),
    "W4": (0.8, 2.0),
    "W5": (0.3, 1.0),
    "W6": (0.8, 2.0),
    "W7": (None, 1.0),
}
"""What ours should reach of the limit, and of the best other server. W7 is to leave counting far
behind: that stands below the table."""

RIVALS = {"W5": "postgraphile4"}
"""With whom a change is compared, instead of whoever writes one row the quickest."""

DEEP = ("W6z", "W6a")
TITLES = {"postgres": "PostgreSQL", "sqlite": "SQLite"}


def page(queries: Queries, ingest: Sequence[Figure], others: Sequence[str]) -> str:
    """The whole page; ``others`` are sections that stand after the queries and the ingest."""
    size, course = queries.told["size"], queries.told["course"]
    return (
        "\n\n".join(
            [
                "# How fast it is",
                _WRITTEN_BY,
                _INTRODUCTION.format(**size, **course, assets=World(**size).assets),
                "## Queries",
                _WORKLOADS,
                _QUERIES,
                _against(queries),
                "![Share of the limit each server reaches](performance.svg)",
                _peers(queries),
                "## As data grows",
                _growth(queries),
                "## Memory, and another HTTP server",
                _memory(queries),
                "## Taking events in",
                _INGEST,
                table_of(ingest),
                *others,
                "## Measure yourself",
                _YOURSELF,
            ]
        )
        + "\n"
    )


_WRITTEN_BY = "<!-- Written by `python -m bench page` from bench/results; do not edit. -->"

_INTRODUCTION = """\
Measured on a machine of two cores that others use too: every server has the same core, load (wrk,
{connections} connections) and PostgreSQL have the other. All contenders were measured in one run,
taking turns, {seconds:g} s each, in {rounds} rounds. Compare ratios, never figures of two machines.
The data: {customers:,} customers with traits, a score and three of 200 tags each, {touchpoints:,}
touchpoints of a year, {assets:,} assets of content with the figures of every day, and a backlog of
1,000 items, of which 200 stand in order. Ratios are the medians of the rounds; the least and the
most stand in brackets, and are far apart where others worked on the machine at the time."""

_WORKLOADS = """\
- **W1** a customer by id, with identifiers, traits, tags, score, account, and the 20 newest
  touchpoints, each with its source and its asset
- **W2** 50 customers with a tag and a least score, by score, each with tags and the 3 newest
  touchpoints
- **W3** 100 assets by title behind a cursor, each with reads and conversions of 30 days
- **W4** the 200 ranked items of a backlog, each with its assets
- **W5** a customer gets a tag
- **W6** 50 touchpoints of everybody behind a cursor, each with its customer, source and asset
- **W7** touchpoints by channel and day over 90 days"""

_QUERIES = """\
The *limit* is one hand-written SQL statement whose JSON the database builds and Starlette copies:
no GraphQL, no keys, no permissions. Before anything is timed, all answers are compared: every
contender tells the same data. A share above 1 says that the planner's statement beats ours.

W5 of the limit writes, in one transaction, all that ours promises: the tag that stands, who said
so, how many have it, the news in the outbox, and the note that the customer is to be judged. The
other servers of W5 write a row of the first table, and nothing else.

Who stands on tables alone gets what its users add: PostGraphile two functions (the sums of W3, the
assets of W4), FraiseQL a view for each of the workloads that one view can say, Directus the links
between tables."""

_INGEST = """\
Events acknowledged when they are on disk, in batches of a hundred over HTTP, beside the bare
database taking the same rows (`COPY`, `executemany`); then from the landing to the timeline."""

_YOURSELF = """\
```sh
make bench                               # 20,000 touchpoints, every peer that can be installed
make bench ARGS="queries --peer none"    # ours and the limit alone
make bench ARGS="queries --full --growth --granian --memory --rounds 5 --seconds 3 \\
  --save bench/results/queries.json"     # as above; its data are made once, in 20 minutes
make bench ARGS="ingest --save bench/results/ingest.json"
make bench ARGS="judgement"              # scores, segments, lists and delays; --full for all of it
make bench ARGS="backlog --save bench/results/backlog.json"
make bench ARGS="queries --workload W4b --peer none --save bench/results/board.json"
make bench ARGS="page"                   # writes this page anew
```

It needs `wrk`, `node`, `npm` and PostgreSQL; peers come from npm and PyPI into
`~/.cache/touchline-bench` and are skipped with a line where they cannot be installed. A workload is
one file in `bench/queries/workloads/`."""


def _against(queries: Queries) -> str:
    lines = [
        "| Workload | ÷ limit, PostgreSQL | ÷ limit, SQLite | aim | ÷ best server | aim |",
        "|---|---|---|---|---|---|",
    ]
    for key, (share, times) in AIMS.items():
        if key not in queries.workloads:
            continue
        best = RIVALS.get(key) or queries.best_peer(key, "postgres")
        beside = queries.ratio(key, "postgres", OURS, best) if best else None
        told = f"{_shown(beside)} {best}" if beside else "–"
        cells = [
            f"{key} {queries.workloads[key]}",
            *(_shown(queries.ratio(key, mode)) for mode in ("postgres", "sqlite")),
            "–" if share is None else f"≥ {share}",
            told,
            f"≥ {times:g}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _peers(queries: Queries) -> str:
    rates = _by_contender(queries, lambda *place: _rounded(queries.rate(*place), ",.0f"))
    times = _by_contender(queries, lambda *place: _rounded(queries.processor(*place), ".2f"))
    said = [
        "Requests a second on PostgreSQL, for those who want to see the order of things:",
        rates,
        "Milliseconds of the server's processor for a request:",
        times,
    ]
    if any(queries.database(key, "postgres", OURS) for key in AIMS):
        shared = "Milliseconds of PostgreSQL's processor for a request, on the core of the load:"
        said += [shared, _by_contender(queries, _database(queries))]
    return "\n\n".join(said)


def _database(queries: Queries) -> Callable[[str, Mode, str], str]:
    return lambda *place: _rounded(queries.database(*place), ".2f")


def _by_contender(queries: Queries, cell: Callable[[str, Mode, str], str]) -> str:
    keys = [key for key in AIMS if key in queries.workloads]
    lines = [f"| | {' | '.join(keys)} |", f"|---|{'---|' * len(keys)}"]
    for name in queries.contenders("postgres"):
        cells = [cell(key, "postgres", name) for key in keys]
        if name not in (TENTH, GRANIAN) and set(cells) != {"–"}:
            lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _rounded(figure: Figure | None, form: str) -> str:
    return format(figure.median, form) if figure and figure.median else "–"


def _growth(queries: Queries) -> str:
    lines = ["| | PostgreSQL | SQLite | aim |", "|---|---|---|---|"]
    for key in ("W1", "W6"):
        cells = [_shown(queries.ratio(key, mode, TENTH, OURS)) for mode in ("postgres", "sqlite")]
        what = f"{key}: cost of a request, ten times the data ÷ before"
        lines.append(f"| {what} | {' | '.join(cells)} | ≤ 1.3 |")
    deep = []
    for mode in ("postgres", "sqlite"):
        last, first = (queries.rate(key, mode, OURS) for key in DEEP)
        deep.append(_shown(first.over(last)) if first and last else "–")
    lines.append(f"| W6: cost of page 1,000 ÷ page 1 | {' | '.join(deep)} | 1 |")
    counted = [_shown(queries.ratio("W7n", mode)) for mode in ("postgres", "sqlite")]
    lines.append(f"| W7: pace ÷ SQL that counts touchpoints | {' | '.join(counted)} | ≥ 20 |")
    return "\n".join(lines)


def _memory(queries: Queries) -> str:
    lines = [
        f"- {figure.what}: {figure.median:.0f} {figure.unit} ({figure.spread}); aim ≤ 150 MB."
        for figure in queries.memory
    ]
    for mode in MODES:
        told = [
            f"{key} {_shown(ratio)}"
            for key in AIMS
            if (ratio := queries.ratio(key, mode, GRANIAN, OURS))
        ]
        if told:
            lines.append(f"- Granian ÷ uvicorn, {TITLES[mode]}: {', '.join(told)}.")
    return "\n".join(lines)


def _shown(ratio: Figure | None) -> str:
    if ratio is None:
        return "–"
    return f"**{ratio.median:.2f}** ({min(ratio.rounds):.2f}–{max(ratio.rounds):.2f})"
