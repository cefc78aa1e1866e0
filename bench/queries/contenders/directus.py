"""Directus: an API, with GraphQL, over tables that stand already."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from bench.queries import cache
from bench.queries.contender import Bench, OverHttp
from bench.queries.contenders import node
from bench.queries.serving import serving
from tests.support.process import free_port

PACKAGES = {"directus": "12.4.0", "pg": "8.23.1"}
SCHEMA = "directus"
TOKEN = "bench-only"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
LINKS = (
    ("asset_day", "asset_id", "content_asset", "days"),
    ("customer", "account_id", "account", None),
    ("customer_score", "customer_id", "customer", "scores"),
    ("customer_score", "model_id", "scoring_model", None),
    ("customer_tag", "customer_id", "customer", "tags"),
    ("customer_tag", "tag_id", "tag", None),
    ("tag_rank", "customer_id", "customer", None),
    ("identifier", "customer_id", "customer", "identifiers"),
    ("touchpoint", "asset_id", "content_asset", None),
    ("touchpoint", "customer_id", "customer", "timeline"),
    ("touchpoint", "source_id", "source", None),
    ("trait", "customer_id", "customer", "traits"),
)


@contextmanager
def running(bench: Bench) -> Iterator[OverHttp]:
    """It keeps what it knows of the tables in tables of its own, in a schema beside theirs."""
    folder = node.installed("directus", PACKAGES)
    port = free_port()
    program = [node.node(), folder / "node_modules" / "directus" / "cli.js"]
    variables = {**_settings(bench, port), "PATH": f"{node.node().parent}:/usr/bin:/bin"}
    loaded = bench.loaded["postgres"]
    loaded.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    cache.run([*program, "bootstrap"], where=folder, variables=variables)
    loaded.execute(*_links())
    log = bench.log("directus")
    with serving([*program, "start"], port=port, log=log, where=folder, variables=variables) as pid:
        url = f"http://127.0.0.1:{port}"
        yield OverHttp(
            "directus",
            "postgres",
            pid,
            lambda _workload: f"{url}/graphql",
            lambda workload: workload.peers.get("directus"),
            HEADERS,
        )


def _settings(bench: Bench, port: int) -> dict[str, str]:
    where = urlsplit(bench.loaded["postgres"].database_url or "")
    return {
        "ACCEPT_TERMS": "true",
        "ADMIN_EMAIL": "bench@example.org",
        "ADMIN_PASSWORD": TOKEN,
        "ADMIN_TOKEN": TOKEN,
        "CACHE_ENABLED": "false",
        "DB_CLIENT": "pg",
        "DB_DATABASE": where.path.removeprefix("/"),
        "DB_HOST": where.hostname or "",
        "DB_PASSWORD": "none",
        "DB_POOL__MAX": "10",
        "DB_PORT": str(where.port),
        "DB_SEARCH_PATH": f"array:{SCHEMA},public",
        "DB_USER": where.username or "",
        "HOST": "127.0.0.1",
        "KEY": TOKEN,
        "LOG_LEVEL": "warn",
        "LOG_STYLE": "raw",
        "NODE_ENV": "production",
        "PORT": str(port),
        "PRESSURE_LIMITER_ENABLED": "false",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "QUERY_LIMIT_MAX": "1000",
        "RATE_LIMITER_ENABLED": "false",
        "SECRET": f"{TOKEN}-and-long-enough-to-be-a-secret",
        "TELEMETRY": "false",
        "WEBSOCKETS_ENABLED": "false",
    }


def _links() -> Iterator[str]:
    """Which column leads where, and what leads back, for the tables keep no foreign keys.

    They are written into its own tables: its API would add constraints to ours.
    """
    for table in ("relations", "fields", "collections"):
        yield f"DELETE FROM {SCHEMA}.directus_{table}"
    for table in sorted({table for link in LINKS for table in (link[0], link[2])}):
        yield (
            f"INSERT INTO {SCHEMA}.directus_collections (collection, accountability)"
            f" VALUES ('{table}', NULL)"
        )
    for many, column, one, back in LINKS:
        alias = "NULL" if back is None else f"'{back}'"
        yield (
            f"INSERT INTO {SCHEMA}.directus_relations"
            " (many_collection, many_field, one_collection, one_field)"
            f" VALUES ('{many}', '{column}', '{one}', {alias})"
        )
        if back is not None:
            yield (
                f"INSERT INTO {SCHEMA}.directus_fields (collection, field, special, interface)"
                f" VALUES ('{one}', '{back}', 'o2m', 'list-o2m')"
            )
