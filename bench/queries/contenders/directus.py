"""Directus: an API, with GraphQL, over tables that stand already."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx

from bench.queries import cache
from bench.queries.contender import Bench, OverHttp
from bench.queries.contenders import node
from bench.queries.serving import serving
from tests.support.process import free_port

PACKAGES = {"directus": "12.4.0", "pg": "8.23.1"}
TOKEN = "bench-only"
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
LINKS = (
    ("account_trait", "account_id", "account", "traits"),
    ("account_trait", "source_id", "source", None),
    ("customer", "account_id", "account", None),
    ("customer_tag", "customer_id", "customer", "tags"),
    ("customer_tag", "tag_id", "tag", None),
    ("tag_rank", "customer_id", "customer", None),
    ("identifier", "customer_id", "customer", "identifiers"),
    ("touchpoint", "customer_id", "customer", "timeline"),
    ("touchpoint", "source_id", "source", None),
    ("trait", "customer_id", "customer", "traits"),
)
PATIENCE_S = 60


@contextmanager
def running(bench: Bench) -> Iterator[OverHttp]:
    """It keeps what it knows of the tables in tables of its own beside them."""
    folder = node.installed("directus", PACKAGES)
    port = free_port()
    program = [node.node(), folder / "node_modules" / "directus" / "cli.js"]
    variables = {**_settings(bench, port), "PATH": f"{node.node().parent}:/usr/bin:/bin"}
    fresh = not bench.loaded["postgres"].look(
        "SELECT 1 FROM information_schema.tables WHERE table_name = 'directus_settings'"
    )
    if fresh:
        cache.run([*program, "bootstrap"], where=folder, variables=variables)
    log = bench.log("directus")
    with serving([*program, "start"], port=port, log=log, where=folder, variables=variables) as pid:
        url = f"http://127.0.0.1:{port}"
        if fresh:
            _tell_links(url)
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
        "DB_USER": where.username or "",
        "HOST": "127.0.0.1",
        "KEY": TOKEN,
        "LOG_LEVEL": "warn",
        "LOG_STYLE": "raw",
        "NODE_ENV": "production",
        "PORT": str(port),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "QUERY_LIMIT_MAX": "1000",
        "RATE_LIMITER_ENABLED": "false",
        "SECRET": f"{TOKEN}-and-long-enough-to-be-a-secret",
        "TELEMETRY": "false",
        "WEBSOCKETS_ENABLED": "false",
    }


def _tell_links(url: str) -> None:
    """The tables keep no foreign keys: say which column leads where, and what leads back."""
    with httpx.Client(base_url=url, headers=HEADERS, timeout=PATIENCE_S) as client:
        for table in {table for link in LINKS for table in (link[0], link[2])}:
            client.patch(f"/collections/{table}", json={"meta": {"accountability": None}})
        for many, column, one, back in LINKS:
            if back is not None:
                alias = {"special": ["o2m"], "interface": "list-o2m"}
                field = {"field": back, "type": "alias", "meta": alias, "schema": None}
                client.post(f"/fields/{one}", json=field).raise_for_status()
            link = {"collection": many, "field": column, "related_collection": one}
            client.post(
                "/relations", json={**link, "meta": {"one_field": back}, "schema": None}
            ).raise_for_status()
