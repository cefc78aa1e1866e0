"""How hand-written SQL shows an instant, which the tables keep as milliseconds."""


def postgres_at(column: str) -> str:
    """The column as a time with zone, which PostgreSQL writes into JSON by itself."""
    return f"to_timestamp({column} / 1000.0::float8)"


def sqlite_at(column: str) -> str:
    """The column as text."""
    return f"strftime('%Y-%m-%dT%H:%M:%fZ', {column} / 1000.0, 'unixepoch')"
