"""How PostgreSQL writes instants and days as the schema shows them."""

MOMENTS = "-62135596800000 AND 253402300799999"
DAYS = "-719162 AND 2932896"
"""The years 1 to 9999, in milliseconds and in days."""


def moment_text(read: str) -> str:
    """An instant between quotes."""
    since = f"timestamp 'epoch' + {read} * interval '1 millisecond'"
    return f"""'"' || to_char({since}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'"""


def day_text(read: str) -> str:
    """A day, counted from 1970, between quotes."""
    return f"to_json(date '1970-01-01' + ({read})::int)::text"
