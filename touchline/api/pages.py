"""The few pages that a person with a browser sees. They load nothing from anywhere."""

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;"
    "color:#1c2430;background:#fff}pre{background:#f3f5f8;padding:1rem;overflow:auto}"
    "a{color:#0b57d0}"
)


def _page(title: str, content: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{content}</body></html>"
    )


GRAPHQL_PAGE = _page(
    "Touchline GraphQL",
    """
<p>This address speaks GraphQL over HTTP, and over WebSockets with the protocol
<code>graphql-transport-ws</code>. Make a key, then send a document:</p>
<pre>touchline keys create me --scope read</pre>
<pre>curl -s http://localhost:8000/graphql \\
  -H 'Authorization: Bearer YOUR_KEY' -H 'Content-Type: application/json' \\
  -d '{"query": "{ customers(first: 5) { nodes { id displayName lastSeenAt } } }"}'</pre>
<p>Any GraphQL client or explorer can be pointed here with the same header. The schema is shown to
every key that may read.</p>""",
)

HOME_PAGE = _page(
    "Touchline",
    """
<p>One timeline for every customer, from every channel.</p>
<ul><li><a href="/graphql">/graphql</a>: read and change everything</li>
<li><code>POST /v1/batch</code>: send events as a Segment client does</li>
<li><a href="/ready">/ready</a>: whether requests can be served</li></ul>""",
)
