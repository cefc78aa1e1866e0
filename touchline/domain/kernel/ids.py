"""Keys, digests, secrets and global ids."""

import base64
import hashlib
import random
import re
import secrets
from collections.abc import Sequence

from touchline.domain.kernel.db import dialect, fetch, fetch_one

DIGEST_BYTES = 16
_GLOBAL_ID = re.compile(r"([A-Za-z]+)_(0|[1-9][0-9]{0,17})")

_LEGIBLE = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
_random: random.Random = secrets.SystemRandom()


def use_randomness(source: random.Random | None) -> None:
    """Replace the randomness of this process; ``None`` brings the system's back."""
    global _random
    _random = source or secrets.SystemRandom()


async def allocate(table: str, count: int) -> list[int]:
    """Reserve ``count`` keys of a table, ascending; call it inside a transaction.

    On SQLite the rows must be inserted before the table's keys are reserved again.
    """
    if count == 0:
        return []
    if dialect() == "postgres":
        sequence = "(SELECT pg_get_serial_sequence(?, 'id')::regclass)"  # found once, not per row
        sql = f"SELECT nextval({sequence}) AS id FROM generate_series(1, ?)"
        return [row["id"] for row in await fetch(sql, (table, count))]
    last = await fetch_one("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
    start = (last["seq"] if last else 0) + 1
    return list(range(start, start + count))


def digest(*parts: str | bytes) -> bytes:
    """Sixteen bytes that stand for the parts; ``("ab", "c")`` and ``("a", "bc")`` differ."""
    pieces: list[bytes] = []
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        pieces += (len(raw).to_bytes(4), raw)
    return hashlib.blake2b(b"".join(pieces), digest_size=DIGEST_BYTES).digest()


def secret(prefix: str) -> str:
    """A new secret of 160 random bits, such as ``tl_…``; shown once, stored as a digest."""
    raw = _random.getrandbits(160).to_bytes(20)
    return f"{prefix}_{base64.b32encode(raw).decode().lower()}"


def secret_digest(text: str) -> bytes:
    """What is stored of a secret. It is long and random, so one round of SHA-256 is enough."""
    return hashlib.sha256(text.encode()).digest()


def new_message_id() -> str:
    """An id for a message that came without one."""
    return f"tl-{_random.getrandbits(128):032x}"


def short_code(length: int) -> str:
    """Random letters and digits for people to type: none that look like another."""
    return "".join(_random.choice(_LEGIBLE) for _ in range(length))


def global_id(type_name: str, key: int) -> str:
    """The id under which the API names an object; a database can write it too."""
    return f"{type_name}_{key}"


def parse_global_id(text: str, expected: Sequence[str] = ()) -> tuple[str, int]:
    """Type name and key of a global id; ``ValueError`` when it is none or of another type."""
    found = _GLOBAL_ID.fullmatch(text)
    if found is None:
        raise ValueError("not an id of this API")
    name, key = found.groups()
    if expected and name not in expected:
        raise ValueError(f"not an id of {' or '.join(expected)}")
    return name, int(key)
