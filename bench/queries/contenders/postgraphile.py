"""PostGraphile 4 and 5: GraphQL made of the tables themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.queries.contender import Bench, OverHttp
from bench.queries.contenders import node

FOUR = {
    "@graphile-contrib/pg-simplify-inflector": "6.1.0",
    "pg": "8.23.1",
    "postgraphile": "4.14.1",
    "postgraphile-plugin-connection-filter": "2.3.0",
}
FIVE = {
    "@graphile/simplify-inflection": "9.0.0",
    "pg": "8.23.1",
    "postgraphile": "5.1.5",
    "postgraphile-plugin-connection-filter": "4.0.1",
}
NEW_LINE = "\n"
FUNCTIONS = Path(__file__).parents[1] / "servers" / "postgraphile_functions.sql"
LINKS = (
    ("channel_day", "channel_id", "channel"),
    ("customer", "account_id", "account"),
    ("customer_score", "customer_id", "customer"),
    ("customer_score", "model_id", "scoring_model"),
    ("customer_tag", "customer_id", "customer"),
    ("customer_tag", "tag_id", "tag"),
    ("tag_rank", "customer_id", "customer"),
    ("identifier", "customer_id", "customer"),
    ("touchpoint", "asset_id", "content_asset"),
    ("touchpoint", "customer_id", "customer"),
    ("touchpoint", "source_id", "source"),
    ("trait", "customer_id", "customer"),
)


@contextmanager
def four(bench: Bench) -> Iterator[OverHttp]:
    """Version 4, with the plugins that its users take."""
    with _running(bench, "postgraphile4", FOUR, "postgraphile4.js") as contender:
        yield contender


@contextmanager
def five(bench: Bench) -> Iterator[OverHttp]:
    """Version 5, with the same."""
    with _running(bench, "postgraphile5", FIVE, "postgraphile5.mjs") as contender:
        yield contender


@contextmanager
def _running(bench: Bench, name: str, packages: dict[str, str], program: str) -> Iterator[OverHttp]:
    bench.loaded["postgres"].execute(FUNCTIONS.read_text())
    _tell_links(bench)
    with node.running(bench, name, packages, program) as (port, pid):
        yield OverHttp(
            name,
            "postgres",
            pid,
            lambda _workload: f"http://127.0.0.1:{port}/graphql",
            lambda workload: workload.peers.get(name),
        )


def _tell_links(bench: Bench) -> None:
    """The tables keep no foreign keys; PostGraphile reads the links from comments."""
    tags: dict[str, list[str]] = {}
    for table, column, parent in LINKS:
        tags.setdefault(table, []).append(f"@foreignKey ({column}) references {parent} (id)")
    bench.loaded["postgres"].execute(
        *(f"COMMENT ON TABLE {table} IS '{NEW_LINE.join(said)}'" for table, said in tags.items())
    )
